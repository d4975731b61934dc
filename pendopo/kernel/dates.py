"""Moments and durations as people read them, in the mall's zone and the reader's language."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

# Keppres 41/1987: Indonesia's three zones and their short names.
ZONES: Final[dict[str, str]] = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
MONTH_DAY: Final = "EEEE, d MMMM y"


def moment(at: datetime, zone: str) -> str:
    """Write a moment in full: "Senin, 16 November 2026 pukul 09.05 WIB"."""
    _refuse_naive(at)
    return _("%(day)s pukul %(time)s") % {"day": day(at, zone), "time": clock(at, zone)}


def day(at: datetime | date, zone: str) -> str:
    """Write a day in full: "Senin, 16 November 2026". A moment is first brought to the zone."""
    if isinstance(at, datetime):
        _refuse_naive(at)
        at = at.astimezone(ZoneInfo(zone)).date()
    return format_date(at, MONTH_DAY, locale=_locale())


def short_day(day: date) -> str:
    """Write a day as tables hold it: "16 Nov 2026"."""
    return format_date(day, "d MMM y", locale=_locale())


def clock(at: datetime, zone: str) -> str:
    """Write a time of day with its zone: "09.05 WIB"."""
    return f"{hour(at, zone)} {ZONES[zone]}"


def hour(at: datetime, zone: str) -> str:
    """Write a time of day alone: "09.05"."""
    _refuse_naive(at)
    pattern = "HH:mm" if _locale() == "en_GB" else "HH.mm"
    return format_datetime(at, pattern, tzinfo=ZoneInfo(zone), locale=_locale())


def month(day: date) -> str:
    """Write a day's month: "November 2026"."""
    return format_date(day, "MMMM y", locale=_locale())


def short_month(day: date) -> str:
    """Write a day's month as charts have room for it: "Nov 26"."""
    return format_date(day, "MMM yy", locale=_locale())


def weekday_name(weekday: int) -> str:
    """Write the name of an ISO weekday (Monday is 1): "Senin"."""
    # The first of January 2024 was a Monday.
    return format_date(date(2024, 1, weekday), "EEEE", locale=_locale())


def near_day(day: date, today: date) -> str:
    """Write a day of the next weeks shortly: "Senin" where that is clear, else "Senin, 30 November"."""
    return format_date(day, "EEEE" if (day - today).days < 7 else "EEEE, d MMMM", locale=_locale())


def day_and_month(day: int, month: int) -> str:
    """Write a day of a year that is clear: "24 Nov"."""
    # A leap year: it has every day.
    return format_date(date(2024, month, day), "d MMM", locale=_locale())


def minutes(seconds: float) -> str:
    """Write how long something lasted, rounded to minutes: "12 menit", "1 jam 5 menit", "kurang dari 1 menit"."""
    if seconds < 60:
        return _("kurang dari 1 menit")
    hours, rest = divmod(int(seconds) // 60, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d jam", "%(count)d jam", hours) % {"count": hours})
    if rest:
        parts.append(ngettext("%(count)d menit", "%(count)d menit", rest) % {"count": rest})
    return " ".join(parts)


def working_days(count: int) -> str:
    """Write a length in working days: "5 hari kerja"; none is "selesai hari itu"."""
    if count < 0:
        raise ValueError("Hari kerja tidak boleh kurang dari nol.")
    if count == 0:
        return _("selesai hari itu")
    return ngettext("%(count)d hari kerja", "%(count)d hari kerja", count) % {"count": count}


def _locale() -> str:
    return "en_GB" if (get_language() or "id").startswith("en") else "id_ID"


def _refuse_naive(at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("Waktu tanpa zona tidak dapat ditampilkan.")
