"""Changing what is a day off, by law and in one mall, and which hours count for deadlines."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel.errors import MoveNotAllowed, NotFound, ReasonMissing
from pendopo.kernel.reports import Line, Outcome, Report
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.worktime import holiday_file
from pendopo.worktime.errors import CalendarNameTaken, CalendarNotUnderstood, LawIsAboveMalls
from pendopo.worktime.models import Calendar, CalendarHours, Holiday, MallDay
from pendopo.worktime.types import DayOff, Hours

FROM_FILE = ("kind", "basis", "note", "source", "is_confirmed")
WRITTEN = {Outcome.TAKEN, Outcome.CHANGED}

type Known = dict[tuple[date, str], Holiday]


@transaction.atomic
def import_holidays(
    file: Path = holiday_file.SHIPPED, *, at: datetime, by: Who | None = None, skip_bad: bool = False
) -> Report:
    """Take the holidays of a file; again with the same file changes nothing. What a person decided stays.

    When a line is refused nothing is written, unless `skip_bad`. Raises NotUnderstood when it is no table of holidays.
    """
    _above_malls()
    content = file.read_bytes()
    read = list(holiday_file.read(content))
    told = [line[1] for line in read if not isinstance(line, Line)]
    known = _known({day.day.year for day in told})
    report = Report(
        lines=tuple(line if isinstance(line, Line) else _compare(*line, known) for line in read),
        notes=_not_named(told, known),
        is_written=skip_bad or len(told) == len(read),
    )
    if report.is_written:
        outcomes = {line.number: line.outcome for line in report.lines}
        _write(line[1] for line in read if not isinstance(line, Line) and outcomes[line[0]] in WRITTEN)
        after = {"sha256": hashlib.sha256(content).hexdigest(), "lines": report.totals}
        audit.record("holidays.imported", "holidays", by=by, at=at, after=after)
    return report


def _known(years: set[int]) -> Known:
    holidays = Holiday.objects.select_for_update().filter(day__year__in=years).order_by("day", "name")
    return {(holiday.day, holiday.name): holiday for holiday in holidays}


def _compare(number: int, told: DayOff, known: Known) -> Line:
    """Tell what becomes of a line: what a person decided at run time is above the file."""
    notes = () if told.is_confirmed else (_("Belum dikonfirmasi: periksa keputusannya."),)
    holiday = known.get((told.day, told.name))
    if holiday is None:
        return Line(number, Outcome.TAKEN, str(told), notes=notes)
    if holiday.withdrawn_at is None and all(getattr(holiday, field) == getattr(told, field) for field in FROM_FILE):
        return Line(number, Outcome.UNCHANGED, str(told), notes=notes)
    if holiday.is_own_decision:
        kept = _("Sudah diubah atau dicabut di sini; perubahan itu tetap berlaku.")
        return Line(number, Outcome.UNCHANGED, str(told), notes=(kept,))
    return Line(number, Outcome.CHANGED, str(told), notes=notes)


def _not_named(told: Iterable[DayOff], known: Known) -> tuple[str, ...]:
    """Name the days off that the file does not: whether a later decree took them back, a person decides."""
    named = {(day.day, day.name) for day in told}
    return tuple(
        _("%(holiday)s tidak ada di berkas ini dan tetap berlaku.") % {"holiday": holiday}
        for key, holiday in known.items()
        if key not in named and holiday.withdrawn_at is None
    )


def _write(days: Iterable[DayOff]) -> None:
    Holiday.objects.bulk_create(
        (Holiday(day=day.day, name=day.name, **{field: getattr(day, field) for field in FROM_FILE}) for day in days),
        update_conflicts=True,
        unique_fields=["day", "name"],
        update_fields=FROM_FILE,
    )


@transaction.atomic
def set_holiday(
    day: date,
    *,
    name: str,
    kind: Holiday.Kind,
    basis: str,
    reason: str,
    at: datetime,
    note: str = "",
    source: str = "",
    is_confirmed: bool = True,
    by: Who | None = None,
) -> Holiday:
    """Enter or correct a day off for all malls, as when a decree is amended in mid-year; give a withdrawn one back."""
    _above_malls()
    _needs(name, basis, reason)
    before = Holiday.objects.select_for_update().filter(day=day, name=name).first()
    values = {
        "kind": kind,
        "basis": basis,
        "note": note,
        "source": source,
        "is_confirmed": is_confirmed,
        "is_own_decision": True,
        "withdrawn_at": None,
    }
    holiday, _made = Holiday.objects.update_or_create(day=day, name=name, defaults=values)
    audit.record(
        "holiday.set",
        f"holiday:{holiday.pk}",
        by=by,
        at=at,
        reason=reason,
        before={field: getattr(before, field) for field in values} if before else None,
        after={"day": day, "name": name, **values},
    )
    return holiday


@transaction.atomic
def remove_holiday(holiday: Holiday, *, reason: str, at: datetime, by: Who | None = None) -> None:
    """Withdraw a day off for all malls, as 26 April 2023 was; an import does not bring it back."""
    _above_malls()
    _needs(reason)
    holiday = Holiday.objects.select_for_update().get(pk=holiday.pk)
    if holiday.withdrawn_at is not None:
        raise MoveNotAllowed(_("Hari libur ini sudah dicabut."))
    holiday.withdrawn_at = at
    holiday.is_own_decision = True
    holiday.save(update_fields=["withdrawn_at", "is_own_decision"])
    audit.record("holiday.withdrawn", f"holiday:{holiday.pk}", by=by, at=at, reason=reason)


@transaction.atomic
def set_mall_day(
    mall: Mall,
    day: date,
    *,
    is_day_off: bool,
    name: str,
    reason: str,
    at: datetime,
    basis: str = "",
    by: Who | None = None,
) -> MallDay:
    """Close a whole mall on one day, or let it work in spite of a holiday; `name` is what people are told."""
    _needs(name, reason)
    values = {"is_day_off": is_day_off, "name": name, "basis": basis}
    before = MallDay.objects.select_for_update().filter(mall=mall, day=day).first()
    own, _made = MallDay.objects.update_or_create(mall=mall, day=day, defaults=values)
    audit.record(
        "mall_day.set",
        f"mall_day:{day.isoformat()}",
        by=by,
        at=at,
        reason=reason,
        before={field: getattr(before, field) for field in values} if before else None,
        after=values,
    )
    return own


@transaction.atomic
def remove_mall_day(mall: Mall, day: date, *, reason: str, at: datetime, by: Who | None = None) -> None:
    """Let the law decide again about one day of a mall. Raises NotFound when the mall had said nothing."""
    _needs(reason)
    own = MallDay.objects.select_for_update().filter(mall=mall, day=day).first()
    if own is None:
        raise NotFound(_("MPP ini tidak menetapkan apa pun untuk tanggal itu."))
    before = {"is_day_off": own.is_day_off, "name": own.name, "basis": own.basis}
    own.delete()
    audit.record("mall_day.removed", f"mall_day:{day.isoformat()}", by=by, at=at, reason=reason, before=before)


@transaction.atomic
def make_calendar(
    mall: Mall,
    *,
    name: str,
    hours: Sequence[Hours],
    at: datetime,
    is_default: bool = False,
    reason: str = "",
    by: Who | None = None,
) -> Calendar:
    """Give a mall working hours for its deadlines; as default it takes the place of the one before.

    Government offices work five days and 37.5 hours a week (Perpres 21/2023 Pasal 3 and 4); units that serve the public
    directly may differ (Pasal 7), so nothing is assumed here.
    """
    _needs(name)
    _check(hours)
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)
    if Calendar.objects.filter(mall=mall, name=name).exists():
        raise CalendarNameTaken(_("MPP ini sudah punya kalender “%(name)s”.") % {"name": name})
    if is_default:
        Calendar.objects.filter(mall=mall, is_default=True).update(is_default=False)
    calendar = Calendar.objects.create(mall=mall, name=name, is_default=is_default)
    _write_hours(calendar, hours)
    after = {"name": name, "is_default": is_default, "hours": [str(day) for day in hours]}
    audit.record("calendar.made", f"calendar:{calendar.pk}", by=by, at=at, reason=reason, after=after)
    return calendar


@transaction.atomic
def make_default(calendar: Calendar, *, reason: str, at: datetime, by: Who | None = None) -> Calendar:
    """Count the mall's deadlines by this calendar from now on; what was promised before stays as it was counted."""
    _needs(reason)
    Mall.objects.select_for_update(no_key=True).get(pk=calendar.mall_id)
    calendar = Calendar.objects.select_for_update().get(pk=calendar.pk)
    if not calendar.is_default:
        Calendar.objects.filter(mall=calendar.mall_id, is_default=True).update(is_default=False)
        calendar.is_default = True
        calendar.save(update_fields=["is_default"])
        audit.record("calendar.made_default", f"calendar:{calendar.pk}", by=by, at=at, reason=reason)
    return calendar


@transaction.atomic
def set_calendar_hours(
    calendar: Calendar, hours: Sequence[Hours], *, reason: str, at: datetime, by: Who | None = None
) -> None:
    """Replace the weekly working hours of a calendar, as for Ramadan; a weekday not named is not worked."""
    _needs(reason)
    _check(hours)
    calendar = Calendar.objects.select_for_update().get(pk=calendar.pk)
    CalendarHours.objects.filter(mall_id=calendar.mall_id, calendar=calendar).delete()
    _write_hours(calendar, hours)
    after = {"hours": [str(day) for day in hours]}
    audit.record("calendar.hours_set", f"calendar:{calendar.pk}", by=by, at=at, reason=reason, after=after)


def _write_hours(calendar: Calendar, hours: Iterable[Hours]) -> None:
    CalendarHours.objects.bulk_create(
        CalendarHours(
            mall_id=calendar.mall_id,
            calendar=calendar,
            weekday=day.weekday,
            opens=day.opens,
            closes=day.closes,
            break_from=day.break_from,
            break_until=day.break_until,
        )
        for day in hours
    )


def _check(hours: Sequence[Hours]) -> None:
    weekdays = [day.weekday for day in hours]
    if not weekdays or len(set(weekdays)) != len(weekdays) or not set(weekdays) <= set(range(1, 8)):
        raise CalendarNotUnderstood(_("Tulis jam kerja sekali untuk setiap hari kerja, paling sedikit satu hari."))
    for day in hours:
        edges = [day.opens, day.break_from, day.break_until, day.closes]
        told = [edge for edge in edges if edge is not None]
        if len(told) == 3 or told != sorted(set(told)):
            raise CalendarNotUnderstood(_("Jam kerja harus berurutan: mulai, istirahat, selesai istirahat, selesai."))


def _needs(*words: str) -> None:
    if not all(word.strip() for word in words):
        raise ReasonMissing(_("Isi nama, dasar, dan alasannya."))


def _above_malls() -> None:
    """Refuse inside a mall: a holiday by decree holds for all malls, and is audited above them."""
    if wall.current_mall() is not None:
        raise LawIsAboveMalls(_("Hari libur nasional berlaku untuk semua MPP; tetapkan hari MPP ini saja."))
