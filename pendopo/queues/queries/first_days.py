"""The first working day after a long holiday: which days these are, what to expect, and how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean

from django.db.models import Count
from django.utils.translation import gettext as _

from pendopo.agencies.models import Counter, OpeningHours
from pendopo.agencies.queries.presence import Coming, Standing, comings
from pendopo.catalogue.models import Variant
from pendopo.kernel import dates
from pendopo.kernel.errors import NotFound
from pendopo.kernel.sheets import Sheet
from pendopo.queues.models import Vacancy, Visit
from pendopo.queues.queries import facts
from pendopo.queues.queries.missing import AgencyMonth, due_spans, full_time, vacancies
from pendopo.tenancy.models import Mall
from pendopo.worktime import queries as worktime
from pendopo.worktime.queries import LongRest

LEAST_DAYS = 4
YEAR = timedelta(days=366)
WEEK = timedelta(weeks=1)
# So many earlier first days are shown; holidays are known from 2022 on.
EARLIER = 6
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Expected:
    """What our own rows let expect: visitors of earlier first days, the same holiday's alone where there are any.

    `visitors` None means that there are none: nothing is guessed. `ordinary` is the mean of the same weekday in the
    four weeks before the holiday, None where nobody came then.
    """

    visitors: int | None
    is_same_holiday: bool
    earlier: Sequence[tuple[LongRest, int]]
    ordinary: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of a first day."""

    rest: LongRest
    expected: Expected
    comings: Sequence[Coming]
    bare: Sequence[Counter]
    agencies: int
    services: int


@dataclass(frozen=True, slots=True)
class Evening:
    """How a day went: who came, who was open all the time, how many came and how long they waited."""

    comings: Sequence[Coming]
    agencies: Sequence[AgencyMonth]
    vacancies: Sequence[Vacancy]
    visitors: int
    tickets: int
    served: int
    wait: float | None
    longest_wait: float | None

    @property
    def late_or_absent(self) -> list[Coming]:
        """Who was late or did not come, or in whose place somebody came."""
        fine = {Standing.PRESENT, Standing.EXPECTED}
        return [each for each in self.comings if each.standing not in fine or each.shift.absence]

    @property
    def open_all_day(self) -> list[AgencyMonth]:
        """The agencies none of whose counters stood empty for a whole minute."""
        return [each for each in self.agencies if each.kept.empty < MINUTE]


def rests(mall: Mall, first: date, last: date) -> list[LongRest]:
    """Return the long holidays whose first working day lies from one day to another."""
    hours = OpeningHours.objects.filter(mall=mall).values_list("weekday", "opens", "closes")
    weekdays = {weekday: (opens, closes) for weekday, opens, closes in hours}
    return worktime.long_rests(mall, first, last, least=LEAST_DAYS, weekdays=weekdays)


def has_calendar(mall: Mall) -> bool:
    """Say whether the mall has a working calendar; without one the weekdays of its outlets count."""
    try:
        worktime.working_time(mall, date(2026, 1, 1), date(2026, 1, 1))
    except NotFound:
        return False
    return True


def near(mall: Mall, today: date) -> list[LongRest]:
    """Return the long holidays of a year before and after a day; none in a mall without calendar and hours."""
    return rests(mall, today - YEAR, today + YEAR)


def plan(mall: Mall, rest: LongRest, at: datetime) -> Plan:
    """Return what is known ahead of a first day."""
    day = rest.back_on
    on_duty = comings(mall, day, day, at)
    staffed = {each.shift.duty.counter_id for each in on_duty if not each.shift.has_nobody}
    # A counter without a roster is due as well, and has nobody who is named.
    due = {counter for counter, spans in due_spans(mall, day, day).items() if spans}
    rostered = {each.shift.duty.counter_id for each in on_duty}
    counters = Counter.objects.filter(mall=mall, pk__in=(due | rostered) - staffed).select_related("outlet__agency")
    bare = list(counters.order_by("outlet__agency__short_name", "number", "pk"))
    agencies = set(Counter.objects.filter(mall=mall, pk__in=due | rostered).values_list("outlet__agency", flat=True))
    agencies.discard(None)
    # A mall's services are counted by variants.
    services = Variant.objects.filter(mall=mall, service__agency__in=agencies).count()
    crowd = expected(mall, rest, min(day, mall.local(at).date()))
    return Plan(rest, crowd, on_duty, bare, len(agencies), services)


def expected(mall: Mall, rest: LongRest, today: date) -> Expected:
    """Return what earlier first days and ordinary days let expect; rows of the mall only."""
    years = Visit.objects.filter(mall=mall).order_by("day").values_list("day", flat=True).first()
    earlier: list[LongRest] = []
    if years is not None and years < rest.first:
        earlier = rests(mall, years, rest.first)
    came = _visitors(mall, [each.back_on for each in earlier])
    seen = [(each, came[each.back_on]) for each in reversed(earlier) if each.back_on in came]
    same = [pair for pair in seen if _shares(pair[0].name, rest.name)]
    counted = (same or seen)[:EARLIER]
    weeks = [day for passed in range(1, 9) if (day := rest.back_on - passed * WEEK) < min(rest.first, today)][:4]
    ordinary = _visitors(mall, weeks)
    return Expected(
        round(mean(visitors for _rest, visitors in counted)) if counted else None,
        bool(same),
        seen[:EARLIER],
        round(mean(ordinary.values())) if ordinary else None,
    )


def _visitors(mall: Mall, days: Sequence[date]) -> dict[date, int]:
    came = Visit.objects.filter(mall=mall, day__in=days, checked_in_at__isnull=False)
    return dict(came.values_list("day").annotate(Count("pk")))


def _shares(one: str, other: str) -> bool:
    """Whether two holidays have a word of theirs in common: years and Hijri numbers differ."""
    common_words = {"hari", "raya", "bersama", "cuti", "tahun", "baru", "libur"}

    def words(name: str) -> set[str]:
        parts = "".join(letter if letter.isalpha() else " " for letter in name.casefold()).split()
        return {part for part in parts if len(part) > 3} - common_words

    return bool(words(one) & words(other))


def evening(mall: Mall, day: date, at: datetime) -> Evening:
    """Return how a day went, up to a moment."""
    visitors, tickets, served, *_rest = facts.totals(mall, day)
    every = next((one for one in facts.times(mall, day) if one.group == "all"), None)
    waits = every.values if every and every.tickets else (None, None, None)
    rows = list(vacancies(mall, day, day))
    return Evening(
        comings(mall, day, day, at),
        full_time(mall, day, day, at),
        rows[::-1],
        visitors,
        tickets,
        served,
        waits[0],
        waits[2],
    )


def sheets(mall: Mall, found: Evening, at: datetime) -> list[Sheet]:
    """Put the evening's exceptions into tables, for page and paper alike."""
    return [
        Sheet(
            _("Petugas terlambat, digantikan, izin, atau tidak hadir"),
            (_("Petugas"), _("Loket"), _("Instansi"), _("Keadaan")),
            [
                (
                    each.shift.duty.account.name,
                    str(each.shift.duty.counter.number),
                    each.shift.agency or _("Loket bersama"),
                    _in_words(each),
                )
                for each in found.late_or_absent
            ],
        ),
        Sheet(
            _("Loket kosong pada jam layanan"),
            (_("Loket"), _("Instansi"), _("Mulai"), _("Selesai"), _("Menit"), _("Jawaban")),
            [
                (
                    str(row.counter.number),
                    row.counter.outlet.agency.short_name if row.counter.outlet.agency else _("Loket bersama"),
                    dates.hour(row.starts_at, mall.timezone),
                    dates.hour(row.ended_at, mall.timezone) if row.ended_at else _("masih kosong"),
                    lasted(row, at),
                    "; ".join(reply.words for reply in row.replies.all() if reply.words) or "–",
                )
                for row in found.vacancies
            ],
        ),
    ]


def lasted(row: Vacancy, at: datetime) -> int:
    """Return how many whole minutes a vacancy has lasted."""
    return ((row.ended_at or at) - row.starts_at) // MINUTE


def _in_words(coming: Coming) -> str:
    absence = coming.shift.absence
    if absence and absence.substitute:
        told = {"name": absence.substitute.name, "reason": absence.get_reason_display(), "state": coming.text}
        return _("%(reason)s, digantikan %(name)s (%(state)s)") % told
    return coming.text
