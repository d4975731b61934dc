"""What a new watcher needs to know, asked once for all who come at the same time."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Hashable
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from live import sse
from live.reads import Reads
from pendopo.kernel.errors import NotFound
from pendopo.queues.queries.boards import board, zone_of
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.tenancy.queries import mall_by_slug

# A board drops calls by their age too, and a mall or a zone may be renamed.
KEPT_FOR = 15.0
MOST_KEPT = 5000


class Kept[K: Hashable, V]:
    """Answers kept for some seconds; whoever asks while one is on its way waits for the same."""

    def __init__(self) -> None:
        self._tasks: dict[K, tuple[float, asyncio.Task[V]]] = {}

    async def get(self, key: K, ask: Callable[[], Coroutine[None, None, V]]) -> V:
        """Return the answer for a key, asked anew when there is none; a refusal is not kept."""
        asked_at, task = self._tasks.get(key, (0.0, None))
        if task is None or time.monotonic() - asked_at > KEPT_FOR or _failed(task):
            if len(self._tasks) >= MOST_KEPT:
                self._tasks.clear()
            task = asyncio.get_running_loop().create_task(ask())
            self._tasks[key] = (time.monotonic(), task)
        # One watcher who goes away must not end what others wait for.
        return await asyncio.shield(task)

    def forget(self, key: K) -> None:
        """Ask anew from now on."""
        self._tasks.pop(key, None)


class Boards:
    """Snapshots of boards, kept until something happens in the mall: after a break all boards come at once."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._kept: dict[int, Kept[int | None, bytes]] = {}

    async def snapshot(self, mall: Mall, zone_id: int | None) -> bytes:
        """Return the snapshot of a zone's board."""
        of_mall = self._kept.setdefault(mall.pk, Kept())
        return await of_mall.get(zone_id, partial(self._read, mall, zone_id))

    def forget(self, mall_id: int) -> None:
        """Ask anew from now on: something happened."""
        self._kept.pop(mall_id, None)

    async def _read(self, mall: Mall, zone_id: int | None) -> bytes:
        shown = await self._reads.run(partial(board, mall, zone_id, at=timezone.now()))
        return sse.event("snapshot", shown.as_json(), shown.seq)


class Places:
    """Malls and zones by their addresses."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._kept: Kept[tuple[str, str, str], tuple[Mall, int | None]] = Kept()

    async def find(self, slug: str, zone: str = "", *, language: str) -> tuple[Mall, int | None]:
        """Return a mall and one of its zones (None: the whole mall). Raises NotFound."""
        find = partial(self._reads.run, partial(_find, slug, zone), language=language)
        return await self._kept.get((slug, zone, language), find)


def _failed(task: asyncio.Task[bytes] | asyncio.Task[object]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)


def _find(slug: str, zone: str) -> tuple[Mall, int | None]:
    mall = mall_by_slug(slug)
    if mall is None:
        raise NotFound(_("MPP “%(slug)s” tidak dikenal.") % {"slug": slug[:40]})
    if not zone:
        return mall, None
    if not zone.isprintable():
        raise NotFound(_("Zona “%(zone)s” tidak dikenal.") % {"zone": ""})
    with wall.inside(mall.pk):
        return mall, zone_of(mall, zone)
