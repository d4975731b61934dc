"""Those who do not keep up are let go; nobody else waits for them."""

import asyncio
from collections.abc import Awaitable, Callable

from live.watchers import MOST_PENDING, Message, Watcher


async def _asleep() -> Message:
    await asyncio.sleep(10)
    return {"type": "http.disconnect"}


def with_watcher(act: Callable[[Watcher], Awaitable[None]], *, stuck: bool = False) -> tuple[list[bytes], bool]:
    """Serve one stream, let something happen to it, and return what was written and whether we ended it."""
    written: list[bytes] = []

    async def send(message: Message) -> None:
        if stuck:
            await asyncio.sleep(10)
        written.append(message["body"])

    async def serve() -> bool:
        watcher = Watcher(send)
        acting = asyncio.ensure_future(act(watcher))
        try:
            async with asyncio.timeout(0.3):
                await watcher.until_gone(_asleep)
        except TimeoutError:
            pass
        except asyncio.CancelledError:
            await watcher.end()
        await acting
        return watcher.dropped

    return written, asyncio.run(serve())


def test_a_snapshot_goes_before_what_came_meanwhile() -> None:
    async def act(watcher: Watcher) -> None:
        watcher.push(b"call")
        watcher.open_with(b"snapshot ")
        watcher.release()
        watcher.push(b"next")

    assert with_watcher(act) == ([b"snapshot call", b"next"], False)


def test_whoever_lets_too_much_lie_is_dropped() -> None:
    async def act(watcher: Watcher) -> None:
        watcher.release()
        for _ in range(MOST_PENDING // 1000 + 2):
            watcher.push(b"x" * 1000)

    assert with_watcher(act, stuck=True) == ([], True)


def test_whose_write_hangs_over_several_beats_is_dropped() -> None:
    async def act(watcher: Watcher) -> None:
        watcher.release()
        for _ in range(3):
            await asyncio.sleep(0)
            assert not watcher.dropped
            watcher.beat(b"beat")

    assert with_watcher(act, stuck=True) == ([], True)


def test_whoever_keeps_up_hears_all() -> None:
    async def act(watcher: Watcher) -> None:
        watcher.release()
        for _ in range(500):
            watcher.push(b"x" * 1000)
            watcher.beat(b"")

    written, dropped = with_watcher(act)
    assert (len(b"".join(written)), dropped) == (500_000, False)
