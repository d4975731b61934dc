"""Watching that counters are open when they should be: the worker looks every few seconds, people answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pendopo.agencies.queries.roster import days_between
from pendopo.agencies.types import Actor, Role
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotAllowed
from pendopo.kernel.spans import Span, around
from pendopo.queues.actions import unwatched
from pendopo.queues.models import CounterDay, CounterSession, Vacancy, VacancyReply
from pendopo.queues.queries.missing import Kept, due_spans, kept_live, watched_since
from pendopo.queues.queries.status import CounterStatus, hall_status
from pendopo.queues.queries.unwatched import on_duty, unseen_days
from pendopo.queues.types import SessionState
from pendopo.tenancy.models import Mall

# A rest whose end nobody told is taken for one so long, then the counter is empty.
LONGEST_REST = timedelta(hours=1)
ONE_DAY = timedelta(days=1)
# Days that one run adds up: a worker that stood still for a month catches up in one.
MOST_DAYS = 31

# Without a target it lets go of any conflict: that of a second row of a counter, and that of an overlap.
BEGIN = """
INSERT INTO queues_vacancy (mall_id, counter_id, account_id, kind, day, starts_at, ended_because)
VALUES (%s, %s, %s, %s, %s, %s, '') ON CONFLICT DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look at a mall has found."""

    mall: Mall
    at: datetime
    due: Mapping[int, Sequence[Span]]
    sessions: Mapping[int, Sequence[CounterSession]]

    def span(self, counter: int, at: datetime) -> Span | None:
        return around(self.due.get(counter, ()), at)

    def last_end(self, counter: int) -> datetime | None:
        """Return when somebody last left a counter. A scene plays a day of the past in a mall that has later ones."""
        ends = (one.ended_at for one in self.sessions.get(counter, ()))
        return max((end for end in ends if end and end <= self.at), default=None)

    def opened_after(self, counter: int, at: datetime) -> datetime | None:
        return min((one.started_at for one in self.sessions.get(counter, ()) if one.started_at > at), default=None)


@transaction.atomic
def watch(mall: Mall, *, at: datetime) -> int:
    """Begin and end the mall's vacancies as its counters are at a moment; return how many. Again: none.

    Stand inside the mall. Two workers at once make one row. Begin and end are the moments at which they were, not
    those of the look: the session that ended, the hour, the end of a break.
    """
    now = hall_status(mall, at)
    shut = {one.pk: one for one in now.counters if now.openings[one.outlet_id].state == "open" and not one.is_open}
    standing = {row.counter_id: row for row in Vacancy.objects.filter(mall=mall, ended_at=None)}
    if not shut and not standing:
        return 0
    look = _look(mall, at, shut, standing)
    of = {one.pk: one for one in now.counters}
    changed, last_ends, stays, turned = 0, dict(_last_ends(mall, look)), set[int](), dict[int, Vacancy]()
    for counter, row in standing.items():
        end = _end(look, of[counter], row) if counter in of else _end_of_gone(look, row)
        if end is None:
            stays.add(counter)
            continue
        last_ends[counter] = end[0]
        if end[1] == Vacancy.Ended.OTHERWISE:
            turned[counter] = row
        changed += _close(row, *end)
    today = mall.local(at).date()
    people = on_duty(mall, today, today) if set(shut) - stays else {}
    for counter, one in shut.items():
        if counter not in stays:
            changed += _begin(look, one, turned.get(counter), last_ends.get(counter), people)
    return changed


def _close(row: Vacancy, ended_at: datetime, because: Vacancy.Ended) -> int:
    """End a vacancy once, whoever else looks at this moment; return how many rows that were."""
    ended = Vacancy.objects.filter(pk=row.pk, ended_at=None).update(ended_at=ended_at, ended_because=because)
    if ended and row.kind == Vacancy.Kind.EMPTY:
        seconds = round((ended_at - row.starts_at).total_seconds())
        audit.record("vacancy.ended", f"vacancy:{row.pk}", by=None, at=ended_at, after={"seconds": seconds})
    return ended


def _look(mall: Mall, at: datetime, shut: Mapping[int, CounterStatus], standing: Mapping[int, Vacancy]) -> _Look:
    today = mall.local(at).date()
    first = min((row.day for row in standing.values()), default=today)
    sessions: dict[int, list[CounterSession]] = {}
    since = min((row.starts_at for row in standing.values()), default=at) - ONE_DAY
    rows = CounterSession.objects.filter(mall=mall, counter__in={*shut, *standing}, started_at__gte=since)
    for session in rows.order_by("started_at"):
        sessions.setdefault(session.counter_id, []).append(session)
    return _Look(mall, at, due_spans(mall, first, today), sessions)


def _last_ends(mall: Mall, look: _Look) -> list[tuple[int, datetime]]:
    today = mall.local(look.at).date()
    rows = Vacancy.objects.filter(mall=mall, day__gte=today - ONE_DAY, ended_at__isnull=False)
    return list(rows.values_list("counter_id").annotate(Max("ended_at")))


def _kind(one: CounterStatus, row: Vacancy | None, at: datetime) -> Vacancy.Kind:
    if not one.rest:
        return Vacancy.Kind.EMPTY
    too_long = row is not None and (row.kind == Vacancy.Kind.EMPTY or at - row.starts_at >= LONGEST_REST)
    return Vacancy.Kind.EMPTY if one.until is None and too_long else Vacancy.Kind.REST


def _end(look: _Look, one: CounterStatus, row: Vacancy) -> tuple[datetime, Vacancy.Ended] | None:
    """Say when and why a vacancy has ended, or that it has not."""
    span = look.span(one.pk, row.starts_at)
    until = span.ends_at if span else look.at
    opened = look.opened_after(one.pk, row.starts_at)
    if opened and opened < until:
        return opened, Vacancy.Ended.OPENED
    if until <= look.at:
        return max(until, row.starts_at), Vacancy.Ended.HOURS
    if one.state is SessionState.OPEN and one.is_open:
        return look.at, Vacancy.Ended.OPENED
    if _kind(one, row, look.at) != row.kind:
        left = look.last_end(one.pk)
        return (left if left and left > row.starts_at else look.at), Vacancy.Ended.OTHERWISE
    return None


def _end_of_gone(look: _Look, row: Vacancy) -> tuple[datetime, Vacancy.Ended]:
    """Say when the vacancy of a counter that was retired has ended: it was due until then."""
    span = look.span(row.counter_id, row.starts_at)
    return max(min(span.ends_at, look.at) if span else look.at, row.starts_at), Vacancy.Ended.HOURS


def _begin(
    look: _Look,
    one: CounterStatus,
    turned: Vacancy | None,
    last_end: datetime | None,
    people: Mapping[int, Sequence[tuple[Span, int]]],
) -> bool:
    """Make the row of a counter that is due and shut; say whether it is new.

    `turned` is the vacancy that just became one of the other kind: this one follows it without a pause.
    """
    span = look.span(one.pk, look.at)
    if span is None:
        return False
    kind = _kind(one, turned, look.at)
    left = look.last_end(one.pk)
    starts_at = max(each for each in (span.starts_at, left, last_end) if each is not None)
    if one.state is SessionState.PAUSED and turned is None:
        # When a pause began is kept nowhere.
        starts_at = look.at
    if kind is Vacancy.Kind.EMPTY and turned is None and look.at - starts_at < unwatched.GRACE:
        return False
    account = next((who for shift, who in people.get(one.pk, ()) if around([shift], look.at)), None)
    day = look.mall.local(starts_at).date()
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [look.mall.pk, one.pk, account, kind.value, day, starts_at])
        made = cursor.fetchone()
    if made and kind is Vacancy.Kind.EMPTY:
        after = {"counter": one.pk, "from": starts_at.isoformat()}
        audit.record("vacancy.begun", f"vacancy:{made[0]}", by=None, at=look.at, after=after)
    return made is not None


@transaction.atomic
def reply(vacancy: Vacancy, words: str, *, by: Actor, at: datetime) -> VacancyReply:
    """Say that one has seen a vacancy (no words; again changes nothing), or answer it.

    Raises NotAllowed for whoever oversees neither the agency nor the mall.
    """
    overseen = by.overseen
    agency_id = vacancy.counter.outlet.agency_id
    leads = by.has(Role.MANAGER, Role.HEAD) or by.steers(agency_id)
    if by.account is None or not leads or (overseen is not None and agency_id not in overseen):
        raise NotAllowed(_("Hanya pengelola, pimpinan, dan admin instansi ini yang menjawab."))
    words = words.strip()[:300]
    if not words:
        seen, is_new = VacancyReply.objects.get_or_create(
            mall_id=vacancy.mall_id, vacancy=vacancy, account=by.account, words="", defaults={"at": at}
        )
        if is_new:
            audit.record("vacancy.seen", f"vacancy:{vacancy.pk}", by=by, at=at)
        return seen
    audit.record("vacancy.answered", f"vacancy:{vacancy.pk}", by=by, at=at, after={"words": words})
    return VacancyReply.objects.create(mall_id=vacancy.mall_id, vacancy=vacancy, account=by.account, at=at, words=words)


@transaction.atomic
def tally_days(mall: Mall, *, at: datetime) -> int:
    """Add up the days that are over, each once, and return how many; again: none.

    Stand inside the mall. What no look has seen is found again first; on a day of which nothing is known, nothing was
    due. The night's last look must have ended the day's vacancies: a day with one still open waits.
    """
    since = watched_since(mall)
    if since is None:
        return 0
    done = CounterDay.objects.filter(mall=mall).aggregate(last=Max("day"))["last"]
    first: date = done + ONE_DAY if done else since
    last = min(mall.local(at).date() - ONE_DAY, first + (MOST_DAYS - 1) * ONE_DAY)
    open_day = Vacancy.objects.filter(mall=mall, ended_at=None).order_by("day").values_list("day", flat=True).first()
    if open_day is not None:
        last = min(last, open_day - ONE_DAY)
    if last < first:
        return 0
    unwatched.find_again(mall, first, last, at=at)
    unseen = unseen_days(mall, first, last, at=at)
    CounterDay.objects.bulk_create(
        (
            CounterDay(
                mall=mall, counter_id=counter, day=day, due=round(kept.due.total_seconds()),
                empty=int(kept.empty.total_seconds()), rest=int(kept.rest.total_seconds()),
            )
            for (counter, day), live in kept_live(mall, first, last, at).items()
            for kept in [Kept() if day in unseen else live]
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    days = len(days_between(first, last))
    audit.record("counters.tallied", f"mall:{mall.pk}", by=None, at=at, after={"days": days})
    return days
