"""Messages from the outbox through a simulated provider in a process of its own: how many are handed over a second."""

import multiprocessing
import os
import time
from uuid import uuid4

from bench.stage import stage  # isort: skip - sets the surroundings first
from django.test import override_settings
from django.utils import timezone

from bench.report import Figure
from pendopo.notifications.actions import sending, writing
from pendopo.notifications.models import Attempt, Message
from pendopo.notifications.types import Address, ChannelSettings
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from simulators.messages.counting import provide

MESSAGES = int(os.environ.get("BENCH_MESSAGES", "5000"))
PAID = {"number": "DUKCAPIL-261123-0001", "amount": "Rp50.000", "mall": "MPP Contoh", "link": "https://mpp.test/b/1/"}


def run() -> list[Figure]:
    """Measure."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    provider = multiprocessing.get_context("spawn").Process(target=provide, args=(theirs,), daemon=True)
    with stage() as place:
        provider.start()
        mall, told = place.hall.mall, ChannelSettings.model_validate({"whatsapp": ours.recv()})
        with override_settings(CHANNELS=told):
            began = time.perf_counter()
            _write(mall)
            written = time.perf_counter() - began
            handed, passed, core = _send(mall)
        ours.send("count")
        taken, distinct = ours.recv()
        ours.send("end")
        provider.join(10)
        with wall.inside(mall.pk):
            states = Message.objects.filter(mall=mall, state=Message.State.HANDED).count()
            attempts = Attempt.objects.filter(mall=mall).count()
    return [
        Figure("written", MESSAGES / written, "/s", "", "each with its audit entry, in transactions of 50"),
        Figure("handed over", handed / passed, "/s", "≥ 500", f"{handed} messages, one worker, beside the simulator"),
        Figure("handed over", handed / core, "/s of a core", "", "the worker's own time"),
        Figure("taken by the provider", taken, "", f"{MESSAGES}", f"{distinct} distinct"),
        Figure("known as handed over", states, "", f"{MESSAGES}", f"{attempts} attempts"),
    ]


def _write(mall: Mall) -> None:
    for first in range(0, MESSAGES, 50):
        with wall.inside(mall.pk):
            for number in range(first, min(first + 50, MESSAGES)):
                writing.write(
                    mall, to=Address("phone", f"+62812{number:08}"), template="bill_paid", data=PAID,
                    about=f"bill:{number}", key=f"bill:{uuid4()}", at=timezone.now(), urgent=True,
                )  # fmt: skip


def _send(mall: Mall) -> tuple[int, float, float]:
    handed, began, core = 0, time.perf_counter(), time.process_time()
    while handed < MESSAGES and (now := sending.send_due(mall)):
        handed += now
    return handed, time.perf_counter() - began, time.process_time() - core
