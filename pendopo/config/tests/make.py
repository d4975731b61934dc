"""Servers and processes to try things on."""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pendopo.config.connections import socket_folder
from pendopo.config.postgres import EmbeddedServer


@contextlib.contextmanager
def data_folder() -> Iterator[Path]:
    """Make a data folder that the server's own user can reach (pytest's are closed to all but us)."""
    folder = Path(tempfile.mkdtemp(prefix="pendopo-test-"))
    folder.chmod(0o711)
    try:
        yield folder / "data"
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def server(data: Path, *, elsewhere: Path | None = None) -> Iterator[EmbeddedServer]:
    """Make a server that is not started yet and is gone at the end."""
    made = EmbeddedServer(data, elsewhere=elsewhere or data.parent / "elsewhere")
    try:
        yield made
    finally:
        made.stop()
        if socket_folder(data).parent == Path("/tmp"):  # noqa: S108
            shutil.rmtree(socket_folder(data), ignore_errors=True)


def eventually(holds: Callable[[], bool], *, patience: float = 60.0) -> float:
    """Wait until something holds, and return how long it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < patience, "it never came"
        time.sleep(0.01)
    return time.monotonic() - began
