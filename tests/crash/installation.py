"""An installation of its own in a temporary folder, run by `pendopo up`, whose processes may be killed."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psutil

from pendopo.config.env import CHECKOUT
from pendopo.config.postgres import EmbeddedServer
from tests.servers import HOST, answers, free_port

VICTIMS = ("web", "live", "worker", "postgres")
START = 90.0


@dataclass(frozen=True)
class Hall:
    """What clients know: the mall, a service, and each counter's token."""

    mall: str
    service: str
    desks: dict[int, str]


@dataclass(frozen=True)
class Installation:
    data: Path
    port: int
    live_port: int
    supervisor: psutil.Process
    surroundings: Mapping[str, str]
    hall: Hall = Hall("", "", {})

    @property
    def api(self) -> str:
        """Where the API of the mall is."""
        return f"http://{HOST}:{self.port}/api/v1/malls/{self.hall.mall}"

    @property
    def stream(self) -> str:
        """Where the board's events are."""
        return f"http://{HOST}:{self.live_port}/live/malls/{self.hall.mall}/board"

    @property
    def owner_url(self) -> str:
        """The database past the wall: for the judge."""
        return EmbeddedServer(self.data).url("owner")

    def log(self) -> str:
        """Return what all of them printed."""
        return (self.data / "up.log").read_text(errors="replace")

    def made(self, module: str) -> dict[str, Any]:
        """Run a module of ours in the installation's surroundings, and return what it tells."""
        ended = subprocess.run(
            [sys.executable, "-m", module], env=self.surroundings, cwd=CHECKOUT, check=True, timeout=90,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        told: dict[str, Any] = json.loads(ended.stdout)
        return told

    def kill_whole(self, name: str) -> None:
        """Kill -9 a process of that name with all of its own children: nothing of it lives on."""
        main = self._find(name)
        family = [*main.children(recursive=True), main]
        for each in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        psutil.wait_procs(family, 5)

    def await_answer(self) -> None:
        """Wait until web answers again. Raises AssertionError."""
        end = time.monotonic() + START
        while time.monotonic() < end:
            if answers(self.port, "/readyz"):
                return
            time.sleep(0.1)
        raise AssertionError(f"web does not come back:\n{self.log()[-3000:]}")

    def kill(self, name: str, choice: random.Random) -> str:
        """Kill -9 a process of that name, its main one or one of its own children, and say which."""
        main = self._find(name)
        children = main.children()
        victim = choice.choice(children) if children and choice.random() < 0.4 else main
        victim.kill()
        with contextlib.suppress(psutil.TimeoutExpired):
            victim.wait(5)
        return name if victim == main else f"{name} (a child)"

    def _find(self, name: str) -> psutil.Process:
        """Find a process of ours by what it runs: only children of our own supervisor are looked at."""
        mark = {"web": "pendopo.config.wsgi", "live": "live.app", "worker": "procrastinate", "postgres": "config_file="}
        end = time.monotonic() + 30
        while time.monotonic() < end:
            for process in self.supervisor.children():
                with contextlib.suppress(psutil.Error):
                    if any(mark[name] in part for part in process.cmdline()):
                        return process
            time.sleep(0.02)
        raise AssertionError(f"{name} does not run:\n{self.log()[-3000:]}")


@contextlib.contextmanager
def running(*, with_hall: bool = True, **more: str) -> Iterator[Installation]:
    """Start an installation, with a hall in it; end it and remove it whatever happens. `more`: its settings."""
    data = Path(tempfile.mkdtemp(prefix="pdc-"))
    data.chmod(0o755)  # the database's own user must be able to enter
    port, live_port = free_port(), free_port()
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PENDOPO_") and not name.endswith("DATABASE_URL")
    }
    surroundings = kept | {
        "PENDOPO_DATA": str(data),
        "PENDOPO_PORT": str(port),
        "PENDOPO_LIVE_PORT": str(live_port),
        "PENDOPO_HOST": HOST,
        "PYTHONPATH": str(CHECKOUT),
        "DJANGO_SETTINGS_MODULE": "pendopo.config.settings",
        **more,
    }
    bound = ["setpriv", "--pdeathsig=TERM", "--"] if shutil.which("setpriv") else []
    with (data / "up.log").open("wb") as log:
        up = subprocess.Popen(
            [*bound, sys.executable, "-m", "pendopo.config.cli", "up"],
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await_start(up, port, live_port, data / "up.log")
        there = Installation(data, port, live_port, psutil.Process(up.pid), surroundings)
        if with_hall:
            told = there.made("tests.crash.hall")
            desks = {int(counter): str(token) for counter, token in told["desks"].items()}
            there = replace(there, hall=Hall(told["mall"], told["service"], desks))
        yield there
    finally:
        _end(up, data)


def _await_start(up: subprocess.Popen[bytes], port: int, live_port: int, log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and up.poll() is None:
        if answers(port, "/readyz") and answers(live_port):
            return
        time.sleep(0.1)
    raise AssertionError(f"`pendopo up` does not come up:\n{log.read_text(errors='replace')}")


def _end(up: subprocess.Popen[bytes], data: Path) -> None:
    if up.poll() is None:
        up.send_signal(signal.SIGINT)
        try:
            up.wait(40)
        except subprocess.TimeoutExpired:
            up.kill()
            up.wait()
    EmbeddedServer(data).stop()
    shutil.rmtree(data, ignore_errors=True)
