"""A day in the demo mall, played with the real actions and a clock of its own: people come, are called, served, rate.

Discrete events in a heap; chance is all in visitors.py. What real people do meanwhile in the same mall is respected.
"""

import heapq
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from uuid import uuid4

from django.db.models import Min
from django.utils.translation import gettext as _

from pendopo.agencies.models import Membership
from pendopo.agencies.types import Actor, Role
from pendopo.demo.actions import demo_only
from pendopo.demo.desks import Desk, Sits, demands, desks_of
from pendopo.demo.errors import DayNotPlayable
from pendopo.demo.staff import MANAGER
from pendopo.demo.types import Moment, Summary, Visitor, Watch
from pendopo.demo.visitors import OPENS, plan, visitor
from pendopo.kernel.errors import NotFound, RuleViolation
from pendopo.people.models import Account
from pendopo.queues.actions import calling, checking_in, serving, sessions, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.models import Ticket
from pendopo.queues.queries.desks import open_ticket_at
from pendopo.queues.types import Origin, Outcome, SessionReason, SessionState, State
from pendopo.surveys import actions as surveys
from pendopo.surveys.models import Rating
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Mall

BEGINS = OPENS - 10
LUNCH = 11 * 60 + 45
LUNCH_LASTS = 45
CLOSES = 16 * 60
# Whoever has a number is served after closing time too, but not for ever.
GIVES_UP = 18 * 60
RECALL_AFTER = timedelta(seconds=60)
REASONS = {SessionState.PAUSED: SessionReason.LUNCH.value, SessionState.CLOSED: SessionReason.SHIFT_END.value}
ABSENT_AFTER = timedelta(seconds=150)
LOOKS_EVERY = timedelta(minutes=1)

type Act = Callable[[datetime], None]


def demo_mall(slug: str) -> Mall:
    """Return the demo mall at an address. Raises NotFound, and NotADemoMall for a real one."""
    mall = Mall.objects.filter(slug=slug).first()
    if mall is None:
        raise NotFound(_("MPP “%(slug)s” tidak ada. Buat MPP contoh dengan: pendopo demo") % {"slug": slug})
    return demo_only(mall)


def play(mall: Mall, day: date, *, visitors: int, seed: int, speed: float, now: datetime, watch: Watch) -> Summary:
    """Play a day in a demo mall, `speed` times as fast as it was (0: without waiting), and tell what became of it.

    Interrupted, it ends the day early: nobody is left waiting or being served. Raises NotADemoMall, DayNotPlayable.
    """
    demo_only(mall)
    _refuse_day(mall, day, now)
    hall = _Hall(mall, day, visitors=visitors, seed=seed, watch=watch)
    if day == mall.local(now).date():
        hall.expect_strangers()
    try:
        hall.run(speed)
    except KeyboardInterrupt:
        pass
    finally:
        hall.end()
    return hall.summary


def _refuse_day(mall: Mall, day: date, now: datetime) -> None:
    if day > mall.local(now).date():
        raise DayNotPlayable(_("Hari %(day)s belum tiba.") % {"day": day})
    with wall.inside(mall.pk):
        first = Membership.objects.filter(mall=mall, role=Role.OFFICER).aggregate(first=Min("starts_on"))["first"]
    if first is None or day < first:
        raise DayNotPlayable(_("Pada hari %(day)s belum ada petugas di MPP ini.") % {"day": day})


class _Hall:
    def __init__(self, mall: Mall, day: date, *, visitors: int, seed: int, watch: Watch) -> None:
        self.mall = mall
        self.day = day
        self.watch = watch
        self.total = visitors
        self.summary = Summary()
        self.chance = Random(f"{seed} {day} strangers")  # noqa: S311 - a played day, no secret
        self.order = count()
        self.heap: list[tuple[datetime, int, Act]] = []
        self.expected: dict[int, Visitor] = {}
        self.over = False
        with wall.inside(mall.pk):
            wanted = demands(mall)
            self.minutes = {service: demand.minutes for demand in wanted for service in demand.services}
            self.desks = desks_of(mall)
            self.callers = self._callers()
        self.people = plan(wanted, day, mall.zone, visitors=visitors, seed=seed)
        self.now = self.clock(BEGINS)
        self.summary.left_alone = sum(desk.sits is Sits.ELSEWHERE for desk in self.desks)

    def _callers(self) -> dict[Origin, Caller]:
        kiosk = Device.objects.in_service().filter(mall=self.mall, kind=Device.Kind.KIOSK).first()
        self.kiosk = Actor(mall=self.mall, device=kiosk)
        manager = Account.objects.of_contact(MANAGER).first()
        return {
            Origin.KIOSK: Caller(device_id=kiosk.pk if kiosk else None),
            Origin.PHONE: Caller(),
            Origin.DESK: Caller(account_id=manager.pk if manager else None),
        }

    def clock(self, minute: float) -> datetime:
        midnight = datetime(self.day.year, self.day.month, self.day.day, tzinfo=self.mall.zone)
        return midnight + timedelta(minutes=minute)

    def plan(self, at: datetime, act: Act) -> None:
        heapq.heappush(self.heap, (at, next(self.order), act))

    def expect_strangers(self) -> None:
        """Look for numbers that real people take: only today's can be."""
        self.plan(self.clock(OPENS), self.look)

    def run(self, speed: float) -> None:
        for person in self.people:
            self.plan(person.at, partial(self.arrive, person))
        for desk in self.desks:
            turn = desk.counter.number % 2
            self.plan(self.clock(BEGINS + desk.counter.number % 13), partial(self.open, desk))
            self.plan(self.clock(LUNCH + turn * LUNCH_LASTS), partial(self.lunch_comes, desk))
            self.plan(self.clock(CLOSES), partial(self.closing_comes, desk))
        self.plan(self.clock(GIVES_UP), self.give_up)
        began, start = time.monotonic(), self.now
        while self.heap:
            at, _order, act = heapq.heappop(self.heap)
            if speed:
                time.sleep(max(0.0, (at - start).total_seconds() / speed - (time.monotonic() - began)))
            self.now = at
            act(at)
            self.watch(Moment(at, self.total, self.summary.taken, self.summary.ended))

    # People

    def arrive(self, person: Visitor, at: datetime) -> None:
        try:
            taken = taking.take(
                self.mall,
                person.service,
                origin=person.origin,
                request_id=uuid4(),
                by=self.callers[person.origin],
                at=at,
            )
        except RuleViolation:  # a manager has closed the outlet meanwhile
            self.summary.refused += 1
            return
        if person.origin is Origin.PHONE:
            self.report(taken, at)
        self.expected[taken.id] = person
        self.summary.taken += 1
        self.wake(taken.queue, at)

    def report(self, taken: taking.Taken, at: datetime) -> None:
        """Let whoever took a number by phone hold its code before a kiosk of the hall."""
        with wall.inside(self.mall.pk):
            checking_in.check_in(Ticket.objects.get(pk=taken.id), by=self.kiosk, at=at)

    def rate(self, ticket: Ticket, score: int, words: str, at: datetime) -> None:
        with wall.inside(self.mall.pk):
            try:
                _rating, is_new = surveys.rate(ticket, Rating.Score(score), words=words, at=at)
            except RuleViolation:  # whoever plays along has rated it already
                return
        self.summary.rated += is_new

    # Counters

    def wake(self, queue: str, at: datetime) -> None:
        """Let an idle counter call: one whose own queue it is before one that helps."""
        idle = [desk for desk in self.desks if desk.sits is Sits.IDLE and queue in desk.queues]
        if idle:
            desk = min(idle, key=lambda desk: desk.queues.index(queue))
            desk.sits = Sits.BUSY
            self.plan(at + timedelta(seconds=5), partial(self.call, desk))

    def look(self, at: datetime) -> None:
        """Look for those who came by themselves, as often as an officer does."""
        with wall.inside(self.mall.pk):
            waiting = Ticket.objects.filter(mall=self.mall, day=self.day, state=State.WAITING)
            codes = list(waiting.order_by("queue__code").values_list("queue__code", flat=True).distinct())
        for code in codes:
            self.wake(code, at)
        if at < self.clock(CLOSES):
            self.plan(at + LOOKS_EVERY, self.look)

    def open(self, desk: Desk, at: datetime) -> None:
        if desk.sits is Sits.CLOSED and self.turn(desk, SessionState.OPEN, at):
            self.next(desk, at)

    def next(self, desk: Desk, at: datetime) -> None:
        desk.sits = Sits.BUSY
        self.plan(at, partial(self.call, desk))

    def turn(self, desk: Desk, state: SessionState, at: datetime) -> bool:
        """Open, pause or close a counter; where somebody real sits, leave it to them."""
        with wall.inside(self.mall.pk):
            try:
                sessions.set_session(desk.counter, state, by=desk.officer, at=at, reason=REASONS.get(state, ""))
            except RuleViolation:
                self.leave(desk)
                return False
        return True

    def leave(self, desk: Desk) -> None:
        desk.sits = Sits.ELSEWHERE
        self.summary.left_alone += 1

    def lunch_comes(self, desk: Desk, at: datetime) -> None:
        desk.is_hungry = True
        if desk.sits is Sits.IDLE:
            self.free(desk, at, timedelta(0))

    def closing_comes(self, desk: Desk, at: datetime) -> None:
        desk.is_closing = True
        if desk.sits in {Sits.IDLE, Sits.PAUSED}:
            self.close(desk, at)

    def give_up(self, at: datetime) -> None:
        self.over = True

    def close(self, desk: Desk, at: datetime) -> None:
        if self.turn(desk, SessionState.CLOSED, at):
            desk.sits = Sits.CLOSED

    def free(self, desk: Desk, at: datetime, rest: timedelta) -> None:
        """Go on after somebody was served: to lunch, home, or to the next."""
        if self.over:
            self.close(desk, at)
        elif desk.is_hungry and not desk.is_closing:
            desk.is_hungry = False
            if self.turn(desk, SessionState.PAUSED, at):
                desk.sits = Sits.PAUSED
                self.plan(at + timedelta(minutes=LUNCH_LASTS), partial(self.resume, desk))
        else:
            self.next(desk, at + rest)

    def resume(self, desk: Desk, at: datetime) -> None:
        if desk.sits is Sits.PAUSED and self.turn(desk, SessionState.OPEN, at):
            self.next(desk, at)

    def call(self, desk: Desk, at: datetime) -> None:
        if desk.sits is not Sits.BUSY:
            return
        try:
            called = calling.call_next(self.mall, desk.counter.pk, by=desk.caller, at=at)
        except RuleViolation:
            self.leave(desk)
            return
        if called is None:
            desk.sits = Sits.IDLE
            if desk.is_closing:
                self.close(desk, at)
            elif desk.is_hungry:
                self.free(desk, at, timedelta(0))
            return
        with wall.inside(self.mall.pk):
            ticket = Ticket.objects.select_related("variant").get(pk=called.id)
        person = self.expected.get(called.id) or self.stranger(ticket, at)
        if person.comes:
            self.plan(at + timedelta(seconds=person.walks), partial(self.serve, desk, ticket, person))
        else:
            self.plan(at + RECALL_AFTER, partial(self.recall, desk, ticket))
            self.plan(at + ABSENT_AFTER, partial(self.absent, desk, ticket, person))

    def stranger(self, ticket: Ticket, at: datetime) -> Visitor:
        """Serve somebody real who has taken a number meanwhile; they come, and rate by themselves."""
        self.summary.strangers += 1
        drawn = visitor(self.chance, at, ticket.variant.code, self.minutes.get(ticket.variant.code, 10))
        return replace(drawn, comes=True, score=None)

    # At the counter

    def act(self, desk: Desk, act: Callable[[], Ticket]) -> Ticket | None:
        if desk.sits is not Sits.BUSY:
            return None
        with wall.inside(self.mall.pk):
            try:
                return act()
            except RuleViolation:  # somebody real has gone on with it
                self.leave(desk)
                return None

    def recall(self, desk: Desk, ticket: Ticket, at: datetime) -> None:
        self.act(desk, partial(calling.recall, ticket, by=desk.officer, at=at))

    def absent(self, desk: Desk, ticket: Ticket, person: Visitor, at: datetime) -> None:
        if self.act(desk, partial(serving.mark_absent, ticket, by=desk.officer, at=at)):
            self.summary.absent += ticket.pk in self.expected
            self.free(desk, at, timedelta(seconds=person.rests))

    def serve(self, desk: Desk, ticket: Ticket, person: Visitor, at: datetime) -> None:
        if self.act(desk, partial(serving.serve, ticket, by=desk.officer, at=at)):
            self.plan(at + timedelta(minutes=person.minutes), partial(self.complete, desk, ticket, person))

    def complete(self, desk: Desk, ticket: Ticket, person: Visitor, at: datetime) -> None:
        ended = self.act(
            desk,
            partial(serving.complete, ticket, outcome=person.outcome, reason=person.reason, by=desk.officer, at=at),
        )
        if ended is None:
            return
        self.summary.served += ticket.pk in self.expected
        self.summary.sent_away += person.outcome is Outcome.SENT_AWAY
        if person.score is not None:
            self.plan(at + timedelta(seconds=90), partial(self.rate, ended, person.score, person.words))
        self.free(desk, at, timedelta(seconds=person.rests))

    # The end

    def end(self) -> None:
        """Leave a day that has ended: nobody waits, nobody is served, every counter that was opened is closed."""
        for desk in self.desks:
            if desk.sits in {Sits.IDLE, Sits.BUSY, Sits.PAUSED}:
                self.finish(desk)
                self.close(desk, self.now)
        with wall.inside(self.mall.pk):
            for ticket in Ticket.objects.filter(mall=self.mall, pk__in=self.expected, state=State.WAITING):
                serving.cancel(ticket, by=None, at=self.now)
                self.summary.cancelled += 1

    def finish(self, desk: Desk) -> None:
        with wall.inside(self.mall.pk):
            ticket = open_ticket_at(desk.counter)
            if ticket is None:
                return
            if ticket.state == State.CALLED:
                serving.mark_absent(ticket, by=desk.officer, at=self.now)
                self.summary.absent += ticket.pk in self.expected
            else:
                serving.complete(ticket, outcome=Outcome.DONE, by=desk.officer, at=self.now)
                self.summary.served += ticket.pk in self.expected
