"""The first day after a long holiday: the plan before, the report in the evening, on the page and as PDF."""

from datetime import date, datetime
from pathlib import Path

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, read_day
from pendopo.documents import typesetting
from pendopo.kernel import dates
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import download
from pendopo.queues.queries import first_days
from pendopo.queues.queries.first_days import Evening
from pendopo.tenancy.models import Mall
from pendopo.worktime.queries import LongRest

TEMPLATE = Path(__file__).parent.parent / "typst" / "first_day.typ"


@audience("manager")
@require_safe
def first_day(request: Request, mall: str) -> HttpResponse:
    """Show the plan of a first day after a long holiday, and how it went; without a day the next one."""
    at, here = timezone.now(), request.mall
    today = here.local(at).date()
    near = first_days.near(here, today)
    rest = _asked(request, near, today)
    context: dict[str, object] = {"near": near, "rest": rest, "today": today, "at": at}
    if rest:
        context["plan"] = first_days.plan(here, rest, at)
        context["has_calendar"] = first_days.has_calendar(here)
        if rest.back_on <= today:
            found = first_days.evening(here, rest.back_on, at)
            context |= {"evening": found, "sheets": first_days.sheets(here, found, at), "summary": _summary(found)}
    return answer(request, "queues/first_day.html", context)


@audience("manager")
@require_safe
def report(request: Request, mall: str) -> HttpResponse:
    """Give the evening report of a first day as PDF/A."""
    at, here = timezone.now(), request.mall
    today = here.local(at).date()
    rest = _asked(request, first_days.near(here, today), today)
    if rest is None or rest.back_on > today:
        raise NotUnderstood(_("Laporan ada setelah hari pertama itu tiba."))
    return download(_pdf(here, rest, at), "application/pdf", f"{mall}-hari-pertama-{rest.back_on.isoformat()}.pdf")


def _pdf(mall: Mall, rest: LongRest, at: datetime) -> bytes:
    found = first_days.evening(mall, rest.back_on, at)
    told = {"name": rest.name or _("libur panjang"), "days": rest.days}
    data: dict[str, object] = {
        "language": (get_language() or "id")[:2],
        "date": list(mall.local(at).timetuple()[:3]),
        "title": _("Hari pertama kerja: %(day)s") % {"day": dates.day(rest.back_on, mall.timezone)},
        "subtitle": f"{mall.name}. " + _("Setelah %(days)d hari libur: %(name)s") % told,
        "summary": _summary(found),
        "sheets": [
            {
                "title": sheet.title,
                "heads": list(sheet.heads),
                "rows": [list(row) for row in sheet.rows],
                "empty": _("Tidak ada."),
            }
            for sheet in first_days.sheets(mall, found, at)
        ],
        "footer": _("Dibuat %(time)s") % {"time": dates.moment(at, mall.timezone)},
    }
    return typesetting.pdf(TEMPLATE, data, mall=mall)


def _summary(found: Evening) -> list[str]:
    """Answer the questions of the evening, one line each."""
    due = [each for each in found.comings if each.presence or each.standing.value != "expected"]
    here = sum(each.presence is not None for each in due)
    minutes = round(sum(each.kept.empty.total_seconds() for each in found.agencies) / 60)
    lines = [
        _("Petugas hadir: %(here)d dari %(due)d") % {"here": here, "due": len(due)}
        if due
        else _("Tidak ada jadwal piket: kehadiran tidak dapat dihitung."),
        _("Instansi yang buka penuh: %(full)d dari %(all)d")
        % {"full": len(found.open_all_day), "all": len(found.agencies)},
        _("Loket kosong: %(count)d kali, %(minutes)d menit") % {"count": len(found.vacancies), "minutes": minutes},
        _("Pengunjung: %(visitors)d; nomor: %(tickets)d; selesai dilayani: %(served)d")
        % {"visitors": found.visitors, "tickets": found.tickets, "served": found.served},
    ]
    if found.wait is not None and found.longest_wait is not None:
        lines.append(
            _("Tunggu: tengah %(median)s, terlama %(most)s")
            % {"median": dates.minutes(found.wait), "most": dates.minutes(found.longest_wait)}
        )
    return lines


def _asked(request: Request, near: list[LongRest], today: date) -> LongRest | None:
    """Return the first day of the address; without one today's, else the next, else the last one."""
    text = request.GET.get("day", "")
    if not text:
        coming = [rest for rest in near if rest.back_on >= today]
        return coming[0] if coming else near[-1] if near else None
    day = read_day(text)
    for rest in near if near and near[0].back_on <= day <= near[-1].back_on else first_days.near(request.mall, day):
        if rest.back_on == day:
            return rest
    raise NotFound(_("Hari itu bukan hari pertama setelah libur panjang (sedikitnya empat hari)."))
