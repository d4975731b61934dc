"""What every benchmark stands on: a database server of its own in a temporary folder, and a hall that gives tickets.

Import it before anything of the product: it sets the surroundings that the settings are read from.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django

# Short: a socket's path may have 107 bytes. On a disk where there is one: fsync must cost what it costs.
FOLDER = Path(os.environ.get("PENDOPO_BENCH_FOLDER") or Path(tempfile.gettempdir()) / f"pdb-{os.getpid()}")

for name in [name for name in os.environ if name.startswith("PENDOPO_") or name.endswith("DATABASE_URL")]:
    del os.environ[name]


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
os.environ |= {
    "PENDOPO_DATA": str(FOLDER),
    "PENDOPO_PORT": str(free_port()),
    "PENDOPO_LIVE_PORT": str(free_port()),
    "PENDOPO_SECRET_KEY": "a secret for benchmarks, known to everybody",
    "DJANGO_SETTINGS_MODULE": "pendopo.config.settings",
}
django.setup()

from django.db import connections  # noqa: E402 - the surroundings are set above

from pendopo.config.env import env  # noqa: E402
from pendopo.config.postgres import EmbeddedServer  # noqa: E402
from pendopo.config.processes import program  # noqa: E402
from pendopo.queues.tests import make  # noqa: E402
from pendopo.queues.tests.make import Hall  # noqa: E402


@dataclass(frozen=True)
class Stage:
    """A running server with a migrated database, and one mall: an open counter, one queue, one service."""

    server: EmbeddedServer
    hall: Hall

    @property
    def app_url(self) -> str:
        """The database as web, live and worker reach it."""
        return self.server.url("app")

    @property
    def owner_url(self) -> str:
        """The database past the wall: to fill it with history."""
        return self.server.url("owner")


@contextmanager
def stage() -> Iterator[Stage]:
    """Start a server, migrate, make a hall; stop it and leave nothing behind."""
    FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    server = EmbeddedServer(FOLDER)
    try:
        server.start(bound_to_us=True)
        server.ensure_roles_and_database()
        migrate = [sys.executable, "-m", "django", "migrate", "--database", "owner", "--verbosity", "0"]
        subprocess.run(migrate, check=True, timeout=300)
        yield Stage(server, make.hall())
    finally:
        connections.close_all()
        server.stop()
        shutil.rmtree(FOLDER, ignore_errors=True)


@contextmanager
def running(name: str) -> Iterator[int]:
    """Run a process of the product (web or live) as `pendopo up` does, and give the port it listens on."""
    port = env.live_port if name == "live" else env.port
    process = program(name, env)
    process.start()
    try:
        await_answer(port)
        yield port
    finally:
        process.kill()
        process.forget_output()


def await_answer(port: int) -> None:
    """Wait until somebody listens on a port."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nobody listens on {port}")
