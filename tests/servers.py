"""Real processes for tests: `web` and `live` as `pendopo up` starts them, on free ports, over this worker's database.

They see only what is committed: use the fixture `committed`. Only what was started here is ever killed.
"""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pendopo.config import processes
from pendopo.config.env import env

HOST = "127.0.0.1"
PATIENCE = 90.0


@dataclass(frozen=True)
class Running:
    """A process that answers at `url`; what it printed is in `log`."""

    url: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def printed(self) -> str:
        """Return what it has printed until now."""
        return self.log.read_text(errors="replace")


@contextlib.contextmanager
def web(port: int | None = None, *, live_port: int = 8001, **environment: str) -> Iterator[Running]:
    """Run `web` (two processes of four threads) until the end of the block; it answers when the block begins."""
    with _running("web", port or free_port(), {"PENDOPO_LIVE_PORT": str(live_port), **environment}) as started:
        yield started


@contextlib.contextmanager
def live(port: int | None = None, *, web_port: int = 8000, **environment: str) -> Iterator[Running]:
    """Run `live` until the end of the block."""
    with _running("live", port or free_port(), {"PENDOPO_PORT": str(web_port), **environment}) as started:
        yield started


@contextlib.contextmanager
def web_and_live(**environment: str) -> Iterator[tuple[Running, Running]]:
    """Run both, each knowing where the other is: pages may then hear events."""
    port, live_port = free_port(), free_port()
    with web(port, live_port=live_port, **environment) as pages, live(live_port, web_port=port, **environment) as news:
        yield pages, news


def free_port() -> int:
    """Name a port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def _running(name: str, port: int, environment: Mapping[str, str]) -> Iterator[Running]:
    own = {"web": "PENDOPO_PORT", "live": "PENDOPO_LIVE_PORT"}[name]
    program = processes.program(name, replace(env, port=port, live_port=port, host=HOST))
    surroundings = {**os.environ, **program.environment, "PENDOPO_HOST": HOST, **environment, own: str(port)}
    handle, path = tempfile.mkstemp(prefix=f"{name}-", suffix=".log", dir=env.data)
    process = _launch(program.command, surroundings, handle)
    started = Running(f"http://{HOST}:{port}", port, process, Path(path))
    try:
        _await_answer(started)
        yield started
    finally:
        _end(process)


def _launch(command: Sequence[str], surroundings: Mapping[str, str], output: int) -> subprocess.Popen[bytes]:
    # The kernel ends it when this test process dies, however it dies.
    bound = ["setpriv", "--pdeathsig=TERM", "--"] if shutil.which("setpriv") else []
    try:
        return subprocess.Popen(
            [*bound, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=surroundings,
            start_new_session=True,
        )
    finally:
        os.close(output)


def _await_answer(started: Running) -> None:
    end = time.monotonic() + PATIENCE
    while started.process.poll() is None and time.monotonic() < end:
        if answers(started.port):
            return
        time.sleep(0.05)
    raise AssertionError(f"{started.url} does not answer:\n{started.printed()}")


def answers(port: int, path: str = "/healthz") -> bool:
    """Tell whether a process answers there with 200."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to leave, then end its whole group: workers may outlive their main process."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(6)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
