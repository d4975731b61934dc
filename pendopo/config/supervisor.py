"""Keep the processes of one machine running, and let none of them outlive the others."""

import contextlib
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Protocol

from pendopo.config.postgres import EmbeddedServer

# The first restart is at once: for those who wait at a counter a crash should be a hiccup.
PAUSES = (0.05, 0.2, 0.5, 1.0, 2.0, 3.0)
STEADY_AFTER = 5.0
MOMENT = 0.05


class Child(Protocol):
    """Something that runs until it is told to stop."""

    @property
    def name(self) -> str: ...
    def start(self) -> None: ...
    def alive(self) -> bool: ...
    def ask_to_stop(self) -> None: ...
    def kill(self) -> None: ...
    def output(self) -> int | None:
        """Return where to read what it prints, if it prints to us."""

    def forget_output(self) -> None:
        """Close that, once all is read."""


@dataclass
class Program:
    """A command in a process group of its own: Ctrl-C reaches only the supervisor, which keeps the order."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [*_bound_to_us(), *self.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **self.environment},
            start_new_session=True,
        )
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """End what is left of its group: workers whose main process was killed still hold the port."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def output(self) -> int | None:
        stream = None if self.process is None else self.process.stdout
        return None if stream is None or stream.closed else stream.fileno()

    def forget_output(self) -> None:
        if self.process is not None and self.process.stdout is not None:
            self.process.stdout.close()


@dataclass
class Errand(Program):
    """A command that is done when it ends: it is run once, and nobody mourns it."""

    is_over: bool = False

    def start(self) -> None:
        self.is_over = False
        super().start()

    def alive(self) -> bool:
        return super().alive() or not self.is_over

    def ask_to_stop(self) -> None:
        self.is_over = True
        super().ask_to_stop()

    def kill(self) -> None:
        # Done long ago, its number may be somebody else's by now.
        if super().alive():
            super().kill()


@dataclass
class Database:
    """The embedded server as a child; it writes its own log."""

    server: EmbeddedServer
    name: str = "postgres"

    def start(self) -> None:
        if self.server.process is None and self.server.running():
            self.server.stop()  # left over, or started by hand: from now on it lives and ends with us
        self.server.start(bound_to_us=True)

    def alive(self) -> bool:
        return self.server.running()

    def ask_to_stop(self) -> None:
        self.server.stop()

    def kill(self) -> None:
        self.server.stop(patience=0)

    def output(self) -> int | None:
        return None

    def forget_output(self) -> None:
        pass


def _bound_to_us() -> list[str]:
    """Begin a command so that the kernel ends it when we die, even by kill -9."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig=TERM", "--"] if setpriv else []


@dataclass
class _Watched:
    child: Child
    started_at: float = 0.0
    deaths: int = 0
    start_again_at: float | None = None
    rest: bytes = b""


class Supervisor:
    """Start children in order, restart those that die, stop all: the programs first, the database after them.

    SIGTERM, SIGINT and a closed terminal stop, SIGUSR1 restarts the programs. Must run in the main thread and start no
    thread: a child is bound to the thread that started it.
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        say: Callable[[str], None] | None = None,
        grace: float = 5.0,
        each_moment: Callable[["Supervisor"], None] | None = None,
    ) -> None:
        self.watched = [_Watched(child) for child in children]
        self.say = say or _print
        self.grace = grace
        self.each_moment = each_moment
        self.ending = False
        self.restarting = False

    def run(self) -> None:
        """Keep the children running until told to stop; return when none of them is left."""
        with self._signals(), selectors.DefaultSelector() as self.outputs:
            try:
                for watched in self.watched:
                    self._start(watched)
                while not self.ending:
                    self._turn()
            finally:
                self._stop_all()

    def stop(self) -> None:
        """End `run` soon."""
        self.ending = True

    def deaths(self, name: str) -> int:
        """Tell how often in a row a child died young."""
        return next(watched.deaths for watched in self.watched if watched.child.name == name)

    def _turn(self) -> None:
        self._relay(MOMENT)
        if self.restarting:
            self.restarting = False
            self._restart_programs()
        now = time.monotonic()
        for watched in self.watched:
            if watched.start_again_at is None:
                if watched.child.alive():
                    if now - watched.started_at > STEADY_AFTER:
                        watched.deaths = 0
                else:
                    self._mourn(watched, now)
            elif now >= watched.start_again_at:
                self._start(watched)
        if self.each_moment is not None:
            self.each_moment(self)

    def _start(self, watched: _Watched) -> None:
        watched.start_again_at = None
        try:
            watched.child.start()
        except Exception as error:  # whatever keeps a child from starting must not end the others
            self.say(f"{watched.child.name} does not start: {error}")
            self._mourn(watched, time.monotonic())
            return
        watched.started_at = time.monotonic()
        output = watched.child.output()
        if output is not None:
            self.outputs.register(output, selectors.EVENT_READ, watched)

    def _mourn(self, watched: _Watched, now: float) -> None:
        watched.child.kill()
        self._forget(watched)
        pause = PAUSES[min(watched.deaths, len(PAUSES) - 1)]
        watched.deaths += 1
        watched.start_again_at = now + pause
        if not self.ending:
            self.say(f"{watched.child.name} ended; it is started again.")

    def _restart_programs(self) -> None:
        self.say("Restarting.")
        programs = [watched for watched in self.watched if not isinstance(watched.child, Database)]
        self._stop(programs)
        for watched in programs:
            watched.deaths = 0
            self._start(watched)

    def _stop_all(self) -> None:
        self.ending = True
        self._stop([watched for watched in self.watched if not isinstance(watched.child, Database)])
        self._stop([watched for watched in self.watched if isinstance(watched.child, Database)])

    def _stop(self, those: Sequence[_Watched]) -> None:
        for watched in those:
            watched.child.ask_to_stop()
        end = time.monotonic() + self.grace
        while any(watched.child.alive() for watched in those) and time.monotonic() < end:
            self._relay(0.02)
        for watched in those:
            if watched.child.alive():
                self.say(f"{watched.child.name} does not stop: it is ended.")
            watched.child.kill()
            self._forget(watched)

    # What they print

    def _relay(self, patience: float) -> None:
        if not self.outputs.get_map():
            time.sleep(patience)
            return
        for key, _events in self.outputs.select(patience):
            watched: _Watched = key.data
            self._read(watched, key.fd)

    def _read(self, watched: _Watched, output: int) -> None:
        try:
            piece = os.read(output, 65536)
        except BlockingIOError:
            return
        if not piece:
            self.outputs.unregister(output)
            return
        *lines, watched.rest = (watched.rest + piece).split(b"\n")
        for line in lines:
            self._tell(watched, line)
        if len(watched.rest) > 1_000_000:
            self._tell(watched, watched.rest)
            watched.rest = b""

    def _forget(self, watched: _Watched) -> None:
        output = watched.child.output()
        if output is None:
            return
        for _attempt in range(64):  # its last words are the ones that matter
            if output in self.outputs.get_map():
                self._read(watched, output)
        if output in self.outputs.get_map():
            self.outputs.unregister(output)
        if watched.rest:
            self._tell(watched, watched.rest)
            watched.rest = b""
        watched.child.forget_output()

    def _tell(self, watched: _Watched, line: bytes) -> None:
        self.say(f"{watched.child.name:8} | {line.decode(errors='replace')}")

    # Signals

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        def end(_number: int, _frame: FrameType | None) -> None:
            self.ending = True

        def restart(_number: int, _frame: FrameType | None) -> None:
            self.restarting = True

        wanted = {signal.SIGINT: end, signal.SIGTERM: end, signal.SIGHUP: end, signal.SIGUSR1: restart}
        before = {number: signal.signal(number, handler) for number, handler in wanted.items()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _print(line: str) -> None:
    # Who reads us may be gone (a closed terminal): that must not end a mall.
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
