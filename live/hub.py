"""Who is told what: boards hear the calls of their zone, tickets whatever moves them."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import count

from live import sse
from live.feed import Ring
from live.reads import Reads
from live.snapshots import Boards
from live.watchers import Watcher
from pendopo.queues.queries.events import Happened
from pendopo.queues.queries.tickets import Place, place, places_in_line
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

# Heartbeats are spread over the turns between two of them.
SLOTS = 50
# An event is named after the state that it made, but for these.
STATES = {
    "recalled": "called",
    "parked": "waiting",
    "returned": "waiting",
    "checked_in": "waiting",
}
MOST_AHEAD = 100
# Whoever missed more is better served by what is shown now.
MOST_MISSED = 100


@dataclass(eq=False)
class Followed:
    """A ticket that somebody watches, as it was last told to them."""

    mall_id: int
    place: Place
    watchers: set[Watcher] = field(default_factory=set)

    def tell(self, number: int) -> None:
        """Tell its watchers where it stands."""
        told = {"state": self.place.state, "ahead": self.place.ahead, "counter": self.place.counter}
        piece = sse.event("place", told, number)
        for watcher in self.watchers:
            watcher.push(piece)


class Hub:
    """All watchers of this process."""

    def __init__(self, reads: Reads) -> None:
        self.ring = Ring()
        self.boards = Boards(reads)
        self._reads = reads
        self._calls: dict[tuple[int, int | None], set[Watcher]] = {}
        self._tickets: dict[int, Followed] = {}
        self._lines: dict[tuple[int, int], dict[int, Followed]] = {}
        self._moved: dict[tuple[int, int], int] = {}
        self._slots: list[dict[Watcher, None]] = [{} for _ in range(SLOTS)]
        self._next = count()
        self.watchers: dict[Watcher, int] = {}

    def enter(self, watcher: Watcher) -> None:
        """Count a watcher, and give it heartbeats."""
        slot = next(self._next) % SLOTS
        self.watchers[watcher] = slot
        self._slots[slot][watcher] = None

    def leave(self, watcher: Watcher) -> None:
        """Forget a watcher."""
        self._slots[self.watchers.pop(watcher)].pop(watcher)
        topic, watcher.topic = watcher.topic, None
        if isinstance(topic, tuple):
            self._calls[topic].discard(watcher)
            if not self._calls[topic]:
                del self._calls[topic]
        elif topic is not None:
            followed = self._tickets[topic]
            followed.watchers.discard(watcher)
            if not followed.watchers:
                self._unfollow(followed)

    async def watch_board(self, watcher: Watcher, mall: Mall, zone_id: int | None, heard: int | None) -> None:
        """Let a watcher hear the calls of a zone: first what it missed, or else all that a board shows."""
        watcher.hold()
        if watcher.topic is None:
            watcher.topic = (mall.pk, zone_id)
            self._calls.setdefault(watcher.topic, set()).add(watcher)
        missed = None if heard is None else self.ring.since(mall.pk, heard)
        calls = [row for row in missed or () if row.kind in sse.CALLS and zone_id in {None, row.zone_id}]
        if missed is None or len(calls) > MOST_MISSED:
            watcher.open_with(await self.boards.snapshot(mall, zone_id))
        else:
            watcher.open_with(b"".join(map(sse.call, calls)))

    async def watch_ticket(self, watcher: Watcher, mall: Mall, key: str, *, language: str) -> None:
        """Let a watcher follow the ticket that a key opens, from where it stands. Raises NotFound.

        Also after a break: where it stands now is all that was missed.
        """
        watcher.hold()
        while True:
            told_until = self.ring.place
            now = await self._reads.run(partial(_place, mall, key), language=language)
            between = self.ring.after(mall.pk, told_until)
            if not any(row.queue_id == now.queue_id or row.ticket_id == now.ticket for row in between):
                break
        followed = self._tickets.get(now.ticket)
        if followed is None:
            followed = self._tickets[now.ticket] = Followed(mall.pk, now)
            self._lines.setdefault((mall.pk, now.queue_id), {})[now.ticket] = followed
        followed.watchers.add(watcher)
        watcher.topic = now.ticket
        watcher.open_with(sse.event("snapshot", now.as_json(), now.seq))

    async def deliver(self, rows: Sequence[Happened]) -> None:
        """Tell everybody what happened."""
        self.ring.add(rows, time.monotonic())
        for mall_id in {row.mall_id for row in rows}:
            self.boards.forget(mall_id)
        for row in rows:
            if row.kind in sse.CALLS:
                self._tell_boards(row)
            if row.queue_id is not None and (row.mall_id, row.queue_id) in self._lines:
                self._moved[row.mall_id, row.queue_id] = row.seq
        self._tell_status(rows)
        self._tell_holders(rows)
        await self._tell_lines()

    def beat(self, turn: int, piece: Callable[[], bytes]) -> None:
        """Send a heartbeat to those whose turn it is."""
        if waiting := list(self._slots[turn % SLOTS]):
            written = piece()
            for watcher in waiting:
                watcher.beat(written)

    def end(self) -> None:
        """End every stream."""
        for watcher in list(self.watchers):
            watcher.drop()

    def _unfollow(self, followed: Followed) -> None:
        line = (followed.mall_id, followed.place.queue_id)
        del self._tickets[followed.place.ticket]
        del self._lines[line][followed.place.ticket]
        if not self._lines[line]:
            del self._lines[line]

    def _tell_boards(self, row: Happened) -> None:
        piece = sse.call(row)
        for topic in ((row.mall_id, row.zone_id), (row.mall_id, None)):
            for watcher in self._calls.get(topic, ()):
                watcher.push(piece)

    def _tell_status(self, rows: Sequence[Happened]) -> None:
        """Tell the boards of a zone and the tickets of a queue, each once, to ask anew what is said there."""
        told: dict[Watcher, int] = {}
        for row in rows:
            if row.kind != sse.STATUS:
                continue
            for topic in ((row.mall_id, row.zone_id), (row.mall_id, None)):
                told |= dict.fromkeys(self._calls.get(topic, ()), row.seq)
            for followed in self._lines.get((row.mall_id, row.queue_id or 0), {}).values():
                told |= dict.fromkeys(followed.watchers, row.seq)
        for watcher, number in told.items():
            watcher.push(sse.status(number))

    def _tell_holders(self, rows: Sequence[Happened]) -> None:
        """Tell each ticket the last of what happened to itself."""
        own = {row.ticket_id: row for row in rows if row.ticket_id in self._tickets and row.kind != "taken"}
        for row in own.values():
            followed = self._tickets[row.ticket_id or 0]
            if row.kind == "forwarded":
                # Its key opens the ticket that waits on: whoever follows comes back, and is told of that one.
                for watcher in list(followed.watchers):
                    watcher.drop()
                continue
            state = STATES.get(row.kind, row.kind)
            followed.place = replace(followed.place, state=state, ahead=0, counter=row.counter)
            followed.tell(row.seq)

    async def _tell_lines(self) -> None:
        """Tell those who wait how many are before them, where that changed: one question a queue and turn."""
        for line, number in list(self._moved.items()):
            mall_id, queue_id = line
            waiting = [one for one in self._lines.get(line, {}).values() if one.place.state == "waiting"]
            for day in {one.place.day for one in waiting}:
                order = await self._reads.run(partial(_order, mall_id, queue_id, day))
                ahead = {ticket: min(place, MOST_AHEAD) for ticket, place in order.items()}
                for one in waiting:
                    now = ahead.get(one.place.ticket)
                    if one.place.day == day and now is not None and now != one.place.ahead:
                        one.place = replace(one.place, ahead=now)
                        one.tell(number)
            # Kept until here: when the database goes away in between, the queue is looked at again.
            if self._moved.get(line) == number:
                del self._moved[line]


def _place(mall: Mall, key: str) -> Place:
    with wall.inside(mall.pk):
        return place(mall, key)


def _order(mall_id: int, queue_id: int, day: date) -> dict[int, int]:
    with wall.inside(mall_id):
        return places_in_line(queue_id, day)
