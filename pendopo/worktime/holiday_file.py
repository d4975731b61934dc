"""Reading a file of holidays in the columns of the one that is shipped. A line is refused in words, not guessed at."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from pendopo.kernel.reports import Line, refusal
from pendopo.kernel.tables import Row, read_table
from pendopo.worktime.models import Holiday
from pendopo.worktime.types import DayOff

SHIPPED = Path(__file__).parent / "data" / "hari_libur_2022_2026.csv"
NEEDED = ("tanggal", "hari", "nama", "jenis", "dasar")
LIMITS = {"nama": 120, "dasar": 200, "catatan": 200, "sumber": 300}
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
UNCONFIRMED = "belum dikonfirmasi"


class _NotUnderstood(Exception):
    pass


def read(content: bytes) -> Iterator[tuple[int, DayOff] | Line]:
    """Yield each line as a numbered day off, or as a refusal. Raises NotUnderstood when it is no table of holidays."""
    known: set[tuple[date, str]] = set()
    for row in read_table(content, required=NEEDED, optional=("catatan", "sumber")).rows:
        try:
            told = _day_off(row)
            if (told.day, told.name) in known:
                raise _NotUnderstood(_("tanggal dan nama ini sudah ada di baris sebelumnya"))
        except _NotUnderstood as error:
            yield refusal(row.line, error, name=row["nama"])
        else:
            known.add((told.day, told.name))
            yield row.line, told


def _day_off(row: Row) -> DayOff:
    if row.broken:
        raise _NotUnderstood(row.broken)
    for column in NEEDED:
        if not row[column]:
            raise _NotUnderstood(_("kolom %(column)s kosong") % {"column": column})
    for column, limit in LIMITS.items():
        if len(row[column]) > limit:
            raise _NotUnderstood(
                _("kolom %(column)s lebih panjang dari %(limit)d huruf") % {"column": column, "limit": limit}
            )
    if row["jenis"] not in Holiday.Kind.values:
        raise _NotUnderstood(
            _("jenis “%(kind)s” tidak dikenal; pilih %(kinds)s")
            % {"kind": row["jenis"], "kinds": ", ".join(Holiday.Kind.values)}
        )
    return DayOff(
        day=_day(row),
        name=row["nama"],
        kind=row["jenis"],
        basis=row["dasar"],
        note=row["catatan"],
        source=row["sumber"],
        is_confirmed=UNCONFIRMED not in row["catatan"].casefold(),
    )


def _day(row: Row) -> date:
    try:
        day = date.fromisoformat(row["tanggal"])
    except ValueError:
        raise _NotUnderstood(
            _("tanggal “%(day)s” bukan tanggal; tulis seperti 2026-08-17") % {"day": row["tanggal"]}
        ) from None
    # The weekday is there twice so that a slip in the date shows.
    weekday = WEEKDAYS[day.weekday()]
    if row["hari"].casefold() != weekday:
        raise _NotUnderstood(
            _("%(day)s jatuh pada hari %(weekday)s, bukan %(told)s")
            % {"day": day.isoformat(), "weekday": weekday, "told": row["hari"]}
        )
    return day
