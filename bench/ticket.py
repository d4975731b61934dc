"""Taking numbers at kiosks: how many a second, and how long it takes at half of that."""

import random
from uuid import uuid4

from bench.floor import Floor, build
from bench.hot import measure
from bench.load import Pressed, Waited, paced, post, wrk
from bench.report import Figure
from bench.stage import running, stage


def run() -> list[Figure]:
    """Measure with a kiosk's own token, ten million tickets of history, and fsync on."""
    with stage() as here:
        floor = build(here)
        path = f"/api/v1/malls/{floor.mall.slug}/tickets"
        with running("web") as port:

            def press(seconds: int) -> Pressed:
                return wrk(port, "ticket.lua", path, floor.kiosk, ",".join(floor.services), seconds=seconds)

            def pace(rate: float, seconds: int) -> Waited:
                return paced(port, lambda: _request(floor, path), rate=rate, seconds=seconds)

            return measure(floor, port, press, pace)


def _request(floor: Floor, path: str) -> bytes:
    body = f'{{"service":"{random.choice(floor.services)}","origin":"kiosk","id":"{uuid4()}"}}'
    return post(path, floor.kiosk, body)
