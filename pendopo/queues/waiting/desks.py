"""A counter as it stands now, with what its earlier days let expect of the rest of the day."""

from collections.abc import Iterable
from dataclasses import dataclass

from pendopo.queues.types import SessionState
from pendopo.queues.waiting.history import SAME_PAUSE, History, Lengths, Pause
from pendopo.queues.waiting.simulation import NEVER, Busy, Desk

# A pause of which nobody knows anything lasts so many seconds more, one as likely as the other.
UNKNOWN: Lengths = tuple(range(120, 2700, 120))
SOON = 60.0
# A counter that opens so much later than usual is not expected any more.
MISSED = 900.0
# Officers go to their break a little before it is due.
EARLY = 300.0


@dataclass(frozen=True, slots=True)
class Sitting:
    """What the tables say of a counter now. `last_at` is when somebody left it last; `until` when its state ends."""

    counter: int
    own: tuple[int, ...]
    helped: tuple[int, ...]
    state: SessionState
    busy: Busy | None = None
    last_at: float = 0.0
    until: float | None = None
    breaks: tuple[Pause, ...] = ()
    turn: int = 0


def expect(sitting: Sitting, history: History, now: float) -> Desk | None:
    """Return how a counter will receive people from now on; None when it is not expected to."""
    pauses = _merged(sitting.breaks, history.pauses.get(sitting.counter, ()))
    is_open = sitting.state is SessionState.OPEN
    back: Lengths = ()
    ready: float | None = now
    if sitting.state is SessionState.PAUSED:
        ready = _back(sitting, pauses, now)
        if ready is None:
            ready, back = now, UNKNOWN
    elif not is_open:
        ready = _begins(sitting, history, now)
    if ready is None:
        return None
    return Desk(
        own=sitting.own,
        helped=sitting.helped,
        busy=sitting.busy,
        ready=ready,
        back=back,
        pauses=tuple(pause for pause in pauses if _is_to_come(pause, sitting.busy, max(now, ready))),
        closes=sitting.until if is_open and sitting.until is not None else NEVER,
        turn=sitting.turn,
    )


def _begins(sitting: Sitting, history: History, now: float) -> float | None:
    begins = history.begins.get(sitting.counter)
    return None if begins is None or now > begins + MISSED else max(begins, now + SOON)


def _back(sitting: Sitting, pauses: Iterable[Pause], now: float) -> float | None:
    if sitting.until is not None:
        return max(sitting.until, now + SOON)
    for pause in pauses:
        ends = pause.ends(max(sitting.last_at, min(pause.due, now)))
        if pause.due <= now + EARLY and ends > now - EARLY:
            return max(ends, now + SOON)
    return None


def _is_to_come(pause: Pause, busy: Busy | None, now: float) -> bool:
    # Who serves somebody since before their pause was due takes it afterwards; everybody else has had it.
    return pause.due > now or (busy is not None and busy.since < pause.due)


def _merged(known: tuple[Pause, ...], learned: Iterable[Pause]) -> list[Pause]:
    new = [pause for pause in learned if all(abs(pause.due - sure.due) > SAME_PAUSE for sure in known)]
    return sorted((*known, *new), key=lambda pause: pause.due)
