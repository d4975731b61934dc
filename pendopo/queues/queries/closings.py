"""Who would be concerned when an outlet or a counter closes, and the closings that were told ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.models import Closing, Counter, Outlet
from pendopo.agencies.queries.opening import openings
from pendopo.queues.models import CounterQueue, CounterSession, Queue, Ticket
from pendopo.queues.queries.status import closing_text
from pendopo.queues.types import SessionState, State
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class OutletNow:
    """An outlet with how many wait for its agency's services at its site now, and whether it receives people."""

    outlet: Outlet
    waiting: int
    is_open: bool
    opening: str


def outlets_now(mall: Mall, at: datetime) -> list[OutletNow]:
    """Return every agency's outlet, those with most people waiting first; three queries."""
    waiting = Ticket.objects.filter(mall=mall, day=mall.local(at).date(), state=State.WAITING)
    counted = {
        (site, agency): many
        for site, agency, many in waiting.values_list("visit__site", "variant__service__agency").annotate(Count("pk"))
    }
    now = openings(mall, at)
    outlets = (
        Outlet.objects.receiving()
        .filter(mall=mall, site__retired_at=None)
        .exclude(agency=None)
        .select_related("agency", "site", "mall")
    )
    rows = [
        OutletNow(
            outlet,
            counted.get((outlet.site_id, outlet.agency_id), 0),
            now[outlet.pk].state == "open",
            now[outlet.pk].text,
        )
        for outlet in outlets.order_by("agency__short_name", "pk")
    ]
    return sorted(rows, key=lambda row: -row.waiting)


@dataclass(frozen=True, slots=True)
class ClosingNow:
    """A closing that is to come or has begun: whom it concerns, in words, and how many wait for what it closes."""

    closing: Closing
    who: str
    text: str
    has_begun: bool
    waiting: int

    @property
    def must_decide(self) -> bool:
        """Whether it has begun with people waiting, and the manager has not said what becomes of them."""
        return self.has_begun and self.waiting > 0 and not self.closing.decision


def closings_now(mall: Mall, at: datetime) -> list[ClosingNow]:
    """Return the closings that are not over, those to decide first, then as they begin."""
    rows = Closing.objects.filter(mall=mall, ends_at__gt=at).select_related("outlet__agency", "outlet__site", "counter")
    found = [_closing_now(mall, closing, at) for closing in rows.order_by("starts_at", "pk")]
    return sorted(found, key=lambda each: not each.must_decide)


def closings_to_decide(mall: Mall, at: datetime) -> list[ClosingNow]:
    """Return those that have begun with people waiting; one query where none has."""
    begun = Closing.objects.filter(mall=mall, starts_at__lte=at, ends_at__gt=at, decision="")
    rows = [_closing_now(mall, closing, at) for closing in begun.select_related("outlet__agency", "counter")]
    return [each for each in rows if each.must_decide]


def counters_of(closing: Closing) -> list[int]:
    """Return the counters that a closing closes."""
    if closing.counter_id:
        return [closing.counter_id]
    return list(
        Counter.objects.standing().filter(mall=closing.mall_id, outlet=closing.outlet_id).values_list("pk", flat=True)
    )


def queues_of(closings: Iterable[Closing]) -> list[Queue]:
    """Return the queues for which some closings matter: those of their counters, and of an outlet's own services."""
    found: dict[int, Queue] = {}
    for closing in closings:
        outlet = closing.outlet
        mine = Q(counters__counter__in=counters_of(closing))
        if closing.counter_id is None and outlet.agency_id:
            mine |= Q(site=outlet.site_id, services__service__agency=outlet.agency_id)
        found |= {queue.pk: queue for queue in Queue.objects.filter(mine, mall=closing.mall_id).distinct()}
    return list(found.values())


def changed_at(mall: Mall, after: datetime, until: datetime) -> list[Closing]:
    """Return the closings that began or ended after one moment and until another."""
    begins = Q(starts_at__gt=after, starts_at__lte=until)
    ends = Q(ends_at__gt=after, ends_at__lte=until)
    return list(Closing.objects.filter(begins | ends, mall=mall).select_related("outlet"))


def rests_over(mall: Mall, after: datetime, until: datetime) -> list[Queue]:
    """Return the queues of counters whose closing until a moment was over between two moments."""
    over = CounterSession.objects.filter(mall=mall, state=SessionState.CLOSED, until__gt=after, until__lte=until)
    return list(Queue.objects.filter(mall=mall, counters__counter__in=over.values("counter")).distinct())


def waiting_for(closing: Closing, at: datetime) -> QuerySet[Ticket]:
    """Return who waits for what a closing closes: the outlet's services, or queues that no other counter calls from."""
    mall = closing.outlet.mall
    waiting = Ticket.objects.filter(mall=mall, day=mall.local(at).date(), state=State.WAITING)
    if closing.counter_id is None:
        outlet = closing.outlet
        return waiting.filter(visit__site=outlet.site_id, variant__service__agency=outlet.agency_id)
    mine = CounterQueue.objects.filter(mall=mall, counter=closing.counter_id, is_helped=False)
    others = CounterQueue.objects.filter(mall=mall, queue=OuterRef("queue")).exclude(counter=closing.counter_id)
    sits = CounterSession.objects.filter(mall=mall, state=SessionState.OPEN, counter=OuterRef("counter"))
    return waiting.filter(queue__in=mine.values("queue")).exclude(Exists(others.filter(Exists(sits))))


def _closing_now(mall: Mall, closing: Closing, at: datetime) -> ClosingNow:
    agency = closing.outlet.agency
    who = agency.short_name if agency else _("Loket bersama")
    if closing.counter:
        who = f"{closing.counter} {who}"
    begun = closing.starts_at <= at
    return ClosingNow(
        closing,
        who,
        closing_text(mall, closing.starts_at, closing.ends_at, closing.reason, at),
        begun,
        waiting_for(closing, at).count() if begun else 0,
    )
