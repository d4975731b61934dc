"""Closing with people waiting: the manager chooses for them, and whoever was sent home uses the promise."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import closing as acts
from pendopo.queues.queries.closings import OutletNow, closings_now, outlets_now
from pendopo.queues.queries.tickets import ticket_of_key
from pendopo.queues.views.planned_closings import PlanForm, helpers

EXTEND, SEND_HOME = "extend", "send_home"


class ClosingForm(forms.Form):
    """Which outlet, and what becomes of those who wait for it."""

    outlet = forms.ChoiceField(label=gettext_lazy("Gerai"))
    choice = forms.ChoiceField(
        label=gettext_lazy("Bagi yang menunggu"),
        choices=[
            (EXTEND, gettext_lazy("Layani lebih lama hari ini")),
            (SEND_HOME, gettext_lazy("Pulang dengan janji: terdepan pada hari layanan berikutnya")),
        ],
        widget=forms.RadioSelect,
    )
    closes = forms.TimeField(
        required=False,
        label=gettext_lazy("Buka sampai pukul"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    reason = forms.CharField(
        max_length=120, label=gettext_lazy("Alasan"), help_text=gettext_lazy("Dibaca semua yang menunggu.")
    )

    def __init__(self, rows: list[OutletNow], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type] # as Form takes it
        self._outlets = {str(row.outlet.pk): row.outlet for row in rows}
        chosen = self.fields["outlet"]
        assert isinstance(chosen, forms.ChoiceField)
        several = len({row.outlet.site_id for row in rows}) > 1
        chosen.choices = [
            (
                str(row.outlet.pk),
                _("%(agency)s: %(count)d menunggu") % {"agency": _name(row, several), "count": row.waiting},
            )
            for row in rows
        ]

    def clean(self) -> dict[str, object]:
        """Ask for the hour where the day is made longer."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        if found.get("choice") == EXTEND and not found.get("closes") and "closes" not in self.errors:
            self.add_error("closes", _("Isi sampai pukul berapa."))
        return found

    def decide(self, request: Request) -> str:
        """Do what was chosen, and say what was done."""
        outlet, reason = self._outlets[self.cleaned_data["outlet"]], self.cleaned_data["reason"]
        at = timezone.now()
        if self.cleaned_data["choice"] == EXTEND:
            closes = self.cleaned_data["closes"]
            acts.extend_day(outlet, closes, reason=reason, by=request.actor, at=at)
            return _("Hari ini buka sampai pukul %(hour)s.") % {"hour": closes.strftime("%H.%M")}
        sent = acts.send_home(outlet, reason=reason, by=request.actor, at=at)
        return _("%(count)d orang pulang dengan janji antrean terdepan.") % {"count": sent}


def _name(row: OutletNow, several: bool) -> str:
    """Name an outlet by its agency, and its building where there are several."""
    agency = row.outlet.agency
    assert agency
    return f"{agency.short_name}, {row.outlet.site.name}" if several else agency.short_name


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: Request, mall: str) -> HttpResponse:
    """Show who waits where, and let the manager decide for them."""
    now = timezone.now()
    rows = outlets_now(request.mall, now)
    is_plan = request.method == "POST" and "plan-what" in request.POST
    plan = PlanForm(request.mall, request.POST if is_plan else None)
    form = ClosingForm(rows, request.POST if request.method == "POST" and not is_plan else None)
    if plan.is_valid():
        try:
            plan.plan(request, now)
        except RuleViolation as refusal:
            plan.add_error(None, str(refusal))
        else:
            messages.success(request, _("Penutupan tercatat. Semua layar menampilkannya sejak sehari sebelumnya."))
            return redirect("queues:closing", mall)
    if form.is_valid():
        try:
            messages.success(request, form.decide(request))
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("queues:closing", mall)
    context = {
        "form": form,
        "plan": plan,
        "rows": rows,
        "closings": closings_now(request.mall, now),
        "helpers": [*helpers(request.mall)],
        "can_decide": request.actor.manages,
    }
    return answer(request, "queues/closing.html", context, status=422 if form.is_bound or plan.is_bound else 200)


@audience("key")
@require_POST
def promise(request: Request, mall: str, key: str) -> HttpResponse:
    """Use the promise of a ticket that was sent home: a new number at the front of today's queue."""
    taken = acts.redeem(ticket_of_key(request.mall, key), at=timezone.now())
    return redirect("queues:ticket", mall, taken.key)
