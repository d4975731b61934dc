from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pendopo.kernel.errors import NotFound
from pendopo.tenancy.models import Mall
from pendopo.worktime.arithmetic import Span, WorkingTime
from pendopo.worktime.models import Calendar, CalendarHours, Holiday, MallDay


def day_off(mall: Mall, day: date) -> str | None:
    """Return the name of the day off that a day is in a mall, by the same function that gives tickets."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT worktime_day_off(%s, %s)", [mall.pk, day])
        row: tuple[str | None] = cursor.fetchone()
    return row[0]


def days_off(mall: Mall, starts_on: date, ends_on: date) -> frozenset[date]:
    """Return a mall's days off from one day to another, both included: by law, unless the mall says otherwise."""
    national = Holiday.objects.in_force().between(starts_on, ends_on).values_list("day", flat=True)
    own = dict(MallDay.objects.filter(mall=mall, day__range=(starts_on, ends_on)).values_list("day", "is_day_off"))
    return frozenset(day for day in {*national, *own} if own.get(day, True))


def working_time(mall: Mall, starts_on: date, ends_on: date, *, calendar: Calendar | None = None) -> WorkingTime:
    """Read a calendar of a mall (its default one) for a stretch of days, in three queries.

    The result answers for those days only. Raises NotFound when the mall has no such calendar: nothing is assumed.
    """
    hours = CalendarHours.objects.filter(mall=mall)
    hours = hours.filter(calendar=calendar) if calendar else hours.filter(calendar__is_default=True)
    weekdays = {day.weekday: _spans(day) for day in hours}
    if not weekdays:
        raise NotFound(_("MPP ini belum punya kalender kerja."))
    return WorkingTime(mall.zone, weekdays, days_off(mall, starts_on, ends_on), starts_on, ends_on)


def _spans(hours: CalendarHours) -> tuple[Span, ...]:
    if hours.break_from is None or hours.break_until is None:
        return (Span(hours.opens, hours.closes),)
    return Span(hours.opens, hours.break_from), Span(hours.break_until, hours.closes)


@dataclass(frozen=True, slots=True)
class LongRest:
    """Days in a row on which nobody works, and the day on which work begins again; `name` is what the days off are."""

    first: date
    last: date
    back_on: date
    name: str

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1


def long_rests(
    mall: Mall, first: date, last: date, *, least: int, weekdays: Mapping[int, tuple[time, time]]
) -> list[LongRest]:
    """Return the runs of at least so many days without work whose day after lies from one day to another.

    By the mall's default calendar; in a mall without one by `weekdays` with their hours. None when it has neither.
    """
    try:
        working = working_time(mall, first - timedelta(days=40), last)
    except NotFound:
        if not weekdays:
            return []
        spans = {weekday: (Span(*hours),) for weekday, hours in weekdays.items()}
        known = first - timedelta(days=40)
        working = WorkingTime(mall.zone, spans, days_off(mall, known, last), known, last)
    names = _names(mall, first - timedelta(days=31), last)
    found = []
    for day in (first + timedelta(days=passed) for passed in range((last - first).days + 1)):
        if not working.is_working_day(day):
            continue
        start = day
        while (day - start).days < 31 and not working.is_working_day(start - timedelta(days=1)):
            start -= timedelta(days=1)
        if (day - start).days >= least:
            rest = [start + timedelta(days=passed) for passed in range((day - start).days)]
            told = list(dict.fromkeys(names[one] for one in rest if one in names))
            found.append(LongRest(start, rest[-1], day, ", ".join(told)))
    return found


def _names(mall: Mall, starts_on: date, ends_on: date) -> Mapping[date, str]:
    named: dict[date, str] = {}
    for day, name in Holiday.objects.in_force().between(starts_on, ends_on).order_by("name").values_list("day", "name"):
        named[day] = f"{named[day]}, {name}" if day in named else name
    own = MallDay.objects.filter(mall=mall, day__range=(starts_on, ends_on), is_day_off=True)
    return named | dict(own.values_list("day", "name"))


def unconfirmed() -> QuerySet[Holiday]:
    """List the holidays in force whose decree nobody has seen yet."""
    return Holiday.objects.in_force().filter(is_confirmed=False).order_by("day", "name")


@dataclass(frozen=True, slots=True)
class ComingDay:
    """A day of which the law or the mall says something: whether it is a day off, what it is called and why.

    `own`: the mall itself decided it; `law`: the holidays of that day by decree.
    """

    day: date
    is_off: bool
    law: Sequence[Holiday]
    own: MallDay | None

    @property
    def is_unconfirmed(self) -> bool:
        """Whether it is a day off only by a decree that nobody has seen yet."""
        return self.own is None and not all(holiday.is_confirmed for holiday in self.law)


def coming_days(mall: Mall, starts_on: date, ends_on: date) -> list[ComingDay]:
    """Return what the law and the mall say about the days of a stretch, both ends included, in two queries."""
    law: dict[date, list[Holiday]] = {}
    for holiday in Holiday.objects.in_force().between(starts_on, ends_on).order_by("day", "name"):
        law.setdefault(holiday.day, []).append(holiday)
    own = {each.day: each for each in MallDay.objects.filter(mall=mall, day__range=(starts_on, ends_on))}
    return [
        ComingDay(day, own[day].is_day_off if day in own else True, law.get(day, []), own.get(day))
        for day in sorted({*law, *own})
    ]
