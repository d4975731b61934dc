"""When counters should be open, which are not, and how much of what an agency promised it kept."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from pendopo.agencies.models import Closing, Counter
from pendopo.agencies.queries.opening_spans import opening_spans
from pendopo.agencies.queries.roster import days_between, roster_spans
from pendopo.kernel.spans import Span, common, merge, total, without
from pendopo.queues.models import CounterDay, CounterSession, Vacancy
from pendopo.tenancy.models import Mall

NOTHING = timedelta(0)


def due_spans(mall: Mall, first: date, last: date) -> dict[int, list[Span]]:
    """Return, by counter, when each should be open from one day to another, both included; four queries.

    That is while its outlet receives people (no holiday, break or closing of it), no closing of the counter was told
    ahead, and its roster has somebody. A counter without a roster is due all the time: that is the promise.
    """
    open_at = opening_spans(mall, first, last)
    rosters = roster_spans(mall, first, last)
    closed: dict[int, list[Span]] = {}
    for counter, starts_at, ends_at in Closing.objects.filter(mall=mall, counter__isnull=False).values_list(
        "counter_id", "starts_at", "ends_at"
    ):
        closed.setdefault(counter, []).append(Span(starts_at, ends_at))
    found = {}
    # A retired counter was due until it was retired.
    counters = Counter.objects.filter(mall=mall).exclude(retired_at__lte=day_span(mall, first).starts_at)
    for counter, outlet, retired_at in counters.values_list("pk", "outlet_id", "retired_at"):
        end = day_span(mall, last).ends_at
        gone = [Span(retired_at, end)] if retired_at and retired_at < end else []
        spans = without(open_at.get(outlet, []), [*closed.get(counter, ()), *gone])
        days = [_of_day(mall, spans, rosters, counter, day) for day in days_between(first, last)]
        found[counter] = [span for of_day in days for span in of_day]
    return found


def _of_day(
    mall: Mall, spans: list[Span], rosters: dict[tuple[int, date], list[Span]], counter: int, day: date
) -> list[Span]:
    here = common(spans, [day_span(mall, day)])
    return common(here, rosters[counter, day]) if (counter, day) in rosters else here


def day_span(mall: Mall, day: date) -> Span:
    """Return a day of the mall's own clock, from midnight to midnight."""
    return Span(
        datetime.combine(day, datetime.min.time(), mall.zone),
        datetime.combine(day + timedelta(days=1), datetime.min.time(), mall.zone),
    )


@dataclass(slots=True)
class Kept:
    """How long counters should have been open up to a moment, and how much of that they were empty or rested."""

    due: timedelta = NOTHING
    empty: timedelta = NOTHING
    rest: timedelta = NOTHING

    def add(self, other: "Kept") -> None:
        """Add another's time to this one's."""
        self.due, self.empty, self.rest = self.due + other.due, self.empty + other.empty, self.rest + other.rest

    @property
    def opened(self) -> timedelta:
        """How long they were open."""
        return self.due - self.empty - self.rest

    @property
    def share(self) -> float | None:
        """Per cent of the time due, rests with a told reason taken out; None where nothing was due."""
        owed = self.due - self.rest
        return round(100 * (self.opened / owed), 1) if owed else None


def kept_live(mall: Mall, first: date, last: date, at: datetime) -> dict[tuple[int, date], Kept]:
    """Count each counter's days from rows, up to a moment; five queries."""
    vacancies: dict[tuple[int, date], list[Vacancy]] = {}
    for row in Vacancy.objects.filter(mall=mall, day__range=(first, last)):
        vacancies.setdefault((row.counter_id, row.day), []).append(row)
    found = {}
    for counter, spans in due_spans(mall, first, last).items():
        for day in days_between(first, last):
            due = common(spans, [Span(day_span(mall, day).starts_at, min(day_span(mall, day).ends_at, at))])
            rows = vacancies.get((counter, day), [])
            found[counter, day] = Kept(
                total(due), _within(due, rows, Vacancy.Kind.EMPTY, at), _within(due, rows, Vacancy.Kind.REST, at)
            )
    return found


def _within(due: list[Span], rows: Iterable[Vacancy], kind: Vacancy.Kind, at: datetime) -> timedelta:
    return total(common(due, merge(Span(row.starts_at, row.ended_at or at) for row in rows if row.kind == kind)))


@dataclass(slots=True)
class AgencyMonth:
    """An agency's promise to be open full time: what was due in a stretch of days, and what of it was kept."""

    agency_id: int | None
    agency: str
    counters: set[int] = field(default_factory=set)
    kept: Kept = field(default_factory=Kept)

    @property
    def figures(self) -> tuple[int | float | None, ...]:
        """Counters, then minutes due, open, rested and empty, then per cent: in the order of `full_time_heads`."""
        kept = self.kept
        minutes = (round(each / timedelta(minutes=1)) for each in (kept.due, kept.opened, kept.rest, kept.empty))
        return (len(self.counters), *minutes, kept.share)


def full_time_heads() -> list[str]:
    """Name the columns of the list."""
    return [
        _("Instansi"), _("Loket"), _("Seharusnya buka (menit)"), _("Buka (menit)"), _("Jeda dengan alasan (menit)"),
        _("Kosong (menit)"), _("Janji terpenuhi (%)"),
    ]  # fmt: skip


def watched_since(mall: Mall) -> date | None:
    """Return the day on which somebody first sat at a counter here: before it nothing was promised or seen."""
    first = CounterSession.objects.filter(mall=mall).order_by("started_at").values_list("started_at", flat=True).first()
    return mall.local(first).date() if first else None


def full_time(
    mall: Mall, first: date, last: date, at: datetime, *, agencies: frozenset[int] | None = None
) -> list[AgencyMonth]:
    """Return how each agency kept its promise, the worst first; days that are over as they were added up."""
    since, today = watched_since(mall), mall.local(at).date()
    if since is None or (first := max(first, since)) > (last := min(last, today)):
        return []
    kept: list[tuple[int, Kept]] = []
    tallied: date | None = None
    rows = CounterDay.objects.filter(mall=mall, day__range=(first, last)).values_list("counter")
    for counter, due, empty, rest, day in rows.annotate(Sum("due"), Sum("empty"), Sum("rest"), Max("day")):
        kept.append((counter, Kept(*(timedelta(seconds=each) for each in (due, empty, rest)))))
        tallied = max(day, tallied or day)
    live = first if tallied is None else tallied + timedelta(days=1)
    if live <= last:
        kept += [(counter, of_day) for (counter, _day), of_day in kept_live(mall, live, last, at).items()]
    found: dict[int | None, AgencyMonth] = {}
    counters = Counter.objects.filter(mall=mall).values_list("pk", "outlet__agency", "outlet__agency__short_name")
    of = {pk: (agency, name) for pk, agency, name in counters}
    for counter, each in kept:
        agency, name = of[counter]
        if agencies is not None and agency not in agencies:
            continue
        line = found.setdefault(agency, AgencyMonth(agency, name or _("Loket bersama")))
        line.counters.add(counter)
        line.kept.add(each)
    lines = (line for line in found.values() if line.kept.due)
    return sorted(lines, key=lambda line: (line.kept.share if line.kept.share is not None else 100, line.agency))


def vacancies(
    mall: Mall, first: date, last: date, *, agencies: frozenset[int] | None = None, agency: int | None = None
) -> QuerySet[Vacancy]:
    """Return when counters were empty without a word, of all agencies or these, the latest first."""
    found = Vacancy.objects.filter(mall=mall, kind=Vacancy.Kind.EMPTY, day__range=(first, last))
    if agencies is not None:
        found = found.filter(counter__outlet__agency__in=agencies)
    if agency is not None:
        found = found.filter(counter__outlet__agency=agency)
    found = found.select_related("counter__outlet__agency", "counter__zone", "account", "mall")
    return found.prefetch_related("replies__account").order_by("-starts_at", "-pk")


def empty_now(mall: Mall, *, agencies: frozenset[int] | None = None) -> list[Vacancy]:
    """Return the counters that stand empty now, the longest first."""
    found = Vacancy.objects.filter(mall=mall, kind=Vacancy.Kind.EMPTY, ended_at=None)
    if agencies is not None:
        found = found.filter(counter__outlet__agency__in=agencies)
    found = found.select_related("counter__outlet__agency", "counter__zone", "account")
    return list(found.prefetch_related("replies__account").order_by("starts_at", "pk"))


def all_of(rows: QuerySet[Vacancy], size: int = 1_000) -> Iterator[Vacancy]:
    """Return every row of the list, one page in memory at a time."""
    page = list(rows[:size])
    while page:
        yield from page
        page = list(before(rows, page[-1].starts_at, page[-1].pk)[:size]) if len(page) == size else []


def before(rows: QuerySet[Vacancy], starts_at: datetime, pk: int) -> QuerySet[Vacancy]:
    """Return what comes after a row in the list."""
    return rows.filter(Q(starts_at__lt=starts_at) | Q(starts_at=starts_at, pk__lt=pk))
