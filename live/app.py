"""The process that tells browsers what happens: `granian --interface asgi live.app:application`."""

import asyncio
import os
import re
import resource
import signal
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
django.setup()

from live import sse  # noqa: E402 - Django must be set up before the models are read
from live.edge import Request, Scope, answer, problem, words  # noqa: E402
from live.feed import TURN, Feed, Window  # noqa: E402
from live.hub import Hub  # noqa: E402
from live.reads import UNREACHABLE, Reads  # noqa: E402
from live.snapshots import Places  # noqa: E402
from live.watchers import Receive, Send, Watcher  # noqa: E402
from pendopo.kernel.errors import RuleViolation  # noqa: E402
from pendopo.queues.queries.events import Happened, events_after, last_event  # noqa: E402

ROUTE = re.compile(r"/live/malls/(?P<mall>[-\w]{1,40})/(?:(?P<board>board)|tickets/(?P<key>[0-9a-z]{1,40}))", re.ASCII)
# Fewer than granian lets in (`--backpressure`), so that whoever is too many is told so.
MOST_STREAMS = 19_000
# At the start, gaps in the last numbers are looked at: their transactions may still be open.
LOOK_BACK = 1000
STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Live:
    """The ASGI application: one hub of watchers, one feed of events."""

    def __init__(self) -> None:
        self._news = Reads(1)
        reads = Reads(2)
        self.places = Places(reads)
        self.hub = Hub(reads)
        self.feed = Feed(self._begin, self._news_after, self.hub.deliver)
        self._running: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or begin and end with the process."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._serve(Request.of(scope), receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] != "lifespan.shutdown":
            if message["type"] == "lifespan.startup":
                _take_all_file_numbers()
                asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._leave)
                self._running = [asyncio.create_task(self.feed.run()), asyncio.create_task(self._beat())]
                await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, request: Request, receive: Receive, send: Send) -> None:
        route = ROUTE.fullmatch(request.path)
        if request.path == "/healthz":
            watched = {"status": "alive", "fresh": self.feed.fresh, "streams": len(self.hub.watchers)}
            await answer(send, request, 200, watched)
        elif request.is_too_long:
            await problem(send, request, 414, "too_long", words(request, "too_long"))
        elif route is None:
            await problem(send, request, 404, "not_found", words(request, "not_found"))
        elif request.method == "OPTIONS":
            methods = [(b"access-control-allow-methods", b"GET"), (b"access-control-allow-headers", b"Last-Event-ID")]
            await answer(send, request, 204, None, headers=methods if request.origin else [(b"allow", b"GET")])
        elif request.method != "GET":
            detail = words(request, "method_not_allowed")
            await problem(send, request, 405, "method_not_allowed", detail, headers=[(b"allow", b"GET, OPTIONS")])
        elif len(self.hub.watchers) >= MOST_STREAMS:
            later = [(b"retry-after", b"5")]
            await problem(send, request, 503, "too_many", words(request, "too_many"), headers=later)
        else:
            await self._stream(request, route, receive, send)

    async def _stream(self, request: Request, route: re.Match[str], receive: Receive, send: Send) -> None:
        watcher = Watcher(send)
        joining: asyncio.Task[None] | None = None
        self.hub.enter(watcher)
        try:
            try:
                await self._join(watcher, request, route)
            except RuleViolation as refusal:
                await problem(send, request, refusal.status, refusal.code, str(refusal))
                return
            except UNREACHABLE:
                # The stream stays: a browser that is refused does not come back by itself.
                joining = asyncio.create_task(self._join_later(watcher, request, route))
            await send({"type": "http.response.start", "status": 200, "headers": [*STREAM, *request.cors]})
            watcher.push(sse.RETRY)
            watcher.push(self._written_beat())
            watcher.release()
            await watcher.until_gone(receive)
        except asyncio.CancelledError:
            if not watcher.dropped:
                raise
            await watcher.end()
        finally:
            self.hub.leave(watcher)
            if joining is not None:
                joining.cancel()

    async def _join(self, watcher: Watcher, request: Request, route: re.Match[str]) -> None:
        await self.feed.begin()
        mall, zone_id = await self.places.find(route["mall"], request.zone, language=request.language)
        if route["board"]:
            await self.hub.watch_board(watcher, mall, zone_id, request.heard)
        else:
            await self.hub.watch_ticket(watcher, mall, route["key"], language=request.language)

    async def _join_later(self, watcher: Watcher, request: Request, route: re.Match[str]) -> None:
        while True:
            await asyncio.sleep(1)
            try:
                await self._join(watcher, request, route)
            except UNREACHABLE:
                watcher.release()
            except RuleViolation:
                watcher.drop()  # it comes back, and is told why
                return
            else:
                watcher.release()
                return

    async def _begin(self) -> Window:
        return await self._news.run(_window)

    async def _news_after(self, window: Window) -> list[Happened]:
        last, missing = window.last, list(window.missing)
        return await self._news.run(lambda: events_after(last, missing))

    async def _beat(self) -> None:
        turn = 0
        while True:
            self.hub.beat(turn, self._written_beat)
            turn += 1
            await asyncio.sleep(TURN)

    def _written_beat(self) -> bytes:
        return sse.beat(time.time(), self.feed.true_at, fresh=self.feed.fresh)

    def _leave(self) -> None:
        """End all streams and then ourselves: granian would wait for them until it kills us."""
        self.hub.end()
        asyncio.get_running_loop().call_later(0.3, os._exit, 0)


def _window() -> Window:
    last = last_event()
    window = Window(max(last - LOOK_BACK, 0))
    window.take(events_after(window.last, most=2 * LOOK_BACK), time.monotonic())
    return window


def _take_all_file_numbers() -> None:
    """Each stream is an open file; most systems allow 1,024 until one asks for more."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


application = Live()
