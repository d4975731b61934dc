"""What happened, read in turns: each event once, though transactions become visible out of order."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field

import structlog

from live.reads import UNREACHABLE
from pendopo.queues.queries.events import Happened

TURN = 0.2
# A transaction holds its event's number unseen for this long at most; what comes later still was rolled back.
PATIENCE = 10.0
MOST_MISSING = 5000
RING = 20_000
# A read may take a moment; when it takes longer, what is shown is no longer true.
FRESH_FOR = 2.0

log = structlog.get_logger("live")


@dataclass
class Window:
    """Which numbers are still to come: all above `last`, and those below it that nobody has seen yet."""

    last: int
    missing: dict[int, float] = field(default_factory=dict)

    def take(self, rows: Iterable[Happened], now: float) -> list[Happened]:
        """Return the rows that were not seen before, and remember them."""
        found = []
        for row in rows:
            if row.seq > self.last:
                gap = range(max(self.last + 1, row.seq - MOST_MISSING), row.seq)
                self.missing.update((number, now) for number in gap)
                self.last = row.seq
                found.append(row)
            elif self.missing.pop(row.seq, None) is not None:
                found.append(row)
        self.missing = {number: since for number, since in self.missing.items() if now - since <= PATIENCE}
        return found


@dataclass(frozen=True, slots=True)
class _Told:
    place: int
    at: float
    row: Happened


class Ring:
    """The last events in the order in which they were told, so that whoever lost a moment gets it after all."""

    def __init__(self, size: int = RING) -> None:
        self.size = size
        self.place = 0
        self._all: deque[_Told] = deque()
        self._by_mall: dict[int, deque[_Told]] = {}
        self._by_number: dict[int, _Told] = {}

    def add(self, rows: Sequence[Happened], now: float) -> None:
        """Remember what is being told."""
        for row in rows:
            self.place += 1
            told = _Told(self.place, now, row)
            self._all.append(told)
            self._by_mall.setdefault(row.mall_id, deque()).append(told)
            self._by_number[row.seq] = told
            if len(self._all) > self.size:
                self._forget(self._all.popleft())

    def since(self, mall_id: int, number: int) -> list[Happened] | None:
        """Return what a mall's watcher missed who last heard of `number`; None when that is not known here.

        Events that were told shortly before it are among them: a snapshot that bears the number may lack those that
        were committed after it. Whoever has one already knows it by its number.
        """
        heard = self._by_number.get(number)
        if heard is None:
            return None
        return self._back_to(mall_id, lambda told: told.place > heard.place or told.at >= heard.at - PATIENCE)

    def after(self, mall_id: int, place: int) -> list[Happened]:
        """Return what was told to a mall after a place in the order."""
        return self._back_to(mall_id, lambda told: told.place > place)

    def _back_to(self, mall_id: int, wanted: Callable[[_Told], bool]) -> list[Happened]:
        found: list[Happened] = []
        for told in reversed(self._by_mall.get(mall_id, ())):
            if not wanted(told):
                break
            found.append(told.row)
        return found[::-1]

    def _forget(self, told: _Told) -> None:
        self._by_number.pop(told.row.seq, None)
        of_mall = self._by_mall[told.row.mall_id]
        of_mall.popleft()
        if not of_mall:
            del self._by_mall[told.row.mall_id]


class Feed:
    """Asks for news five times a second, for all malls in one query, and never stops asking."""

    def __init__(
        self,
        begin: Callable[[], Awaitable[Window]],
        read: Callable[[Window], Awaitable[Sequence[Happened]]],
        deliver: Callable[[list[Happened]], Awaitable[None]],
    ) -> None:
        self._begin = begin
        self._read = read
        self._deliver = deliver
        self._window: Window | None = None
        self._is_lost = False
        self.true_at = 0.0

    @property
    def fresh(self) -> bool:
        """Whether all that was committed until now has been told."""
        return time.time() - self.true_at < FRESH_FOR

    async def run(self) -> None:
        """Take turn after turn; without the database, wait for it."""
        while True:
            began = time.monotonic()
            try:
                await self.turn()
            except UNREACHABLE:
                self._note(lost=True)
            except Exception:  # one bad row must not silence every hall
                log.exception("turn_failed")
            else:
                self._note(lost=False)
            await asyncio.sleep(max(0.02, began + TURN - time.monotonic()))

    async def begin(self) -> Window:
        """Settle from where on everything is told: before the first snapshot, or what lies between would be lost."""
        if self._window is None:
            asked_at = time.time()
            window = await self._begin()
            if self._window is None:
                self._window, self.true_at = window, asked_at
        return self._window

    async def turn(self) -> None:
        """Ask once, and tell what is new."""
        asked_at = time.time()
        window = await self.begin()
        rows = window.take(await self._read(window), time.monotonic())
        await self._deliver(rows)
        self.true_at = asked_at

    def _note(self, *, lost: bool) -> None:
        if lost != self._is_lost:
            self._is_lost = lost
            log.warning("database_lost" if lost else "database_found")
