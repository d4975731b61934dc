"""Cases that the demo mall took in for an agency: two done, one late, the others on their way. All invented."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from uuid import uuid4

from pendopo.agencies.models import Counter
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Service, Variant
from pendopo.demo.staff import officer_contact
from pendopo.kernel.spans import Span
from pendopo.people.models import Account
from pendopo.queues.actions import calling, cases, serving, sessions, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.models import ForwardedCase, Ticket
from pendopo.queues.queries.missing import due_spans
from pendopo.queues.types import Origin, Outcome, SessionReason, SessionState
from pendopo.tenancy.models import Mall, Site

State = ForwardedCase.State
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
BETWEEN = 20 * MINUTE
NINE = time(9)
LACKING = "Surat keterangan lurah belum ada"
# How many open days ago, and what happened to each case since, a step on each open day after. Promised in five.
MORNINGS: tuple[tuple[int, tuple[tuple[State, ...], ...]], ...] = (
    (
        20,
        (
            (State.SENT, State.RECEIVED),
            (State.SENT, State.RECEIVED, State.READY, State.GIVEN_BACK),
            (State.SENT, State.RECEIVED, State.ASKED, State.RECEIVED, State.READY, State.GIVEN_BACK),
        ),
    ),
    (4, ((State.SENT, State.RECEIVED, State.READY), (State.SENT, State.RECEIVED, State.ASKED), (State.SENT,))),
)
CASES = sum(len(lives) for _ago, lives in MORNINGS)


def forward(mall: Mall, *, by: Actor, at: datetime) -> None:
    """Take in cases on two mornings before a moment, and let their agency work on them. Stand inside the mall."""
    variant = Variant.objects.filter(mall=mall, service__kind=Service.Kind.FORWARD).order_by("pk")[0]
    found = Counter.objects.standing().filter(mall=mall).exclude(outlet__site__kind=Site.Kind.VAN)
    counters = {each.pk: each for each in found.select_related("mall", "zone", "outlet").order_by("number")}
    desk = next(each for each in counters.values() if each.outlet.agency_id == variant.service.agency_id)
    today = mall.local(at).date()
    due = due_spans(mall, today - 60 * DAY, today - DAY)
    mornings = sorted({datetime.combine(mall.local(span.starts_at).date(), NINE, mall.zone) for span in due[desk.pk]})
    for ago, lives in MORNINGS:
        first, *later = mornings[-ago:]
        staff = {each: _officer(mall, each) for each in counters.values()}
        hours = {each: _hours(due[each.pk], first) for each in staff}
        _seat(staff, hours, SessionState.OPEN)
        taken = [_taken_in(desk, variant, staff[desk], first + place * BETWEEN) for place in range(len(lives))]
        _seat(staff, hours, SessionState.CLOSED)
        for case, steps in zip(taken, lives, strict=True):
            for step, morning in zip(steps, later, strict=False):
                case = cases.take_step(case, step, reason=LACKING if step == State.ASKED else "", by=by, at=morning)


def _officer(mall: Mall, counter: Counter) -> Actor:
    return actor_of_account(mall, Account.objects.of_contact(officer_contact(counter.number)).get())


def _hours(due: list[Span], morning: datetime) -> Span | None:
    """Return from when to when a counter is due on the day of a morning, breaks included; None where it is not."""
    spans = [span for span in due if span.starts_at.astimezone(morning.tzinfo).date() == morning.date()]
    return Span(spans[0].starts_at, spans[-1].ends_at) if spans else None


def _seat(staff: Mapping[Counter, Actor], hours: Mapping[Counter, Span | None], state: SessionState) -> None:
    """Let everybody sit down when their counter opens, or leave when it closes: on such a day nobody was missing."""
    for counter, officer in staff.items():
        if span := hours[counter]:
            at = span.starts_at if state is SessionState.OPEN else span.ends_at
            reason = "" if state is SessionState.OPEN else SessionReason.SHIFT_END
            sessions.set_session(counter, state, by=officer, at=at, reason=reason)


def _taken_in(counter: Counter, variant: Variant, officer: Actor, at: datetime) -> ForwardedCase:
    """Let somebody come, and hand in all that the service asks for."""
    mall, who = counter.mall, Caller(account_id=officer.account_id)
    taken = taking.take(mall, variant.code, origin=Origin.DESK, request_id=uuid4(), by=who, at=at)
    calling.call_next(mall, counter.pk, by=who, at=at + MINUTE)
    ticket = Ticket.objects.get(pk=taken.id)
    ticket = serving.serve(ticket, by=officer, at=at + 2 * MINUTE)
    papers = range(1, len(variant.requirements) + 1)
    serving.complete(ticket, outcome=Outcome.TAKEN_IN, papers=papers, by=officer, at=at + 12 * MINUTE)
    return ForwardedCase.objects.get(ticket=ticket)
