"""Random days in a hall, driven through the real actions and SQL and compared with a plain model after each step.

Each run is one transaction in the same mall, rolled back at its end.
"""

import contextlib
import json
import random
from collections import Counter as Counted
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from pendopo.agencies.actions import founding
from pendopo.agencies.models import Counter
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions import publishing, writing
from pendopo.kernel.errors import MoveNotAllowed, NotSignedIn
from pendopo.queues.actions import calling, forwarding, lines, parking, serving, sessions, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.models import HallRules, Queue, Ticket
from pendopo.queues.tests.model import GAP, MOST_CALLS, Body, Model, Paper, Refusal
from pendopo.queues.types import LIVE, Origin, Outcome, SentAwayReason, SessionState, State
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Mall

BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08.00 WIB
# Many short searches rather than a long one: from an early find Hypothesis seldom goes far away.
RUNS, STEPS, SEEDS = 25, 60, range(12)

SNAPSHOT = """
SELECT jsonb_build_object(
  'tickets', (SELECT jsonb_agg(jsonb_build_array(
      t.id, q.code, t.day, t.number, t.state, c.number, t.calls, t.outcome, t.reason, t.hold,
      (SELECT jsonb_agg(p.kind ORDER BY p.id) FROM queues_period p WHERE p.mall_id = t.mall_id AND p.ticket_id = t.id),
      (SELECT jsonb_agg(p.kind) FROM queues_period p
        WHERE p.mall_id = t.mall_id AND p.ticket_id = t.id AND p.ended_at IS NULL)) ORDER BY t.id)
    FROM queues_ticket t JOIN queues_queue q ON q.id = t.queue_id LEFT JOIN agencies_counter c ON c.id = t.counter_id
    WHERE t.mall_id = %(mall)s),
  'sessions', (SELECT jsonb_agg(jsonb_build_array(c.number, s.account_id, s.state) ORDER BY c.number)
    FROM queues_countersession s JOIN agencies_counter c ON c.id = s.counter_id
    WHERE s.mall_id = %(mall)s AND s.ended_at IS NULL),
  'series', (SELECT jsonb_agg(jsonb_build_array(q.code, x.day, x.last) ORDER BY q.code, x.day)
    FROM queues_series x JOIN queues_queue q ON q.id = x.queue_id WHERE x.mall_id = %(mall)s AND x.block = 0),
  'events', (SELECT jsonb_agg(jsonb_build_array(e.kind, e.ticket_id, e.counter) ORDER BY e.seq)
    FROM queues_event e WHERE e.mall_id = %(mall)s AND e.seq > %(seq)s),
  'seq', (SELECT coalesce(max(e.seq), 0) FROM queues_event e),
  'audit', (SELECT jsonb_agg(jsonb_build_array(a.action, a.subject) ORDER BY a.id)
    FROM audit_entry a WHERE a.mall_id = %(mall)s AND a.id > %(entry)s),
  'entry', (SELECT coalesce(max(a.id), 0) FROM audit_entry a))::text
"""


@dataclass(frozen=True)
class Floor:
    """Two queues, and three counters of one agency: 1 calls A; 2 calls B; 3 calls B and helps A."""

    mall: Mall
    counters: dict[int, Counter]
    services: dict[str, str]
    people: dict[int, Actor]
    kiosks: dict[str, Device]
    queues: dict[str, Queue]


def floor() -> Floor:
    place = agencies.place()
    mall, at = place.mall, BEFORE
    with wall.inside(mall.pk):
        other = founding.add_agency(mall, code="PAJAK", name="Kantor Pajak", at=at)
        services = {
            code: writing.write_service(place.agency, name=name, at=at)
            for code, name in (("A", "Kartu Keluarga"), ("B", "Akta Kelahiran"))
        }
        for service in services.values():
            writing.offer(service, place.outlet, at=at)
        publishing.publish(mall, at=at)
        queues = {
            code: lines.open_queue(place.zone, code=code, name=code, services=[service], at=at)
            for code, service in services.items()
        }
        HallRules.objects.create(mall=mall, recall_gap_seconds=int(GAP.total_seconds()), most_calls=MOST_CALLS)
        counters = {1: place.counter}
        for number in (2, 3):
            counters[number] = founding.add_counter(place.outlet, zone=place.zone, number=number, at=at)
        lines.assign_counter(counters[1], [queues["A"]], at=at)
        lines.assign_counter(counters[2], [queues["B"]], at=at)
        lines.assign_counter(counters[3], [queues["B"]], helped=[queues["A"]], at=at)
        kiosks = {
            name: tenancy.register_device(place.site, kind=Device.Kind.KIOSK, name=name, at=at)[0]
            for name in ("kiosk", "revoked")
        }
        tenancy.revoke_device(kiosks["revoked"], at=at)
    people = {number: agencies.staff(mall, Role.OFFICER, agency=place.agency, at=at) for number in (1, 2, 3)}
    people[4] = agencies.staff(mall, Role.MANAGER, at=at)
    people[5] = agencies.staff(mall, Role.OFFICER, agency=other, at=at)
    codes = {code: service.code for code, service in services.items()}
    return Floor(mall, counters, codes, people, kiosks, queues)


SERVICE = st.sampled_from("AB")
COUNTER = st.integers(1, 3)
PICK = st.integers(0, 99)
# Mostly the one who belongs there; 0 stands for them.
WHO = st.sampled_from([0, 0, 0, 0, 0, 0, 1, 2, 4, 5])
DOOR = st.sampled_from(["phone", "kiosk", "kiosk", "desk", "revoked"])


@dataclass
class Tally:
    """How much was really tried: Hypothesis also begins runs that it gives up."""

    runs: list[int] = field(default_factory=list)
    days: int = 0
    refused: int = 0
    changes: Counted[str] = field(default_factory=Counted)


class Day(RuleBasedStateMachine):
    def __init__(self, here: Floor, tally: Tally) -> None:
        super().__init__()
        self.here, self.tally = here, tally
        self.stack = contextlib.ExitStack()
        self.stack.enter_context(wall.inside(here.mall.pk))
        # A failing run ends through teardown, too: nothing of a day stays.
        self.stack.callback(transaction.set_rollback, True)
        self.model = Model()
        self.now = MORNING
        self.requests = self.checks = 0
        self.events: list[tuple[str, int | None, str]] = []
        self.audit: list[tuple[str, str]] = []
        self.seq = self.entry = 0
        self.snapshot()

    def teardown(self) -> None:
        self.tally.runs.append(self.checks)
        self.tally.days += len({paper.day for paper in self.model.papers.values()})
        self.stack.close()

    # What may happen

    @initialize()
    def officers_sit_down(self) -> None:
        for number in (1, 2, 3):
            self.session(number, 0, SessionState.OPEN, "")
        for service in "AABA":
            self.take(service, "phone")

    @rule(service=SERVICE, door=DOOR)
    def take(self, service: str, door: str) -> None:
        self._take(self.new_request(), service, door)

    @precondition(lambda self: self.model.requests)
    @rule(pick=PICK, service=SERVICE, door=DOOR)
    def take_with_a_used_request(self, pick: int, service: str, door: str) -> None:
        requests = list(self.model.requests)
        self._take(requests[pick % len(requests)], service, door)

    @precondition(lambda self: self.model.requests)
    @rule(pick=PICK)
    def take_again(self, pick: int) -> None:
        requests = list(self.model.requests)
        request = requests[pick % len(requests)]
        (service, door, _account, _device), _paper = self.model.requests[request]
        self._take(request, service, door)

    @rule(counter=COUNTER, who=WHO)
    def call(self, counter: int, who: int) -> None:
        self._call(counter, who or counter, self.new_request())

    @rule(chance=st.integers(0, 2**32))
    def go_on(self, chance: int) -> None:
        """Do what happens most of the time: left to itself a random run is mostly refusals."""
        # Hypothesis likes to draw the same number again: the dice shall fall anew at each step all the same.
        dice = random.Random(chance + self.checks)
        counter, now = dice.randint(1, 3), dice.random()
        paper = self.model.at_counter(counter)
        if counter not in self.model.sessions:
            self.session(counter, 0, SessionState.OPEN, "")
        elif now < 0.3:
            self._take(self.new_request(), dice.choice("AB"), dice.choice(["phone", "kiosk", "desk"]))
        elif now < 0.4:
            self.clock(dice.choice([20, 600, 17 * 3600]))
        elif paper is None and now < 0.8 and (aside := self.model.parked()):
            self._unpark(aside, counter)
        elif paper is None:
            self.call(counter, 0)
        elif paper.state is State.CALLED:
            acts = [self.serve, self.wait_and_recall, self.park, self.absent, self.serve, self.park]
            dice.choice(acts)(counter - 1, 0)
        else:
            self.complete(counter - 1, 0, (dice.choice([Outcome.DONE, Outcome.LEFT]), None))

    @rule(chance=st.integers(0, 2**32))
    def and_on(self, chance: int) -> None:
        self.go_on(chance)

    @precondition(lambda self: self.model.calls)
    @rule(pick=PICK, counter=COUNTER, who=WHO)
    def call_again(self, pick: int, counter: int, who: int) -> None:
        calls = list(self.model.calls)
        self._call(counter, who or counter, calls[pick % len(calls)])

    @rule(pick=PICK, who=WHO)
    def recall(self, pick: int, who: int) -> None:
        paper, who = self.picked(pick, who)
        refusal = self.model.refuses_recall(paper, who, self.now)
        if self.does(refusal, lambda: calling.recall(self.ticket(paper), by=self.actor(who), at=self.now)):
            paper.calls += 1
            paper.called_at = self.now
            self.expect("recalled", paper)

    def wait_and_recall(self, pick: int, who: int) -> None:
        self.clock(int(GAP.total_seconds()))
        self.recall(pick, who)

    @rule(pick=PICK, who=WHO)
    def park(self, pick: int, who: int) -> None:
        paper, who = self.picked(pick, who)
        refusal = self.model.refuses_move(paper, who, State.CALLED, State.SERVING)
        if self.does(refusal, lambda: parking.park(self.ticket(paper), by=self.actor(who), at=self.now)):
            paper.state, paper.counter, paper.is_parked = State.WAITING, None, True
            paper.periods.append("parked")
            self.expect("parked", paper)

    @rule(pick=PICK, who=WHO)
    def unpark(self, pick: int, who: int) -> None:
        paper, who = self.picked(pick, who)
        self._unpark(paper, who)

    @rule(pick=PICK, who=WHO)
    def send_back(self, pick: int, who: int) -> None:
        paper, who = self.picked(pick, who)
        refusal = self.model.refuses_move(paper, who, State.CALLED, State.SERVING)
        ticket, to, by = self.ticket(paper), self.here.queues[paper.queue], self.actor(who)
        if self.does(refusal, lambda: forwarding.forward(ticket, to=to, by=by, at=self.now)):
            paper.state, paper.counter = State.WAITING, None
            paper.periods.append("waiting")
            self.expect("forwarded", paper)

    @rule(pick=PICK, who=WHO)
    def serve(self, pick: int, who: int) -> None:
        paper, who = self.picked(pick, who)
        refusal = self.model.refuses_move(paper, who, State.CALLED, State.SERVING)
        done = self.does(refusal, lambda: serving.serve(self.ticket(paper), by=self.actor(who), at=self.now))
        if done and paper.state is State.CALLED:
            paper.state = State.SERVING
            paper.periods.append("serving")
            self.expect("serving", paper)

    @rule(
        pick=PICK,
        who=WHO,
        end=st.one_of(
            st.tuples(st.sampled_from(Outcome), st.none()),
            st.tuples(st.just(Outcome.SENT_AWAY), st.sampled_from(SentAwayReason)),
        ),
    )
    def complete(self, pick: int, who: int, end: tuple[Outcome, SentAwayReason | None]) -> None:
        paper, who = self.picked(pick, who)
        outcome, reason = end
        repeated = self.model.is_repeated(paper, outcome, reason)
        ticket, by, at = self.ticket(paper), self.actor(who), self.now
        refusal = self.model.refuses_completion(paper, who, outcome, reason)
        done = self.does(refusal, lambda: serving.complete(ticket, outcome=outcome, reason=reason, by=by, at=at))
        if done and not repeated:
            paper.state, paper.outcome, paper.reason = State.COMPLETED, outcome.value, reason.value if reason else ""
            self.expect("completed", paper)

    @rule(pick=PICK, who=WHO)
    def absent(self, pick: int, who: int) -> None:
        paper, who = self.picked(pick, who)
        refusal = self.model.refuses_move(paper, who, State.CALLED, State.ABSENT)
        done = self.does(refusal, lambda: serving.mark_absent(self.ticket(paper), by=self.actor(who), at=self.now))
        if done and paper.state is State.CALLED:
            paper.state = State.ABSENT
            self.expect("absent", paper)

    @rule(pick=PICK)
    def cancel(self, pick: int) -> None:
        paper, _who = self.picked(pick, 0)
        gone = paper.state not in {State.WAITING, State.CALLED, State.CANCELLED}
        refusal = MoveNotAllowed if gone else None
        done = self.does(refusal, lambda: serving.cancel(self.ticket(paper), by=None, at=self.now))
        if done and paper.state is not State.CANCELLED:
            paper.state = State.CANCELLED
            self.expect("cancelled", paper)

    @rule(counter=COUNTER, who=WHO)
    def take_over(self, counter: int, who: int) -> None:
        who = who or counter
        refusal = self.model.refuses_take_over(counter, who)
        before = self.model.sessions.get(counter)
        place = self.here.counters[counter]
        done = self.does(refusal, lambda: sessions.take_over(place, by=self.actor(who), at=self.now))
        if done and before and before[0] != who:
            self.model.sessions[counter] = (who, SessionState.OPEN)
            self.tell_session(counter)
            self.audit.append(("counter.taken_over", f"counter:{place.pk}"))

    @rule(counter=COUNTER, who=WHO, state=st.sampled_from(SessionState), reason=st.sampled_from(["", "lunch"]))
    def session(self, counter: int, who: int, state: SessionState, reason: str) -> None:
        who = who or counter
        was = self.model.sessions.get(counter, (who, SessionState.CLOSED))[1]
        refusal = self.model.refuses_session(counter, who, state, reason)
        place, by = self.here.counters[counter], self.actor(who)
        done = self.does(refusal, lambda: (sessions.set_session(place, state, by=by, at=self.now, reason=reason),))
        if done and was is not state:
            officer = self.model.sessions.get(counter, (who, was))[0]
            self.model.sessions[counter] = (officer, state)
            if state is SessionState.CLOSED:
                del self.model.sessions[counter]
            self.tell_session(counter)
            self.audit.append((f"counter.{state.value}", f"counter:{self.here.counters[counter].pk}"))

    def tell_session(self, counter: int) -> None:
        """Consoles hear of a session, and whoever looks at a queue of the counter: the third has two."""
        self.events.append(("counter", None, str(counter)))
        self.events += [("status", None, "")] * (2 if counter == 3 else 1)

    @rule(seconds=st.sampled_from([-2, 1, 1, 30, 30, 300, 3600, 17 * 3600]))
    def clock(self, seconds: int) -> None:
        """Time goes on, also over midnight; a corrected clock goes back a little."""
        self.now += timedelta(seconds=seconds)

    # What must hold after each step

    @invariant()
    def the_database_is_as_the_model_says(self) -> None:
        self.checks += 1
        seen = self.snapshot()
        assert seen["events"] == [list(event) for event in self.events]
        assert seen["audit"] == [list(entry) for entry in self.audit]
        self.events, self.audit = [], []
        assert seen["sessions"] == [
            [counter, self.actor(officer).account_id, state.value]
            for counter, (officer, state) in sorted(self.model.sessions.items())
        ]
        assert seen["tickets"] == [_row(paper) for paper in self.model.papers.values()]
        self.check_rows(seen)

    @staticmethod
    def check_rows(seen: dict[str, list[list[object]]]) -> None:
        """Judge the rows by themselves, without the model."""
        numbers: dict[tuple[object, object], list[object]] = {}
        open_at: list[object] = []
        for row in seen["tickets"]:
            _id, queue, day, number, state, counter, _calls, outcome, _reason, hold, _kinds, open_periods = row
            numbers.setdefault((queue, day), []).append(number)
            kind = hold if state == State.WAITING and hold else state
            assert open_periods == ([kind] if state in LIVE else None)
            assert bool(outcome) == (state == State.COMPLETED)
            if state in {State.CALLED, State.SERVING}:
                open_at.append(counter)
        assert len(open_at) == len(set(open_at))
        for given in numbers.values():
            assert given == list(range(1, len(given) + 1))
        assert sorted([*key, len(given)] for key, given in numbers.items()) == seen["series"]

    # How it is done

    def _take(self, request: UUID, service: str, door: str) -> None:
        origin = Origin.KIOSK if door == "revoked" else Origin(door)
        device = self.here.kiosks[door].pk if door in self.here.kiosks else None
        account = self.actor(1).account_id if door == "desk" else None
        body: Body = (service, door, account, device)
        refusal = NotSignedIn if door == "revoked" else self.model.refuses_take(request, body)
        by = Caller(account_id=account, device_id=device)
        code = self.here.services[service]
        taken = self.does(
            refusal,
            lambda: taking.take(self.here.mall, code, origin=origin, request_id=request, by=by, at=self.now),
        )
        if taken is None:
            return
        known = self.model.requests.get(request)
        if known is None:
            day = self.today()
            since = self.model.waits_since(service, day, self.now)
            paper = Paper(taken.id, service, day, self.model.last_number(service, day) + 1, since)
            self.model.requests[request] = (body, taken.id)
            self.model.papers[taken.id] = paper
            self.expect("taken", paper)
        else:
            paper = self.model.papers[known[1]]
        wanted = (paper.id, f"{paper.queue}-{paper.number:03d}", paper.state, self.model.ahead(paper), known is None)
        assert (taken.id, taken.number, taken.state, taken.ahead, taken.is_new) == wanted

    def _call(self, counter: int, who: int, request: UUID) -> None:
        refusal = self.model.refuses_call(counter, who, request)
        by = Caller(account_id=self.actor(who).account_id)
        pk = self.here.counters[counter].pk
        nobody = self.model.next_for(counter, self.today()) is None and request not in self.model.calls
        called = self.does(
            refusal,
            lambda: calling.call_next(self.here.mall, pk, by=by, at=self.now, request_id=request) or nobody,
        )
        if called is None or isinstance(called, bool):
            return
        if request in self.model.calls:
            assert called.id == self.model.calls[request]
            return
        paper = self.model.next_for(counter, self.today())
        assert paper is not None
        assert called.id == paper.id
        paper.state, paper.counter, paper.calls, paper.called_at = State.CALLED, counter, 1, self.now
        paper.periods.append("called")
        # Whoever was parked or sent back meanwhile is known by the last call alone.
        self.model.calls = {one: called for one, called in self.model.calls.items() if called != paper.id}
        self.model.calls[request] = paper.id
        self.expect("called", paper)

    def _unpark(self, paper: Paper, who: int) -> None:
        refusal = self.model.refuses_unpark(paper, who)
        if self.does(refusal, lambda: parking.unpark(self.ticket(paper), by=self.actor(who), at=self.now)):
            paper.is_parked = False
            paper.periods.append("waiting")
            self.tally.changes["unparked"] += 1
            self.events.append(("returned", paper.id, ""))
            self.audit.append(("ticket.unparked", f"ticket:{paper.id}"))

    def does[T](self, refusal: Refusal | None, act: Callable[[], T]) -> T | None:
        """Do it; where the model refuses, it must be refused just so."""
        if refusal is None:
            done = act()
            assert done is not False
            return done
        self.tally.refused += 1
        with pytest.raises(refusal):
            act()
        return None

    def expect(self, kind: str, paper: Paper) -> None:
        """Expect one event and one audit entry of a change."""
        self.tally.changes[kind] += 1
        self.events.append((kind, paper.id, str(paper.counter or "")))
        self.audit.append((f"ticket.{kind}", f"ticket:{paper.id}"))

    def snapshot(self) -> dict[str, list[list[object]]]:
        """Read what is there, and what was added since the last time."""
        with connection.cursor() as cursor:
            cursor.execute(SNAPSHOT, {"mall": self.here.mall.pk, "seq": self.seq, "entry": self.entry})
            seen = json.loads(cursor.fetchone()[0])
        self.seq, self.entry = seen.pop("seq"), seen.pop("entry")
        return {name: rows or [] for name, rows in seen.items()}

    def picked(self, pick: int, who: int) -> tuple[Paper, int]:
        """Pick a paper, mostly one at a counter, and who acts on it."""
        paper = self.model.at_counter(pick % 3 + 1) if pick < 80 else None
        if paper is None:
            papers = list(self.model.papers.values())
            paper = papers[-1 - pick % len(papers)]
        return paper, who or paper.counter or 1

    def ticket(self, paper: Paper) -> Ticket:
        return Ticket(pk=paper.id)

    def actor(self, who: int) -> Actor:
        return self.here.people[who]

    def today(self) -> date:
        return self.here.mall.local(self.now).date()

    def new_request(self) -> UUID:
        self.requests += 1
        return UUID(int=self.requests)


def _row(paper: Paper) -> list[object]:
    return [
        paper.id, paper.queue, paper.day.isoformat(), paper.number, paper.state.value, paper.counter, paper.calls,
        paper.outcome, paper.reason, "parked" if paper.is_parked else "", paper.periods,
        paper.periods[-1:] if paper.state in LIVE else None,
    ]  # fmt: skip


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("seed", SEEDS)
def test_random_days_in_a_hall_keep_every_rule(seed: int) -> None:
    here = floor()
    tally = Tally()
    profile = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )

    @with_seed(seed)
    class DayHere(Day):
        def __init__(self) -> None:
            super().__init__(here, tally)

    run_state_machine_as_test(DayHere, settings=profile, _min_steps=STEPS - 1)

    whole = [steps for steps in tally.runs if steps >= STEPS]
    print(
        f"seed {seed}: {len(whole)} runs of {sum(whole) / len(whole):.1f} steps,"
        f" {len(tally.runs) - len(whole)} shorter; {tally.days} days, {tally.refused} refusals, {dict(tally.changes)}"
    )
    assert len(whole) >= RUNS
    assert {"taken", "called", "serving", "completed", "parked", "unparked"} <= set(tally.changes)
