"""Every event once, in whatever order transactions commit; and what is remembered of it."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import OperationalError

from live import sse
from live.feed import MOST_MISSING, PATIENCE, Feed, Ring, Window
from pendopo.queues.queries.events import Happened

AT = datetime(2026, 11, 23, 2, 30, 15, 123456, tzinfo=UTC)


def row(seq: int, mall: int = 1, *, agency: str = "Dukcapil", kind: str = "called") -> Happened:
    return Happened(seq, mall, AT, kind, 1, 1, seq, "A-012", "3", agency)


def numbers(rows: Sequence[Happened] | None) -> list[int]:
    return [one.seq for one in rows or []]


def test_what_is_committed_late_is_told_once() -> None:
    window = Window(10)

    assert numbers(window.take([row(11), row(14)], 0.0)) == [11, 14]
    assert sorted(window.missing) == [12, 13]
    assert numbers(window.take([row(13)], 1.0)) == [13]
    assert numbers(window.take([row(13), row(14), row(15)], 2.0)) == [15]
    assert numbers(window.take([row(12), row(16)], 3.0)) == [12, 16]
    assert (window.last, window.missing) == (16, {})


def test_a_number_that_was_rolled_back_is_not_asked_for_for_ever() -> None:
    window = Window(0)
    window.take([row(2)], 0.0)

    window.take([], PATIENCE)
    assert list(window.missing) == [1]
    window.take([], PATIENCE + 0.1)
    assert window.missing == {}


def test_what_commits_while_the_database_is_unreachable_is_told_when_it_is_back() -> None:
    window = Window(0)
    window.take([row(2)], 0.0)

    assert numbers(window.take([row(1), row(3)], 100.0)) == [1, 3]


def test_a_leap_of_numbers_is_bounded() -> None:
    window = Window(0)
    window.take([row(10_000_000)], 0.0)

    assert len(window.missing) == MOST_MISSING


def test_the_ring_gives_what_came_after_in_the_order_it_was_told() -> None:
    ring = Ring()
    ring.add([row(1), row(2, mall=2)], 0.0)
    ring.add([row(5), row(3)], PATIENCE + 1)
    ring.add([row(4), row(6, mall=2)], PATIENCE + 2)

    assert numbers(ring.since(1, 1)) == [1, 5, 3, 4]
    assert numbers(ring.since(1, 3)) == [5, 3, 4]
    assert numbers(ring.since(1, 6)) == [5, 3, 4]
    assert ring.since(1, 7) is None


def test_a_board_that_heard_of_a_late_number_misses_nothing_told_after_it() -> None:
    ring = Ring()
    ring.add([row(9)], 0.0)
    ring.add([row(8)], 100.0)
    ring.add([row(10)], 200.0)

    assert numbers(ring.since(1, 8)) == [8, 10]


def test_the_ring_forgets_the_oldest() -> None:
    ring = Ring(size=3)
    ring.add([row(number, mall=number % 2) for number in range(1, 7)], 0.0)

    assert ring.since(0, 3) is None
    assert numbers(ring.since(0, 4)) == [4, 6]
    assert numbers(ring.since(1, 6)) == [5]


def test_a_call_is_short() -> None:
    longest = Happened(2**40, 1, AT, "recalled", 1, 1, 1, "ABC-1000", "1" * 20, "Ñ" * 40)

    assert len(sse.call(longest)) <= 300
    assert sse.call(row(7)) == (
        b"event: call\nid: 7\n"
        b'data: {"seq":7,"at":"2026-11-23T02:30:15+00:00","kind":"called","number":"A-012","counter":"3",'
        b'"agency":"Dukcapil"}\n\n'
    )


def test_a_name_cannot_end_an_event() -> None:
    assert sse.call(row(7, agency="a\n\ndata: {}\r\nid: 9")).count(b"\n") == 4


def test_the_feed_goes_on_when_the_database_is_back() -> None:
    """Two turns fail; what happened meanwhile is told by the third."""
    told: list[int] = []
    answers: list[Sequence[Happened] | None] = [[row(1)], None, None, [row(2)]]

    async def begin() -> Window:
        return Window(0)

    async def read(window: Window) -> Sequence[Happened]:
        answer = answers.pop(0) if answers else []
        if answer is None:
            raise OperationalError
        return answer

    async def deliver(rows: list[Happened]) -> None:
        told.extend(numbers(rows))

    async def listen() -> bool:
        feed = Feed(begin, read, deliver)
        running = asyncio.create_task(feed.run())
        end = time.monotonic() + 5
        while told != [1, 2] and time.monotonic() < end:
            await asyncio.sleep(0.01)
        running.cancel()
        return feed.fresh

    assert asyncio.run(listen())
    assert told == [1, 2]


def test_what_was_told_long_ago_is_not_fresh() -> None:
    async def nothing() -> Window:
        raise OperationalError

    async def read(window: Window) -> Sequence[Happened]:
        return []

    async def deliver(rows: list[Happened]) -> None: ...

    feed = Feed(nothing, read, deliver)
    assert not feed.fresh
    assert b'"fresh":false' in sse.beat(AT.timestamp(), feed.true_at, fresh=feed.fresh)
