"""Days that are over, one below the other, on the page and as a table to take away."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.types import Role
from pendopo.kernel.dates import weekday_name
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.performance.queries import days as shown
from pendopo.performance.queries.days import Line

WEEK = range(1, 8)


@audience("oversight")
@require_safe
def days(request: Request, mall: str) -> HttpResponse:
    """Show the days that are over, the last first; all, or those of one weekday."""
    weekday = _weekday(request)
    page = shown.lines(request.mall, weekday=weekday, cursor=request.GET.get("cursor", ""))
    context = {
        "heads": _heads(),
        "rows": [(line.day, _values(line)[1:]) for line in page.items],
        "next": page.next,
        "is_first": not request.GET.get("cursor"),
        "weekday": weekday,
        "weekdays": [(number, weekday_name(number)) for number in WEEK],
        "can_see_tickets": request.actor.has(Role.MANAGER, Role.HEAD),
    }
    return answer(request, "performance/days.html", context)


@audience("oversight")
@require_safe
def table(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give all of these days as CSV or XLSX."""
    page = shown.lines(request.mall, weekday=_weekday(request), size=shown.ALL)
    return table_file(
        kind, f"{mall}-hari", Sheet(_("Hari demi hari"), _heads(), [_values(line) for line in page.items])
    )


def _heads() -> Sequence[str]:
    return (
        _("Hari"), _("Pengunjung"), _("Nomor"), _("Dipanggil"), _("Selesai"), _("Belum dapat dilayani"),
        _("Tidak hadir"), _("Dibatalkan"), _("Tunggu, tengah (menit)"), _("Tunggu, 9 dari 10 (menit)"),
        _("Tunggu, terlama (menit)"),
    )  # fmt: skip


def _values(line: Line) -> Sequence[Value]:
    found = line.figures
    waits = (None if each is None else round(each / 60, 1) for each in (found.median, found.ninety, found.longest))
    return (
        line.day.isoformat(), line.visitors, found.taken, found.called, found.completed, found.sent_away, found.absent,
        found.cancelled, *waits,
    )  # fmt: skip


def _weekday(request: Request) -> int | None:
    text = request.GET.get("weekday", "")
    if text and text not in {str(number) for number in WEEK}:
        raise NotUnderstood(_("Hari tidak dikenal: 1 adalah Senin, 7 Minggu."))
    return int(text) if text else None
