"""Counters that stand empty when they should be open: told to agency, manager and head, answered, and counted."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Month, Request, asked_month, todays_date
from pendopo.agencies.types import Role
from pendopo.kernel import dates
from pendopo.kernel.errors import NotFound, NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.kernel.sheets import Sheet, Value, long_table, table_file
from pendopo.queues.actions import vacancies as acts
from pendopo.queues.models import Vacancy
from pendopo.queues.queries import missing
from pendopo.queues.queries.first_days import lasted

A_PAGE = 50


class ReplyForm(forms.Form):
    """Which vacancy, and what is said of it; nothing means that it was seen."""

    vacancy = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    words = forms.CharField(max_length=300, required=False)


@audience("overseer")
@require_safe
def vacancies(request: Request, mall: str) -> HttpResponse:
    """Show which counters stand empty now, and when they did in a month, a page at a time."""
    return _page(request)


@audience("overseer")
@require_POST
def reply(request: Request, mall: str) -> HttpResponse:
    """Say that one has seen a vacancy, or answer it."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        raise NotUnderstood(_("Jawaban paling panjang 300 huruf."))
    found = Vacancy.objects.filter(mall=request.mall, pk=form.cleaned_data["vacancy"])
    vacancy = found.select_related("counter__outlet").first()
    overseen = request.actor.overseen
    if vacancy is None or (overseen is not None and vacancy.counter.outlet.agency_id not in overseen):
        raise NotFound(_("Catatan loket kosong itu tidak ada."))
    try:
        acts.reply(vacancy, form.cleaned_data["words"], by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return _page(request, problem=str(refusal))
    messages.success(request, _("Tercatat."))
    return redirect("queues:vacancies", mall)


@audience("overseer")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> FileResponse:
    """Give a month's list as CSV or XLSX."""
    month = asked_month(request)
    at, here = timezone.now(), request.mall
    rows = missing.vacancies(
        here, month.first, month.last, agencies=request.actor.overseen, agency=_asked_agency(request)
    )
    heads = (
        _("Loket"), _("Instansi"), _("Tanggal"), _("Mulai"), _("Selesai"), _("Menit"), _("Petugas terjadwal"),
        _("Dilihat"), _("Jawaban"),
    )  # fmt: skip
    lines = (_line(row, here.timezone, lasted(row, at)) for row in missing.all_of(rows))
    return long_table(kind, f"{mall}-kosong-{month.first:%Y-%m}", _("Loket kosong"), heads, lines)


@audience("overseer")
@require_safe
def full_time(request: Request, mall: str) -> HttpResponse:
    """Show how each agency kept its promise to be open full time in a month."""
    month = asked_month(request)
    lines = _agencies(request, month)
    context = {
        "month": month,
        "today": todays_date(request),
        "heads": missing.full_time_heads(),
        "lines": lines,
        "kept": sum(line.kept.share == 100 for line in lines),
    }
    return answer(request, "queues/full_time.html", context)


@audience("overseer")
@require_safe
def full_time_sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the promise as CSV or XLSX."""
    month = asked_month(request)
    return table_file(kind, f"{mall}-buka-penuh-{month.first:%Y-%m}", _promise(request, month))


def _page(request: Request, *, problem: str = "") -> HttpResponse:
    month, agency = asked_month(request), _asked_agency(request)
    overseen = request.actor.overseen
    rows = missing.vacancies(request.mall, month.first, month.last, agencies=overseen, agency=agency)
    if after := request.GET.get("after", ""):
        last = Vacancy.objects.filter(mall=request.mall, pk=int(after)).first() if _is_number(after) else None
        if last is None:
            raise NotUnderstood(_("Halaman itu tidak dikenal. Mulai lagi dari awal."))
        rows = missing.before(rows, last.starts_at, last.pk)
    found = list(rows[: A_PAGE + 1])
    at = timezone.now()
    query = request.GET.copy()
    query["after"] = str(found[A_PAGE - 1].pk) if len(found) > A_PAGE else ""
    context = {
        "month": month,
        "today": request.mall.local(at).date(),
        "empty": missing.empty_now(request.mall, agencies=overseen),
        "rows": [(row, lasted(row, at)) for row in found[:A_PAGE]],
        "next": query.urlencode() if query["after"] else "",
        "can_reply": request.actor.has(Role.MANAGER, Role.HEAD, Role.AGENCY_ADMIN),
        # Whoever presses beside a counter that is empty now finds its form open; the cards renew themselves.
        "answering": int(answering) if _is_number(answering := request.GET.get("answer", "")) else None,
        "problem": problem,
        "at": at,
    }
    return answer(request, "queues/vacancies.html", context, status=422 if problem else 200)


def _line(row: Vacancy, zone: str, minutes: int) -> Sequence[Value]:
    agency = row.counter.outlet.agency
    replies = row.replies.all()
    return (
        str(row.counter.number),
        agency.short_name if agency else _("Loket bersama"),
        row.day.isoformat(),
        dates.hour(row.starts_at, zone),
        dates.hour(row.ended_at, zone) if row.ended_at else "",
        minutes,
        row.account.name if row.account else "",
        ", ".join(dict.fromkeys(each.account.name for each in replies)),
        "; ".join(each.words for each in replies if each.words),
    )


def _promise(request: Request, month: Month) -> Sheet:
    rows = [(line.agency, *line.figures) for line in _agencies(request, month)]
    return Sheet(_("Janji buka penuh"), missing.full_time_heads(), rows)


def _agencies(request: Request, month: Month) -> list[missing.AgencyMonth]:
    overseen = request.actor.overseen
    return missing.full_time(request.mall, month.first, month.last, timezone.now(), agencies=overseen)


def _asked_agency(request: Request) -> int | None:
    text = request.GET.get("agency", "")
    if text and not _is_number(text):
        raise NotUnderstood(_("Instansi tidak dikenal."))
    return int(text) if text else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= LARGEST_ID
