"""Reads of the database in threads of their own, each with one lasting connection: the event loop never waits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
from django.db import InterfaceError, OperationalError, connection
from django.utils import translation

# Also psycopg's own: the wall speaks to the server below Django.
UNREACHABLE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


class Reads:
    """A few threads that read."""

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="live")

    async def run[T](self, read: Callable[[], T], *, language: str = "id") -> T:
        """Return what `read` returns, with refusals in the language of whoever asks. Raises what is in UNREACHABLE."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _read, read, language)


def _read[T](read: Callable[[], T], language: str) -> T:
    with translation.override(language):
        try:
            return read()
        except UNREACHABLE:
            # The connection was from before a restart of the server, as a rule: a new one answers.
            connection.close()
        try:
            return read()
        except UNREACHABLE:
            connection.close()
            raise
