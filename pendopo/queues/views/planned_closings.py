"""Closings told ahead: the manager plans them, takes them back, and decides for whoever waits when one begins."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from pendopo.agencies.http import Request
from pendopo.agencies.models import Closing, Counter, Outlet
from pendopo.kernel.errors import NotFound, NotUnderstood, RuleViolation
from pendopo.kernel.http import audience
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.actions import planned_closings as acts
from pendopo.tenancy.models import Mall

MOMENT = "%Y-%m-%dT%H:%M"


class PlanForm(forms.Form):
    """What closes (o12: an outlet, c34: a counter), from when until when, and why."""

    what = forms.ChoiceField(label=gettext_lazy("Yang tutup"))
    starts = forms.CharField(
        label=gettext_lazy("Tutup mulai"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ends = forms.CharField(
        label=gettext_lazy("Tutup sampai"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    why = forms.CharField(
        max_length=80, label=gettext_lazy("Alasan"), help_text=gettext_lazy("Tampil di kios, layar, dan ponsel.")
    )

    def __init__(self, mall: Mall, data: object = None) -> None:
        super().__init__(data, prefix="plan")  # type: ignore[arg-type] # as Form takes it
        self._mall = mall
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = list(_choices(mall))

    def clean_starts(self) -> datetime:
        """Read it by the mall's clock."""
        return moment(self._mall, str(self.cleaned_data["starts"]))

    def clean_ends(self) -> datetime:
        """Read it by the mall's clock."""
        return moment(self._mall, str(self.cleaned_data["ends"]))

    def plan(self, request: Request, at: datetime) -> Closing:
        """Tell the closing ahead."""
        said = self.cleaned_data
        kind, number = said["what"][:1], int(said["what"][1:])
        here = Counter.objects.standing().filter(mall=request.mall).select_related("outlet")
        counter = here.get(pk=number) if kind == "c" else None
        outlet = counter.outlet if counter else Outlet.objects.receiving().get(mall=request.mall, pk=number)
        return acts.plan_closing(
            outlet, counter=counter, starts_at=said["starts"], ends_at=said["ends"], reason=said["why"],
            by=request.actor, at=at,
        )  # fmt: skip


class DecisionForm(forms.Form):
    """What becomes of those who wait, or (`withdraw`) that the closing is taken back."""

    closing = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    choice = forms.ChoiceField(choices=[*Closing.Decision.choices, ("withdraw", "")])
    helper = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    starts = forms.CharField(required=False, max_length=5)


@audience("manager")
@require_POST
def decision(request: Request, mall: str) -> HttpResponse:
    """Decide about a closing told ahead, and go back to the page."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    closing = (
        Closing.objects.filter(mall=request.mall, pk=form.cleaned_data["closing"])
        .select_related("outlet__mall")
        .first()
    )
    if closing is None:
        raise NotFound(_("Penutupan itu tidak ada lagi."))
    try:
        messages.success(request, _decide(request, closing, form.cleaned_data))
    except RuleViolation as refusal:
        messages.error(request, str(refusal))
    return redirect("queues:closing", mall)


def moment(mall: Mall, text: str) -> datetime:
    """Read a moment as a page writes it, by the mall's clock."""
    try:
        told = datetime.strptime(text, MOMENT).replace(tzinfo=mall.zone)
    except ValueError:
        raise forms.ValidationError(_("Tulis tanggal dan jamnya.")) from None
    if not 2000 <= told.year < 2100:
        raise forms.ValidationError(_("Tulis tanggal dan jamnya."))
    return told


def helpers(mall: Mall) -> Iterable[Counter]:
    """Return the counters that may serve those who wait."""
    return Counter.objects.standing().filter(mall=mall).select_related("outlet__agency").order_by("number", "pk")


def _decide(request: Request, closing: Closing, said: dict[str, object]) -> str:
    by, at, mall = request.actor, timezone.now(), request.mall
    if said["choice"] == "withdraw":
        acts.withdraw(closing, by=by, at=at)
        return _("Penutupan dibatalkan.")
    if said["choice"] == Closing.Decision.MOVE:
        number = said["helper"] if isinstance(said["helper"], int) else 0
        helper = Counter.objects.standing().filter(mall=mall, pk=number).select_related("outlet").first()
        if helper is None:
            raise NotUnderstood(_("Pilih loket yang melayani."))
        count = acts.move(closing, helper, by=by, at=at)
        return _("%(count)d orang kini juga dipanggil %(counter)s.") % {"count": count, "counter": helper}
    if said["choice"] == Closing.Decision.EXTEND:
        try:
            starts = moment(mall, f"{mall.local(at).date()}T{said['starts']}")
        except forms.ValidationError:
            raise NotUnderstood(_("Isi sampai pukul berapa.")) from None
        acts.postpone(closing, starts, by=by, at=at)
        return _("Penutupan baru mulai pukul %(hour)s.") % {"hour": starts.strftime("%H.%M")}
    sent = acts.send_home(closing, by=by, at=at)
    return _("%(count)d orang pulang dengan janji antrean terdepan.") % {"count": sent}


def _choices(mall: Mall) -> Iterable[tuple[str, str]]:
    for outlet in (
        Outlet.objects.receiving()
        .filter(mall=mall)
        .select_related("agency", "site")
        .order_by("agency__short_name", "pk")
    ):
        yield (
            f"o{outlet.pk}",
            f"{outlet.agency.short_name if outlet.agency else _('Loket bersama')} ({outlet.site.name})",
        )
    for counter in helpers(mall):
        agency = counter.outlet.agency
        yield f"c{counter.pk}", f"{counter} {agency.short_name if agency else _('Loket bersama')}"
