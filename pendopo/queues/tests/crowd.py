"""Many who act in the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import sleep

from django.db import connection, connections

# Whoever waits for a transaction names no database there; what they hold does.
WAITING = """
    SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (
        SELECT pid FROM pg_locks WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


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
    """Return when somebody waits for a lock, in this database: the server has those of other workers too."""
    with connection.cursor() as cursor:
        for _time in range(500):
            cursor.execute(WAITING)
            if cursor.fetchone() != (0,):
                return
            sleep(0.02)
    raise AssertionError("nobody waits")
