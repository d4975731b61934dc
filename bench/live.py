"""How soon five thousand watchers know of a call, and what each of them costs."""

import time
from collections.abc import Sequence
from uuid import uuid4

import psutil
from django.utils import timezone

from bench.audience import listening
from bench.report import Figure, part
from bench.stage import running, stage
from bench.watching import Heard
from pendopo.queues.actions import calling, serving, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.models import Event, Ticket
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin
from pendopo.tenancy import wall

WATCHERS = 5000
CALLS = 150
A_SECOND = 5.0


def run() -> list[Figure]:
    """Measure `live` as `pendopo up` starts it, with its watchers on the same machine."""
    with stage() as here, running("live") as port:
        server = _processes_of_live()
        path = f"/live/malls/{here.hall.mall.slug}/board?zone={here.hall.place.zone.pk}"
        with listening(port, path, 1) as one:
            one.recv()
            empty = _memory(server)
        with listening(port, path, WATCHERS) as audience:
            opened = float(audience.recv())
            time.sleep(1)
            opened_at = _memory(server)
            worked = _work(server)
            began = time.monotonic()
            published = _call_people(here.hall)
            share = (_work(server) - worked) / (time.monotonic() - began)
            time.sleep(3)
            after = _memory(server)
            audience.send("enough")
            heard = audience.recv()
    assert isinstance(heard, Heard)
    return _figures(published, heard, opened, (opened_at - empty) / WATCHERS, (after - empty) / WATCHERS, share)


def _call_people(hall: Hall) -> dict[int, float]:
    """Take and call five a second by the functions that web calls; return when each call was committed, by event."""
    committed: dict[int, float] = {}
    began = time.monotonic()
    for turn in range(CALLS):
        time.sleep(max(0.0, began + turn / A_SECOND - time.monotonic()))
        at = timezone.now()
        taken = taking.take(hall.mall, hall.service.code, origin=Origin.PHONE, request_id=uuid4(), by=Caller(), at=at)
        calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=at)
        now = time.monotonic()
        committed[Event.objects.get(ticket_id=taken.id, kind=Event.Kind.CALLED).seq] = now
        with wall.inside(hall.mall.pk):
            serving.mark_absent(Ticket.objects.get(pk=taken.id), by=hall.officer, at=timezone.now())
    return committed


def _figures(
    published: dict[int, float], heard: Heard, opened: float, each: float, each_later: float, share: float
) -> list[Figure]:
    first = sorted((heard.first_at[one] - at) * 1000 for one, at in published.items() if one in heard.first_at)
    delays = sorted((heard.last_at[one] - at) * 1000 for one, at in published.items() if one in heard.last_at)
    missing = sum(WATCHERS - min(heard.watchers.get(number, 0), WATCHERS) for number in published)
    how = f"{len(published)} calls at {A_SECOND:.0f}/s to {WATCHERS:,} watchers, all on this machine"
    return [
        Figure("publish to first receipt, p50", part(first, 0.5), "ms", "", how),
        Figure("publish to last receipt, p50", part(delays, 0.5), "ms"),
        Figure("publish to last receipt, p99", part(delays, 0.99), "ms", "≤ 1000 ms"),
        Figure("publish to last receipt, worst", delays[-1] if delays else 0.0, "ms"),
        Figure(
            "never received", float(missing), "", "0", f"of {len(published) * WATCHERS:,}; broken streams: {heard.lost}"
        ),
        Figure("memory a watcher", each / 1024, "kB", "≤ 30 kB", "growth of resident memory after all have come"),
        Figure("memory a watcher, after the calls", each_later / 1024, "kB", "≤ 30 kB"),
        Figure("until all have their snapshot", opened, "s", "", "all came at once"),
        Figure("processor of live", share * 100, "%", "", "of one core"),
    ]


def _processes_of_live() -> list[psutil.Process]:
    return [one for one in psutil.Process().children(recursive=True) if "live.app:application" in one.cmdline()]


def _memory(server: Sequence[psutil.Process]) -> int:
    return sum(one.memory_info().rss for one in server)


def _work(server: Sequence[psutil.Process]) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in server)
