"""Counting working days and working time. Pure: what is a day off was read before.

Conventions, where the law of a single service does not say otherwise (they are ours, not quoted from a law):

- Days: the day of receipt does not count; the first working day after it is day one. Five working days from a Friday
  end on the next Friday. So a stretch of days is open at its start and closed at its end.
- Time: the clock runs only within working hours. What is received outside them starts at the next opening; what falls
  due exactly when work ends is due then, not at the next opening.
- Moments go in and come out aware, and come out in UTC; days and hours are those of the zone's wall clock.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from pendopo.worktime.errors import OutsideCalendar

ONE_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Working hours without a break, on the wall clock of one day."""

    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Which hours of which days are worked. Weekdays are ISO: Monday is 1; one that is missing is not worked.

    Answers only for days from `known_from` to `known_until`; beyond, where days off were not read, it raises
    OutsideCalendar.
    """

    zone: ZoneInfo
    weekdays: Mapping[int, tuple[Span, ...]]
    days_off: frozenset[date] = field(default=frozenset())
    known_from: date = date.min
    known_until: date = date.max

    def __post_init__(self) -> None:
        """Refuse what would count wrongly or for ever."""
        if not any(self.weekdays.values()) or not set(self.weekdays) <= set(range(1, 8)):
            raise ValueError("working time needs hours on at least one of the weekdays 1 to 7")
        for spans in self.weekdays.values():
            edges = [edge for span in spans for edge in span]
            if any(earlier >= later for earlier, later in zip(edges[::2], edges[1::2], strict=True)):
                raise ValueError("a span ends after it starts")
            if any(earlier > later for earlier, later in zip(edges[1::2], edges[2::2], strict=False)):
                raise ValueError("spans stand in order and do not overlap")

    def is_working_day(self, day: date) -> bool:
        """Say whether any hour of a day is worked."""
        return bool(self._spans(day))

    def add_working_days(self, start: date, days: int) -> date:
        """Return the day on which the given number of working days after `start` ends; with 0, `start` itself."""
        if days < 0:
            raise ValueError("working days are added, not taken away")
        day = start
        while days:
            day = self._after(day)
            days -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + timedelta(days=passed) for passed in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """Return the first moment at which `amount` has been worked since `start`; with none, `start` itself."""
        if amount < timedelta(0):
            raise ValueError("working time is added, not taken away")
        start = _in_utc(start)
        if not amount:
            return start
        left = amount
        day = start.astimezone(self.zone).date()
        while True:
            for opens, closes in self._worked(day):
                begins = max(opens, start)
                if begins + left <= closes:
                    return begins + left
                left -= max(closes - begins, timedelta(0))
            day = self._after(day)

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Sum up what was worked from `start` to `end`; negative when `end` is earlier."""
        start, end = _in_utc(start), _in_utc(end)
        if end < start:
            return -self.working_time_between(end, start)
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        total = timedelta(0)
        while True:
            for opens, closes in self._worked(day):
                total += max(min(closes, end) - max(opens, start), timedelta(0))
            if day == last:
                return total
            day = self._after(day)

    def _spans(self, day: date) -> tuple[Span, ...]:
        if not self.known_from <= day <= self.known_until:
            raise OutsideCalendar(_("Hari libur untuk %(day)s belum dibaca.") % {"day": day.isoformat()})
        return () if day in self.days_off else self.weekdays.get(day.isoweekday(), ())

    def _worked(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for span in self._spans(day):
            opens, closes = (datetime.combine(day, edge, self.zone).astimezone(UTC) for edge in span)
            yield opens, closes

    def _after(self, day: date) -> date:
        if day >= self.known_until:
            raise OutsideCalendar(_("Hari libur sesudah %(day)s belum dibaca.") % {"day": day.isoformat()})
        return day + ONE_DAY


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment.astimezone(UTC)
