"""What a hall does, said in plain Python: the state machine compares the database with it after each step."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from pendopo.kernel.errors import AnotherBody, MoveNotAllowed, NotAllowed, ReasonMissing, RuleViolation
from pendopo.queues.errors import (
    CalledEnough,
    CalledTooSoon,
    CounterBusy,
    CounterNotOpen,
    CounterTaken,
    NotAtThisCounter,
)
from pendopo.queues.types import LIVE, Outcome, SentAwayReason, SessionState, State

type Refusal = type[RuleViolation]
type Body = tuple[str, str, int | None, int | None]

OWN: dict[int, tuple[str, ...]] = {1: ("A",), 2: ("B",), 3: ("B",)}
HELPED: dict[int, tuple[str, ...]] = {1: (), 2: (), 3: ("A",)}
STRANGER, MANAGER = 5, 4
GAP, MOST_CALLS = timedelta(seconds=30), 3


@dataclass
class Paper:
    """A ticket."""

    id: int
    queue: str
    day: date
    number: int
    queued_at: datetime
    state: State = State.WAITING
    counter: int | None = None
    calls: int = 0
    called_at: datetime | None = None
    is_parked: bool = False
    outcome: str = ""
    reason: str = ""
    periods: list[str] = field(default_factory=lambda: ["waiting"])


@dataclass
class Model:
    """Papers, requests and sessions. Each question answers with the refusal that must come, or None."""

    papers: dict[int, Paper] = field(default_factory=dict)
    requests: dict[UUID, tuple[Body, int]] = field(default_factory=dict)
    calls: dict[UUID, int] = field(default_factory=dict)
    sessions: dict[int, tuple[int, SessionState]] = field(default_factory=dict)

    def at_counter(self, counter: int) -> Paper | None:
        """Whoever is being called or served there."""
        return next((p for p in self.papers.values() if p.counter == counter and p.state in LIVE), None)

    def parked(self) -> Paper | None:
        """Whoever waits aside."""
        return next((p for p in self.papers.values() if p.state is State.WAITING and p.is_parked), None)

    def last_number(self, queue: str, day: date) -> int:
        """The last number given."""
        return max((p.number for p in self.papers.values() if (p.queue, p.day) == (queue, day)), default=0)

    def waits_since(self, queue: str, day: date, at: datetime) -> datetime:
        """Since when a new paper waits: never earlier than the paper before it, also when a clock goes back."""
        return max([at, *(p.queued_at for p in self.papers.values() if (p.queue, p.day) == (queue, day))])

    def ahead(self, paper: Paper) -> int:
        """How many wait before it."""
        place = (paper.queued_at, paper.id)
        line = [(p.queued_at, p.id) for p in self._waiting((paper.queue,), paper.day)]
        return sum(one < place for one in line) if paper.state is State.WAITING else 0

    def next_for(self, counter: int, day: date) -> Paper | None:
        """Whoever must be called: the longest waiting of the counter's own queues, else of those it helps."""
        for queues in (OWN[counter], HELPED[counter]):
            if line := self._waiting(queues, day):
                return min(line, key=lambda paper: (paper.queued_at, paper.id))
        return None

    def _waiting(self, queues: tuple[str, ...], day: date) -> list[Paper]:
        waiting = [p for p in self.papers.values() if p.state is State.WAITING and not p.is_parked]
        return [p for p in waiting if p.queue in queues and p.day == day]

    # What is refused

    def refuses_take(self, request: UUID, body: Body) -> Refusal | None:
        """Say whether a request number was used for something else."""
        return AnotherBody if request in self.requests and self.requests[request][0] != body else None

    def refuses_call(self, counter: int, who: int, request: UUID) -> Refusal | None:
        """Say why this officer may not call now."""
        officer, state = self.sessions.get(counter, (who, SessionState.CLOSED))
        if who == STRANGER:
            return NotAllowed
        if officer != who:
            return CounterTaken
        if state is not SessionState.OPEN:
            return CounterNotOpen
        if request in self.calls:
            return None if self.papers[self.calls[request]].counter == counter else AnotherBody
        return CounterBusy if self.at_counter(counter) else None

    def refuses_session(self, counter: int, who: int, wanted: SessionState, reason: str) -> Refusal | None:
        """Say why this officer may not open, pause or close the counter; the agency never closes here."""
        officer, state = self.sessions.get(counter, (who, SessionState.CLOSED))
        if who == STRANGER:
            return NotAllowed
        if officer != who and not (wanted is SessionState.CLOSED and who == MANAGER):
            return CounterTaken
        if wanted is SessionState.OPEN:
            return None
        if self.at_counter(counter):
            return CounterBusy
        return ReasonMissing if state is not wanted and not reason else None

    def refuses_take_over(self, counter: int, who: int) -> Refusal | None:
        """Say why this officer may not sit down in a colleague's place."""
        if who == STRANGER:
            return NotAllowed
        if counter not in self.sessions:
            return CounterNotOpen
        return CounterBusy if self.sessions[counter][0] != who and self.at_counter(counter) else None

    def refuses_recall(self, paper: Paper, who: int, at: datetime) -> Refusal | None:
        """Say why this officer may not call the same person again."""
        if refusal := self.refuses_move(paper, who, State.CALLED):
            return refusal
        assert paper.called_at
        if paper.calls >= MOST_CALLS:
            return CalledEnough
        return CalledTooSoon if at - paper.called_at < GAP else None

    def refuses_unpark(self, paper: Paper, who: int) -> Refusal | None:
        """Say why this officer may not bring somebody back from aside."""
        if who == STRANGER:
            return NotAtThisCounter
        return None if paper.state is State.WAITING and paper.is_parked else MoveNotAllowed

    def refuses_move(self, paper: Paper, who: int, *froms: State) -> Refusal | None:
        """Say why this officer may not act on a paper that must be in one of these states."""
        if paper.counter is None or who == STRANGER:
            return NotAtThisCounter
        return None if paper.state in froms else MoveNotAllowed

    def refuses_completion(
        self, paper: Paper, who: int, outcome: Outcome, reason: SentAwayReason | None
    ) -> Refusal | None:
        """Say why this is no lawful end."""
        if (outcome is Outcome.SENT_AWAY) != (reason is not None):
            return ReasonMissing
        if self.is_repeated(paper, outcome, reason) and who != STRANGER:
            return None
        return self.refuses_move(paper, who, State.SERVING)

    @staticmethod
    def is_repeated(paper: Paper, outcome: Outcome, reason: SentAwayReason | None) -> bool:
        """Whether it has ended just so before."""
        wanted = (State.COMPLETED, outcome.value, reason.value if reason else "")
        return (paper.state, paper.outcome, paper.reason) == wanted
