"""The roster: who is to be at which counter on which day, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pendopo.agencies.models import Absence, Duty, Employment
from pendopo.agencies.queries.opening_spans import opening_spans
from pendopo.kernel.spans import Span, common, merge
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """One duty on one day. `works` when the outlet receives people at any time of it: holidays are nobody's duty."""

    duty: Duty
    day: date
    span: Span
    works: bool
    employment: Employment | None
    absence: Absence | None

    @property
    def agency_id(self) -> int | None:
        """The agency of the counter; None is the common desk."""
        return self.duty.counter.outlet.agency_id

    @property
    def agency(self) -> str:
        """The agency's short name, empty for the common desk."""
        agency = self.duty.counter.outlet.agency
        return agency.short_name if agency else ""

    @property
    def person(self) -> Account:
        """Who is to come: the substitute where one is named."""
        return self.absence.substitute if self.absence and self.absence.substitute else self.duty.account

    @property
    def has_nobody(self) -> bool:
        """Whether it is known ahead that nobody comes."""
        return self.absence is not None and self.absence.substitute_id is None


def days_between(first: date, last: date) -> list[date]:
    """Return the days from one to another, both included."""
    return [first + timedelta(days=passed) for passed in range((last - first).days + 1)]


def falling(duties: Iterable[Duty], day: date) -> list[Duty]:
    """Return the duties of a day: what is written for the day alone comes before patterns of its counter or person."""
    here = [duty for duty in duties if duty.falls_on(day)]
    alone = [duty for duty in here if duty.day is not None]
    counters, people = {duty.counter_id for duty in alone}, {duty.account_id for duty in alone}
    weekly = (duty for duty in here if duty.day is None)
    return alone + [duty for duty in weekly if duty.counter_id not in counters and duty.account_id not in people]


def shifts(mall: Mall, first: date, last: date, *, agencies: frozenset[int | None] | None = None) -> list[Shift]:
    """Return the shifts from one day to another, of all agencies or these, by day, agency, counter and hour.

    Four queries, however many days and people.
    """
    duties = Duty.objects.filter(mall=mall).touching(first, last)
    duties = duties.select_related("counter__outlet__agency", "counter__zone", "account")
    absences = Absence.objects.filter(mall=mall, day__range=(first, last)).select_related("substitute")
    noted = {(absence.duty_id, absence.day): absence for absence in absences}
    employed = {each.account_id: each for each in Employment.objects.filter(mall=mall)}
    open_at = opening_spans(mall, first, last)
    every = list(duties)
    found = []
    for day in days_between(first, last):
        for duty in falling(every, day):
            if agencies is not None and duty.counter.outlet.agency_id not in agencies:
                continue
            span = span_of(mall, duty, day)
            absence = noted.get((duty.pk, day))
            person = absence.substitute_id if absence and absence.substitute_id else duty.account_id
            works = bool(common([span], open_at.get(duty.counter.outlet_id, [])))
            found.append(Shift(duty, day, span, works, employed.get(person), absence))
    return sorted(
        found, key=lambda each: (each.day, each.agency, each.duty.counter.number, each.duty.starts, each.duty.pk)
    )


def roster_spans(mall: Mall, first: date, last: date) -> dict[tuple[int, date], list[Span]]:
    """Return when somebody is to be at each counter, by counter and day; a counter without any roster then lacks.

    One with a roster for other days of the week only has an empty list: it is not to be open. One query.
    """
    duties = list(Duty.objects.filter(mall=mall).touching(first, last))
    found: dict[tuple[int, date], list[Span]] = {}
    for day in days_between(first, last):
        for duty in duties:
            if duty.day == day or (duty.valid_from and _is_valid(duty, day)):
                found.setdefault((duty.counter_id, day), [])
        for duty in falling(duties, day):
            found[duty.counter_id, day].append(span_of(mall, duty, day))
    return {key: merge(spans) for key, spans in found.items()}


def span_of(mall: Mall, duty: Duty, day: date) -> Span:
    """Return from when until when a duty lasts on a day of the mall's own clock."""
    return Span(_moment(mall, day, duty.starts), _moment(mall, day, duty.ends))


def _moment(mall: Mall, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, mall.zone)


def _is_valid(duty: Duty, day: date) -> bool:
    return (
        duty.valid_from is not None and duty.valid_from <= day and (duty.valid_until is None or day <= duty.valid_until)
    )
