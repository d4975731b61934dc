"""A counter and its queue, at which tests act beside the browser: what the rest of the hall does meanwhile."""

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connections
from django.utils import timezone

from pendopo.agencies.models import Counter, Outlet
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.types import Actor
from pendopo.demo.staff import MANAGER
from pendopo.people.models import Account
from pendopo.queues.actions import calling, checking_in, planned_closings, serving, sessions, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.models import Event, HallRules, QueueService, Ticket
from pendopo.queues.queries.doors import door_code
from pendopo.queues.types import Hold, Origin, Outcome, SessionState, State
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from tests.end_to_end.scene import Scene

QUEUE = "S"


@dataclass
class Desk:
    """A counter at which tests act beside the browser, in a thread of their own: here Django would refuse.

    `clock` is the server's, as the acts are told.
    """

    thread: ThreadPoolExecutor
    mall: Mall
    counter: Counter
    service: str
    officer: Actor
    clock: Callable[[], datetime] = timezone.now

    def _act[R](self, act: Callable[[], R]) -> R:
        def inside() -> R:
            with wall.inside(self.mall.pk):
                return act()

        return self.thread.submit(inside).result(30)

    def take(self) -> Ticket:
        """Take a ticket by phone, and report at the door."""

        def take() -> Ticket:
            taken = taking.take(
                self.mall, self.service, origin=Origin.PHONE, request_id=uuid4(), by=Caller(), at=self.clock()
            )
            ticket = Ticket.objects.get(pk=taken.id)
            code, at = door_code(self.counter.zone.site_id, self.clock()), self.clock()
            checking_in.check_in(ticket, by=Actor(mall=self.mall), at=at, code=code)
            return Ticket.objects.select_related("queue", "visit").get(pk=taken.id)

        return self._act(take)

    def call(self) -> None:
        """Call whoever is next."""
        by = Caller(account_id=self.officer.account_id)
        assert self._act(lambda: calling.call_next(self.mall, self.counter.pk, by=by, at=self.clock()))

    def recall(self, ticket: Ticket) -> None:
        """Call the same person again, as soon as the rules let it."""
        self._act(lambda: HallRules.objects.update(recall_gap_seconds=0))
        self._act(lambda: calling.recall(ticket, by=self.officer, at=self.clock()))

    def miss(self, ticket: Ticket) -> None:
        """Note that whoever was called did not come."""
        self._act(lambda: serving.mark_absent(ticket, by=self.officer, at=self.clock()))

    def empty_counter(self) -> None:
        """Serve whoever stands at the counter to the end."""

        def serve() -> None:
            ticket = Ticket.objects.get(counter=self.counter, state=State.CALLED)
            serving.serve(ticket, by=self.officer, at=self.clock())
            serving.complete(ticket, outcome=Outcome.DONE, by=self.officer, at=self.clock())

        self._act(serve)

    def let_report(self, ticket: Ticket) -> None:
        """Let a ticket's holder report first."""
        self._act(lambda: Ticket.objects.filter(pk=ticket.pk).update(hold=Hold.UNCHECKED))

    def calls(self, ticket: Ticket) -> int:
        """Count how often a ticket was called, as boards were told."""
        return self._act(lambda: Event.objects.filter(ticket_id=ticket.pk, kind=Event.Kind.CALLED).count())

    def taken(self, queue: str) -> list[str]:
        """Name the numbers that a queue has given, in their order."""
        rows = Ticket.objects.filter(queue__code=queue).order_by("number")
        return self._act(lambda: [row.number_text for row in rows.select_related("queue")])

    @property
    def site_id(self) -> int:
        """The site at whose door the counter is."""
        return self._act(lambda: self.counter.zone.site_id)

    @contextlib.contextmanager
    def closing(self, reason: str) -> Iterator[None]:
        """Let the agency close for an hour, as its manager does, until the end of the block."""
        manager = self._act(lambda: actor_of_account(self.mall, Account.objects.of_contact(MANAGER).get()))
        outlet = self._act(lambda: Outlet.objects.select_related("mall").get(pk=self.counter.outlet_id))
        begins = self.clock()
        closing = self._act(
            lambda: planned_closings.plan_closing(
                outlet,
                counter=None,
                starts_at=begins,
                ends_at=begins + timedelta(hours=1),
                reason=reason,
                by=manager,
                at=begins,
            )
        )
        try:
            yield
        finally:
            self._act(lambda: planned_closings.withdraw(closing, by=manager, at=self.clock()))

    def empty(self, queue: str = QUEUE) -> None:
        """Send everybody of a queue home."""

        def empty() -> None:
            for ticket in Ticket.objects.filter(queue__code=queue, state__in=[State.WAITING, State.CALLED]):
                serving.cancel(ticket, by=None, at=self.clock())

        self._act(empty)


@contextlib.contextmanager
def opened(scene: Scene) -> Iterator[Desk]:
    """Open the counter and empty its queue, until the end of the block."""
    counter = scene.counters[QUEUE]

    def open_it() -> tuple[str, Actor]:
        with wall.inside(scene.mall.pk):
            service = QueueService.objects.filter(queue__code=QUEUE).order_by("pk").values_list("service__code")[0][0]
            officer = actor_of_account(scene.mall, Account.objects.of_contact(scene.login(QUEUE)).get())
            sessions.set_session(counter, SessionState.OPEN, by=officer, at=timezone.now())
            return service, officer

    with ThreadPoolExecutor(1) as thread:
        service, officer = thread.submit(open_it).result(30)
        made = Desk(thread, scene.mall, counter, service, officer)
        made.empty()
        yield made
        made.empty()
        thread.submit(connections.close_all).result(30)
