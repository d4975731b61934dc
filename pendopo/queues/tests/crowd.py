"""Many who act in the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import sleep

from django.db import connection, connections


def together(acts: Sequence[Callable[[], object]]) -> None:
    """Do all of them at once, each in its thread, and raise what any of them raised."""
    gate = threading.Barrier(len(acts))

    def act(what: Callable[[], object]) -> None:
        gate.wait(30)
        try:
            what()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        for future in [pool.submit(act, what) for what in acts]:
            future.result(300)


def until_somebody_waits() -> None:
    """Return when somebody waits for a lock."""
    with connection.cursor() as cursor:
        for _time in range(500):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
            sleep(0.02)
    raise AssertionError("nobody waits")
