"""The stops of vans as the manager plans them, and calls them off with a reason."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request
from pendopo.audit.queries import decisions
from pendopo.kernel.dates import day as written_day
from pendopo.kernel.errors import NotFound, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import vans as acts
from pendopo.queues.queries import vans as shown
from pendopo.tenancy.models import Mall, Site, Stop
from pendopo.worktime.queries import day_off


class StopForm(forms.Form):
    """Where a van stands, on which day and from when to when."""

    van = forms.ChoiceField(label=gettext_lazy("Kendaraan"))
    day = forms.DateField(
        label=gettext_lazy("Tanggal"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    opens = forms.TimeField(
        label=gettext_lazy("Mulai pukul"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    closes = forms.TimeField(
        label=gettext_lazy("Sampai pukul"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(
        max_length=160,
        label=gettext_lazy("Tempat"),
        help_text=gettext_lazy("Misalnya: Balai Desa Sukamaju, Jalan Melati Nomor 3."),
    )
    note = forms.CharField(
        max_length=200,
        required=False,
        label=gettext_lazy("Catatan (boleh kosong)"),
        help_text=gettext_lazy("Misalnya: bawa fotokopi KK."),
    )
    on_day_off = forms.BooleanField(
        required=False, widget=forms.HiddenInput, label=gettext_lazy("Tetap singgah pada hari libur itu")
    )

    def __init__(self, mall: Mall, sites: list[Site], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type] # as Form takes it
        self._mall = mall
        self._sites = {str(site.pk): site for site in sites}
        chosen = self.fields["van"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(pk, site.name) for pk, site in self._sites.items()]

    def clean(self) -> dict[str, object]:
        """Ask once more where the day is a public holiday: many stay at home, and staff would have it off."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        day = found.get("day")
        if isinstance(day, date) and (name := day_off(self._mall, day)):
            self.fields["on_day_off"].widget = forms.CheckboxInput()
            if not found.get("on_day_off"):
                told = {"day": written_day(day, self._mall.timezone), "name": name}
                self.add_error("day", _("%(day)s libur: %(name)s. Centang di bawah jika tetap singgah.") % told)
        return found

    def plan(self, request: Request) -> Stop:
        """Plan the stop that was written."""
        written = {name: value for name, value in self.cleaned_data.items() if name not in {"van", "on_day_off"}}
        van = self._sites[self.cleaned_data["van"]]
        return acts.plan_stop(van, **written, by=request.actor, at=timezone.now())


class CancellationForm(forms.Form):
    """Why a stop is called off."""

    reason = forms.CharField(max_length=120)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def stops(request: Request, mall: str) -> HttpResponse:
    """Show the stops from today on, and let the manager plan one more."""
    found = shown.vans(request.mall, timezone.now())
    form = StopForm(request.mall, [van.site for van in found], request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            stop = form.plan(request)
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Singgah di %(place)s tersimpan dan tampil untuk umum.") % {"place": stop.place}
            )
            return redirect("queues:stops", mall)
    return _page(request, found, form)


@audience("manager")
@require_POST
def cancellation(request: Request, mall: str, stop: int) -> HttpResponse:
    """Call a stop off."""
    found = Stop.objects.filter(mall=request.mall, pk=stop).first()
    if found is None:
        raise NotFound(_("Singgah tidak ditemukan."))
    form = CancellationForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        sent = acts.call_off(found, reason=reason, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return stops_page(request, problem=str(refusal))
    messages.success(request, _("Singgah dibatalkan; alasannya tampil untuk umum."))
    if sent:
        messages.success(request, _("%(count)d orang pulang dengan janji antrean terdepan.") % {"count": sent})
    return redirect("queues:stops", mall)


def stops_page(request: Request, *, problem: str) -> HttpResponse:
    """Show the stops with what could not be done."""
    vans = shown.vans(request.mall, timezone.now())
    return _page(request, vans, StopForm(request.mall, [van.site for van in vans]), problem=problem)


def _page(request: Request, vans: list[shown.Van], form: StopForm, *, problem: str = "") -> HttpResponse:
    context = {
        "form": form,
        "vans": vans,
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, ("stop.written", "stop.called_off", "van.added", "van.retired")),
        "problem": problem,
    }
    return answer(request, "queues/stops.html", context, status=422 if problem or form.is_bound else 200)
