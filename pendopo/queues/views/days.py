"""What the manager decides of days: the weekdays of services and cases, and events with their own numbers."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request, todays_date
from pendopo.audit.queries import decisions
from pendopo.catalogue.models import Variant
from pendopo.kernel.dates import weekday_name
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.actions import days as acts
from pendopo.queues.actions.quotas import MOST_PLACES, Places
from pendopo.queues.models import EventDay, QueueService, ServiceDays
from pendopo.queues.queries import days as queries
from pendopo.queues.queries.quotas import places_with_queues

DECISIONS = ("service.days_set", "service.days_removed", "event.declared", "event.withdrawn")
WHY = gettext_lazy("Tulis alasan perubahan: alasan ini tercatat.")


class DaysForm(ReasonForm):
    """Which service, or which of its cases (`SERVICE:CASE` by their numbers), is given on which weekdays."""

    subject = forms.ChoiceField(label=gettext_lazy("Layanan atau keperluan"))
    weekdays = forms.TypedMultipleChoiceField(
        coerce=int, widget=forms.CheckboxSelectMultiple, label=gettext_lazy("Diberikan pada hari")
    )
    field_order = ("subject", "weekdays", "reason")

    def __init__(self, lines: list[QueueService], cases: dict[int, list[Variant]], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type] # as Form takes it
        self._subjects: dict[str, tuple[QueueService, Variant | None]] = {}
        for line in lines:
            self._subjects[str(line.pk)] = (line, None)
            self._subjects |= {f"{line.pk}:{case.pk}": (line, case) for case in cases.get(line.service_id, [])}
        subject, weekdays = self.fields["subject"], self.fields["weekdays"]
        assert isinstance(subject, forms.ChoiceField)
        assert isinstance(weekdays, forms.ChoiceField)
        subject.choices = [(key, _subject_text(*both)) for key, both in self._subjects.items()]
        weekdays.choices = [(weekday, weekday_name(weekday)) for weekday in range(1, 8)]

    @property
    def chosen(self) -> tuple[QueueService, Variant | None]:
        """The service, and the case where one is meant."""
        return self._subjects[self.cleaned_data["subject"]]


class EventForm(ReasonForm):
    """A day on which a service has its own letters, numbers and places."""

    line = forms.ChoiceField(label=gettext_lazy("Layanan"))
    day = forms.DateField(
        label=gettext_lazy("Tanggal"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    name = forms.CharField(max_length=80, label=gettext_lazy("Nama acara"))
    code = forms.RegexField(
        regex=r"^[A-Z]{1,3}$",
        label=gettext_lazy("Huruf nomor"),
        help_text=gettext_lazy("Satu sampai tiga huruf besar yang belum dipakai antrean lain"),
    )
    first_number = forms.IntegerField(
        min_value=1, max_value=acts.HIGHEST_FIRST, initial=1, label=gettext_lazy("Nomor pertama")
    )
    total = forms.IntegerField(
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        label=gettext_lazy("Kuota hari itu"),
        help_text=gettext_lazy("Tanpa angka: tanpa batas"),
    )
    field_order = ("line", "day", "name", "code", "first_number", "total", "reason")

    def __init__(self, lines: list[QueueService], data: object = None) -> None:
        # Another form of the page has a reason too.
        super().__init__(data, auto_id="id_event_%s")  # type: ignore[arg-type] # as Form takes it
        self._lines = {str(line.pk): line for line in lines}
        chosen = self.fields["line"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(key, _subject_text(line, None)) for key, line in self._lines.items()]

    @property
    def of(self) -> QueueService:
        """The service at its site, with its ordinary line."""
        return self._lines[self.cleaned_data["line"]]

    @property
    def places(self) -> Places | None:
        """The event's own places, where they are limited."""
        total: int | None = self.cleaned_data["total"]
        return Places(total) if total else None


class RemovalForm(ReasonForm):
    """Which row is taken back."""

    row = forms.IntegerField(min_value=1, max_value=LARGEST_ID)


def _subject_text(line: QueueService, case: Variant | None) -> str:
    name = f"{line.service.agency.short_name}: {line.service.name}"
    return f"{name}: {case.name or case.code}" if case else name


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: Request, mall: str) -> HttpResponse:
    """Show on which weekdays services are given and the events to come, and let the manager decide weekdays."""
    if request.method != "POST":
        return _shown(request)
    lines = list(places_with_queues(request.mall))
    form = DaysForm(lines, queries.cases_with_queues(lines), request.POST)
    line, case = form.chosen if form.is_valid() else (None, None)
    wanted = form.cleaned_data
    if line and carried_out(
        form,
        lambda: acts.set_service_days(
            line, wanted["weekdays"], variant=case, reason=wanted["reason"], by=request.actor, at=timezone.now()
        ),
    ):
        messages.success(request, _("Hari layanan tersimpan."))
        return redirect("queues:days", mall)
    return _shown(request, days_form=form, status=422)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def event(request: Request, mall: str) -> HttpResponse:
    """Declare an event's day."""
    if request.method != "POST":
        return redirect("queues:days", mall)
    form = EventForm(list(places_with_queues(request.mall)), request.POST)
    wanted = form.cleaned_data if form.is_valid() else {}
    if carried_out(
        form,
        lambda: acts.declare_event(
            form.of,
            wanted["day"],
            name=wanted["name"],
            code=wanted["code"],
            first_number=wanted["first_number"],
            places=form.places,
            reason=wanted["reason"],
            by=request.actor,
            at=timezone.now(),
        ),
    ):
        messages.success(request, _("Acara tersimpan: nomornya sendiri, antrean biasa berjalan terus."))
        return redirect("queues:days", mall)
    return _shown(request, event_form=form, status=422)


@audience("manager")
@require_POST
def removal(request: Request, mall: str) -> HttpResponse:
    """Give a service or a case on every open day again."""
    form = _removal(request)
    row = ServiceDays.objects.filter(mall=request.mall, pk=form.cleaned_data["row"]).first()
    if row is None:
        raise NotFound(_("Hari layanan tidak ditemukan."))
    return _removed(
        request,
        form,
        lambda: acts.remove_service_days(row, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()),
    )


@audience("manager")
@require_POST
def event_removal(request: Request, mall: str) -> HttpResponse:
    """Take an event back of which no number is given yet."""
    form = _removal(request)
    row = EventDay.objects.filter(mall=request.mall, pk=form.cleaned_data["row"]).select_related("queue").first()
    if row is None:
        raise NotFound(_("Acara tidak ditemukan."))
    return _removed(
        request,
        form,
        lambda: acts.withdraw_event(row, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()),
    )


def _removal(request: Request) -> RemovalForm:
    form = RemovalForm(request.POST)
    if not form.is_valid() and "row" in form.errors:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return form


def _removed(request: Request, form: RemovalForm, remove: Callable[[], object]) -> HttpResponse:
    if carried_out(form, remove):
        messages.success(request, _("Dihapus."))
        return redirect("queues:days", request.mall.slug)
    problem = next(iter(form.errors.get("__all__", [])), WHY)
    return _shown(request, problem=str(problem), status=422)


def _shown(
    request: Request,
    *,
    days_form: DaysForm | None = None,
    event_form: EventForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    lines = list(places_with_queues(request.mall))
    today = todays_date(request)
    limits = queries.service_days(request.mall)
    context = {
        "days_form": days_form or DaysForm(lines, queries.cases_with_queues(lines)),
        "event_form": event_form or EventForm(lines),
        "has_lines": bool(lines),
        "limits": [(limit, ", ".join(weekday_name(weekday) for weekday in limit.days)) for limit in limits],
        "events": queries.events(request.mall, today),
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, DECISIONS),
        "problem": problem,
    }
    return answer(request, "queues/days.html", context, status=status)
