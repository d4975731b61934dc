"""What the manager decides: rules of the hall and places of a day, each with a reason."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.audit.queries import decisions
from pendopo.kernel.dates import short_day, weekday_name
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.queues.actions import quotas as acts
from pendopo.queues.actions import ruling
from pendopo.queues.actions.quotas import Places
from pendopo.queues.actions.ruling import BOUNDS, Rules
from pendopo.queues.models import QueueService, QuotaRule
from pendopo.queues.queries import quotas as places
from pendopo.queues.queries.rules import rules_of
from pendopo.queues.types import Voice

LABELS = {
    "priority_turns": gettext_lazy("Giliran prioritas"),
    "ordinary_turns": gettext_lazy("Giliran biasa sesudahnya"),
    "recall_gap_seconds": gettext_lazy("Jeda paling singkat sebelum dipanggil ulang (detik)"),
    "most_calls": gettext_lazy("Panggilan paling banyak"),
    "return_minutes": gettext_lazy("Boleh kembali setelah terlewat (menit)"),
    "check_in_minutes": gettext_lazy("Batas lapor tiba sesudah mengambil nomor (menit)"),
}
EVERY_DAY, ONE_DATE = "every", "date"


class RemovalForm(ReasonForm):
    """Which rule of places is taken back."""

    quota = forms.IntegerField(min_value=1, max_value=LARGEST_ID)


class RulesForm(ReasonForm):
    """The rules of a hall."""

    check_in_required = forms.TypedChoiceField(
        choices=[("", gettext_lazy("Tidak")), ("yes", gettext_lazy("Ya"))],
        coerce=bool,
        required=False,
        widget=forms.RadioSelect,
        label=gettext_lazy("Nomor dari ponsel harus lapor tiba sebelum dipanggil"),
    )
    voice = forms.ChoiceField(
        choices=Voice.choices, widget=forms.RadioSelect, label=gettext_lazy("Bahasa suara panggilan")
    )
    spells_digits = forms.TypedChoiceField(
        choices=[
            ("", gettext_lazy("Sebagai bilangan: “dua belas”")),
            ("yes", gettext_lazy("Angka demi angka: “nol satu dua”, seperti tertulis di karcis")),
        ],
        coerce=bool,
        required=False,
        widget=forms.RadioSelect,
        label=gettext_lazy("Cara menyebut nomor antrean"),
    )
    field_order = (
        *list(BOUNDS)[:5],
        "check_in_required",
        "check_in_minutes",
        "voice",
        "spells_digits",
        "reason",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # as Form takes them
        for name, (least, most) in BOUNDS.items():
            self.fields[name] = forms.IntegerField(min_value=least, max_value=most, label=LABELS[name])
        self.order_fields(self.field_order)

    @property
    def rules(self) -> Rules:
        """The rules that were written."""
        written = self.cleaned_data | {
            "check_in_required": bool(self.cleaned_data["check_in_required"]),
            "voice": Voice(self.cleaned_data["voice"]),
            "spells_digits": bool(self.cleaned_data["spells_digits"]),
        }
        return Rules(**{name: value for name, value in written.items() if name != "reason"})


class QuotaForm(ReasonForm):
    """How many places a service has on which days."""

    place = forms.ChoiceField(label=gettext_lazy("Layanan"))
    days = forms.ChoiceField(label=gettext_lazy("Berlaku"))
    day = forms.DateField(
        required=False, label=gettext_lazy("Tanggal"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    total = forms.IntegerField(min_value=0, max_value=acts.MOST_PLACES, label=gettext_lazy("Kuota sehari"))
    phone_total = forms.IntegerField(
        min_value=0, max_value=acts.MOST_PLACES, required=False, label=gettext_lazy("Di antaranya lewat ponsel")
    )
    released_at = forms.TimeField(
        required=False,
        label=gettext_lazy("Sisanya dibuka untuk ponsel pukul"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    closes_minutes = forms.IntegerField(
        min_value=0, max_value=600, initial=0, label=gettext_lazy("Berhenti memberi nomor sebelum tutup (menit)")
    )
    field_order = ("place", "days", "day", "total", "phone_total", "released_at", "closes_minutes", "reason")

    def __init__(self, offered: list[QueueService], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type] # as Form takes it
        self._offered = {str(line.pk): line for line in offered}
        several = len({line.site_id for line in offered}) > 1
        chosen, days = self.fields["place"], self.fields["days"]
        assert isinstance(chosen, forms.ChoiceField)
        assert isinstance(days, forms.ChoiceField)
        chosen.choices = [(pk, _place_text(line, several=several)) for pk, line in self._offered.items()]
        weekdays = [(str(weekday), weekday_name(weekday)) for weekday in range(1, 8)]
        days.choices = [(EVERY_DAY, _("Setiap hari")), *weekdays, (ONE_DATE, _("Satu tanggal"))]

    def clean(self) -> dict[str, object]:
        """Ask for the date where one date is meant."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        if found.get("days") == ONE_DATE and not found.get("day") and "day" not in self.errors:
            self.add_error("day", _("Isi tanggalnya."))
        return found

    @property
    def line(self) -> QueueService:
        """The service at its site."""
        return self._offered[self.cleaned_data["place"]]

    @property
    def weekday(self) -> int | None:
        """The weekday, where one was chosen."""
        days: str = self.cleaned_data["days"]
        return int(days) if days.isdigit() else None

    @property
    def on(self) -> date | None:
        """The date, where one was chosen."""
        chosen: date | None = self.cleaned_data["day"]
        return chosen if self.cleaned_data["days"] == ONE_DATE else None

    @property
    def places(self) -> Places:
        """The places that were written."""
        names = ("total", "phone_total", "released_at", "closes_minutes")
        return Places(**{name: self.cleaned_data[name] for name in names})


def _place_text(line: QueueService, *, several: bool) -> str:
    where = f" · {line.site.name}" if several else ""
    return f"{line.service.agency.short_name}: {line.service.name}{where}"


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: Request, mall: str) -> HttpResponse:
    """Show the rules of the hall, and let the manager change them."""
    kept = rules_of(request.mall)
    initial = {name: getattr(kept, name) for name in BOUNDS}
    initial |= {
        "check_in_required": "yes" if kept.check_in_required else "",
        "voice": kept.voice,
        "spells_digits": "yes" if kept.spells_digits else "",
    }
    form = RulesForm(request.POST if request.method == "POST" else None, initial=initial)
    if carried_out(
        form,
        lambda: ruling.set_rules(
            request.mall, form.rules, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
        ),
    ):
        messages.success(request, _("Aturan aula berlaku mulai sekarang."))
        return redirect("queues:rules", mall)
    context = {
        "form": form,
        "rules": [(label, getattr(kept, name)) for name, label in LABELS.items()],
        "kept": kept,
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, ("hall.rules_set",)),
    }
    return answer(request, "queues/hall_rules.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def quotas(request: Request, mall: str) -> HttpResponse:
    """Show the places of services and today's ledger, and let the manager decide new ones."""
    form = QuotaForm(list(places.places_with_queues(request.mall)), request.POST if request.method == "POST" else None)
    if carried_out(
        form,
        lambda: acts.set_quota(
            request.mall,
            form.line.site,
            form.line.service,
            form.places,
            weekday=form.weekday,
            day=form.on,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=timezone.now(),
        ),
    ):
        messages.success(request, _("Kuota tersimpan."))
        return redirect("queues:quotas", mall)
    return _quotas(request, form)


@audience("manager")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the quotas that hold, as the page shows them, as CSV or XLSX."""
    heads = [
        _("Layanan"), _("Tempat"), _("Berlaku"), _("Kuota"), _("Ponsel"), _("Sisanya dibuka"),
        _("Berhenti sebelum tutup (menit)"),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [
            rule.service.name, rule.site.name, short_day(rule.day) if rule.day else str(_days(rule)), rule.total,
            rule.phone_total, rule.released_at.strftime("%H.%M") if rule.released_at else "", rule.closes_minutes,
        ]
        for rule in places.rules(request.mall)
    ]  # fmt: skip
    return table_file(kind, f"{mall}-quotas", Sheet(_("Kuota"), heads, rows))


@audience("manager")
@require_POST
def removal(request: Request, mall: str) -> HttpResponse:
    """Take a quota back."""
    form = RemovalForm(request.POST)
    if not form.is_valid() and "quota" in form.errors:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    found = QuotaRule.objects.filter(mall=request.mall, pk=form.cleaned_data["quota"])
    rule = found.select_related("mall", "site", "service").first()
    if rule is None:
        raise NotFound(_("Kuota tidak ditemukan."))
    if carried_out(
        form,
        lambda: acts.remove_quota(rule, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()),
    ):
        messages.success(request, _("Kuota dihapus."))
        return redirect("queues:quotas", mall)
    problem = next(iter(form.errors.get("__all__", [])), _("Tulis alasan perubahan: alasan ini tercatat."))
    return _quotas(request, QuotaForm(list(places.places_with_queues(request.mall))), problem=str(problem))


def _quotas(request: Request, form: QuotaForm, *, problem: str = "") -> HttpResponse:
    context = {
        "form": form,
        "rules": [(rule, _days(rule)) for rule in places.rules(request.mall)],
        "ledgers": places.ledgers(request.mall, todays_date(request)),
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, ("quota.set", "quota.removed")),
        "problem": problem,
    }
    return answer(request, "queues/quotas.html", context, status=422 if problem or form.is_bound else 200)


def _days(rule: QuotaRule) -> str | date:
    if rule.day:
        return rule.day
    return weekday_name(rule.weekday) if rule.weekday else _("Setiap hari")
