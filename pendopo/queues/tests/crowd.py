"""Many who act in the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


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
