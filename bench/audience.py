"""Watchers of `live` in a process of their own."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from bench.watching import watch


@contextmanager
def listening(port: int, path: str, many: int) -> Iterator[Connection]:
    """Open so many streams; what they heard is handed over on asking (see `bench.watching.watch`)."""
    # Spawned: a fork would share our connection to the database.
    processes = multiprocessing.get_context("spawn")
    ours, theirs = processes.Pipe()
    audience = processes.Process(target=watch, args=(theirs, port, path, many), daemon=True)
    audience.start()
    try:
        yield ours
    finally:
        audience.kill()
        audience.join()
