from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from pendopo.tenancy import actions as tenancy
from pendopo.tenancy.models import Mall
from pendopo.worktime import actions
from pendopo.worktime.arithmetic import Span, WorkingTime
from pendopo.worktime.models import Holiday
from pendopo.worktime.types import Hours

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
# Five days, 37.5 hours, a longer break on Friday: Perpres 21/2023.
FIVE_DAYS = (
    *(Hours(weekday, time(7, 30), time(16), time(12), time(13)) for weekday in range(1, 5)),
    Hours(5, time(7, 30), time(16, 30), time(11, 30), time(13)),
)
# Six days without a break.
SIX_DAYS = (*(Hours(weekday, time(8), time(14)) for weekday in range(1, 6)), Hours(6, time(8), time(12)))
HEADER = "tanggal,hari,nama,jenis,dasar,catatan,sumber"

_numbers = count(1)


def mall(timezone: str = Mall.Zone.WIB) -> Mall:
    """Found a mall; stand inside it with `wall.inside` to use it."""
    number = next(_numbers)
    return tenancy.found_mall(
        f"mpp-{number}", name=f"MPP {number}", government="Kota Contoh", at=NOW, timezone=timezone
    )


def holiday(day: date = date(2026, 11, 26), *, name: str = "Hari uji") -> Holiday:
    return actions.set_holiday(
        day, name=name, kind=Holiday.Kind.NATIONAL, basis="Keppres uji", reason="Untuk uji", at=NOW
    )


def holiday_file(folder: Path, *lines: str, header: str = HEADER) -> Path:
    file = folder / "libur.csv"
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return file


def working_time(
    hours: Sequence[Hours] = FIVE_DAYS, *days_off: date, zone: str = Mall.Zone.WIB, known_until: date = date.max
) -> WorkingTime:
    weekdays = {
        day.weekday: (Span(day.opens, day.break_from), Span(day.break_until, day.closes))
        if day.break_from and day.break_until
        else (Span(day.opens, day.closes),)
        for day in hours
    }
    return WorkingTime(ZoneInfo(zone), weekdays, frozenset(days_off), known_until=known_until)
