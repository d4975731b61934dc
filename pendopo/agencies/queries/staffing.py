"""Whom and what a roster can be written for, and how it stands in a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Q

from pendopo.agencies.models import Counter, Duty, Employment, Membership
from pendopo.agencies.queries.opening_spans import opening_spans
from pendopo.agencies.queries.roster import Shift, days_between, shifts
from pendopo.agencies.types import Role
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall, Site


@dataclass(frozen=True, slots=True)
class Cell:
    """A counter on a day: its shifts; `is_bare` when the outlet receives people and nobody is to be there."""

    day: date
    shifts: Sequence[Shift]
    is_bare: bool


@dataclass(frozen=True, slots=True)
class CounterWeek:
    """A counter's week."""

    counter: Counter
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Duties that differ in their weekday only, as people write them: one line."""

    duties: Sequence[Duty]

    @property
    def first(self) -> Duty:
        """Any of them; all but the weekday is the same."""
        return self.duties[0]

    @property
    def weekdays(self) -> list[int]:
        """The weekdays, Monday first."""
        return sorted(duty.weekday for duty in self.duties if duty.weekday is not None)


def counters_of(mall: Mall, agencies: frozenset[int] | None) -> list[Counter]:
    """Return the counters of all agencies or of these, by agency and number; no roster has vans' or retired ones."""
    found = Counter.objects.standing().filter(mall=mall).exclude(zone__site__kind=Site.Kind.VAN)
    if agencies is not None:
        found = found.filter(outlet__agency__in=agencies)
    found = found.select_related("outlet__agency", "zone", "mall")
    return list(found.order_by("outlet__agency__short_name", "number", "pk"))


def officers_of(mall: Mall, day: date, agencies: frozenset[int] | None) -> list[Account]:
    """Return who serves at counters of all agencies or of these on a day, by name."""
    held = Membership.objects.filter(mall=mall, role=Role.OFFICER).valid_on(day)
    if agencies is not None:
        held = held.filter(Q(agency__in=agencies) | Q(agency=None))
    return list(Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("name", "pk"))


def agencies_of(mall: Mall, account: Account, day: date) -> list[int | None]:
    """Return the agencies that an account works for on a day; None is the whole mall."""
    return list(Membership.objects.filter(mall=mall, account=account).valid_on(day).values_list("agency_id", flat=True))


def week(mall: Mall, monday: date, agencies: frozenset[int] | None) -> list[CounterWeek]:
    """Return each counter's week, in six queries."""
    days = days_between(monday, monday + timedelta(days=6))
    by_place: dict[tuple[int, date], list[Shift]] = {}
    for shift in shifts(mall, days[0], days[-1], agencies=agencies):
        by_place.setdefault((shift.duty.counter_id, shift.day), []).append(shift)
    open_days = {
        (outlet, mall.local(span.starts_at).date())
        for outlet, spans in opening_spans(mall, days[0], days[-1]).items()
        for span in spans
    }
    return [
        CounterWeek(
            counter,
            [
                _cell(day, by_place.get((counter.pk, day), ()), is_open=(counter.outlet_id, day) in open_days)
                for day in days
            ],
        )
        for counter in counters_of(mall, agencies)
    ]


def _cell(day: date, of_day: Sequence[Shift], *, is_open: bool) -> Cell:
    return Cell(day, of_day, is_open and not [shift for shift in of_day if not shift.has_nobody])


def patterns(mall: Mall, today: date, agencies: frozenset[int] | None) -> list[Pattern]:
    """Return what is written and not over, those of one counter, person and hours as one; by counter."""
    found = Duty.objects.filter(mall=mall).filter(Q(day__gte=today) | Q(weekday__isnull=False))
    found = found.exclude(valid_until__lt=today).select_related("counter__outlet__agency", "account")
    if agencies is not None:
        found = found.filter(counter__outlet__agency__in=agencies)
    groups: dict[tuple[int, int, time, time, date | None, date | None, date | None], list[Duty]] = {}
    for duty in found.order_by("counter__outlet__agency__short_name", "counter__number", "starts", "weekday", "pk"):
        key = (
            duty.counter_id, duty.account_id, duty.starts, duty.ends, duty.valid_from, duty.valid_until, duty.day,
        )  # fmt: skip
        groups.setdefault(key, []).append(duty)
    return [Pattern(duties) for duties in groups.values()]


def employments(mall: Mall, people: Sequence[Account]) -> list[tuple[Account, Employment | None]]:
    """Return people with whose servant they are; None where nobody has noted it."""
    kept = {each.account_id: each for each in Employment.objects.filter(mall=mall, account__in=people)}
    return [(person, kept.get(person.pk)) for person in people]
