"""Who comes on a day, and who sits where in a week, as files: the rows of the pages."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, asked_day
from pendopo.agencies.queries import presence as seen
from pendopo.agencies.queries import staffing
from pendopo.agencies.queries.roster import Shift
from pendopo.kernel import dates
from pendopo.kernel.http import audience
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("overseer")
@require_safe
def attendance(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give who is here, late, stood in for or missing on a day (?day=) as CSV or XLSX."""
    day, zone = asked_day(request), request.mall.timezone
    heads = [_("Petugas"), _("Loket"), _("Instansi"), _("Mulai"), _("Selesai"), _("Tiba"), _("Keadaan")]
    rows: list[list[Value]] = [
        [
            each.shift.person.name, str(each.shift.duty.counter), each.shift.agency or _("Loket bersama"),
            dates.hour(each.shift.span.starts_at, zone), dates.hour(each.shift.span.ends_at, zone),
            dates.hour(each.presence.arrived_at, zone) if each.presence else "", each.text,
        ]
        for each in seen.comings_of_day(request.mall, day, timezone.now(), agencies=request.actor.overseen)
    ]  # fmt: skip
    return table_file(kind, f"{mall}-kehadiran-{day.isoformat()}", Sheet(_("Kehadiran petugas"), heads, rows))


@audience("overseer")
@require_safe
def roster(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give who sits at which counter in the week of a day (?day=) as CSV or XLSX."""
    day = asked_day(request)
    monday = day - timedelta(days=day.weekday())
    week = staffing.week(request.mall, monday, request.actor.overseen)
    heads = [_("Loket"), _("Instansi"), *(dates.short_day(monday + timedelta(days=place)) for place in range(7))]
    rows = [[str(line.counter), _agency(line), *(_on_duty(cell) for cell in line.cells)] for line in week]
    return table_file(kind, f"{mall}-piket-{monday.isoformat()}", Sheet(_("Jadwal piket"), heads, rows))


def _agency(line: staffing.CounterWeek) -> str:
    agency = line.counter.outlet.agency
    return agency.short_name if agency else _("Loket bersama")


def _on_duty(cell: staffing.Cell) -> str:
    if not cell.shifts:
        return _("Kosong") if cell.is_bare else _("tutup")
    return "; ".join(_in_words(shift) for shift in cell.shifts)


def _in_words(shift: Shift) -> str:
    who = shift.absence.get_reason_display() if shift.absence and shift.has_nobody else shift.person.name
    return f"{who} {shift.duty.starts:%H.%M}–{shift.duty.ends:%H.%M}"
