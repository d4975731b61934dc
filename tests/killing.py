"""`kill -9` at every step: a process of its own acts, dies before one step or behind the last, and others go on.

A step reaches outside of the process: a statement that writes, a COMMIT of what was written, a file, bytes that are
sent. Between two of them nothing changes that anybody else could see: dying behind
one is dying before the next, so that the walk meets each of them before and after. What only reads is no step.
"""

import json
import os
import re
import signal
import socket
import ssl
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# Longer than any act here takes: a child that hangs dies by another signal, and the walk says so.
PATIENCE = 90
COMMIT = "COMMIT"
WRITES = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
# The function that writes a job.
DEFERS = "procrastinate_defer_jobs"
FILES = {"os.rename": "put in place", "os.remove": "erase"}


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls of a function that are steps too: what a buffer writes, nobody outside of it sees."""

    owner: object
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Walk[Stage]:
    """One way to go, and who goes on where somebody died on it.

    `parts` names, in order, what ends with each COMMIT of a write, and last what comes behind them, if anything.
    """

    name: str
    begin: Callable[[], Stage]
    act: Callable[[Stage], object]
    go_on: Callable[[Stage], object]
    end: Callable[[Stage], object]
    parts: Sequence[str]
    also: Sequence[Calls] = ()

    def take(self) -> object:
        """Go all the way undisturbed, then die at each step; return the end that all of them have."""
        stage = self.begin()
        steps = counted(lambda: self.act(stage), also=self.also)
        self.go_on(stage)
        expected = self.end(stage)
        parts = parts_of(steps)
        self._print(parts)
        assert len(parts) == len(self.parts), (self.parts, parts)

        wrong = []
        for number, what in enumerate([*steps, "the end"], 1):
            stage = self.begin()
            killed(lambda stage=stage: self.act(stage), number, also=self.also)  # type: ignore[misc]
            self.go_on(stage)
            if (found := self.end(stage)) != expected:
                wrong.append(f"{number} ({what}): {found}")
        assert wrong == [], f"{wrong}, and undisturbed: {expected}"
        return expected

    def _print(self, parts: list[list[str]]) -> None:
        print(f"\n{self.name}: {sum(map(len, parts))} steps")
        for words, steps in zip(self.parts, parts, strict=False):
            print(f"  {words}: {', '.join(steps)}")


def parts_of(steps: Sequence[str]) -> list[list[str]]:
    """Return the steps as they belong together: up to each COMMIT and what is erased on it, and what comes behind."""
    parts: list[list[str]] = [[]]
    for step in steps:
        if COMMIT in parts[-1] and not step.startswith("erase"):
            parts.append([])
        parts[-1].append(step)
    return parts


def counted(act: Callable[[], object], *, also: Sequence[Calls] = ()) -> list[str]:
    """Act undisturbed in a process of its own, and return the steps that it took."""
    signalled, steps = _in_a_child(act, 0, also)
    assert signalled == 0, signal.Signals(signalled).name
    return steps


def killed(act: Callable[[], object], number: int, *, also: Sequence[Calls] = ()) -> None:
    """Act in a process of its own that SIGKILL ends before its step of that number, or behind the last one."""
    signalled, _steps = _in_a_child(act, number, also)
    assert signalled == signal.SIGKILL, signalled


def _in_a_child(act: Callable[[], object], number: int, also: Sequence[Calls]) -> tuple[int, list[str]]:
    """Return the signal that ended it, and what it told of its steps."""
    # A connection belongs to one process: the child opens its own.
    connections.close_all()
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Providers are threads of ours: the child has none of them and waits for none of their locks.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(reading)
        _live(act, number, also, writing)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    _pid, status = os.waitpid(child, 0)
    _await_end(_name(child))
    signalled = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    said = json.loads(told) if told else {"steps": []}
    assert "failed" not in said, said["failed"]
    return signalled, list(said["steps"])


def _live(act: Callable[[], object], number: int, also: Sequence[Calls], writing: int) -> None:
    """Be the child: act, tell, and leave without a word of the suite's own ending."""
    told: dict[str, object] = {}
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(PATIENCE)
        connection.settings_dict["OPTIONS"] = {
            **connection.settings_dict["OPTIONS"],
            "application_name": _name(os.getpid()),
        }
        told["steps"] = steps = _watched(number, also)
        act()
        if number == len(steps) + 1:
            os.kill(os.getpid(), signal.SIGKILL)
    except BaseException:
        told = {"failed": traceback.format_exc()}
    finally:
        with os.fdopen(writing, "w") as pipe:
            json.dump(told, pipe)
        os._exit(0)


def _watched(number: int, also: Sequence[Calls]) -> list[str]:
    """Note each step from now on, and die before the one of this number. For a process that is thrown away."""
    steps: list[str] = []

    def step(what: str) -> None:
        steps.append(what)
        if len(steps) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    _watch_database(step)
    _watch_files(step)
    for owner, name in ((socket.socket, "send"), (socket.socket, "sendall"), (ssl.SSLSocket, "send")):
        _noting(owner, name, lambda *_args: step("send"))
    for each in also:
        _noting(each.owner, each.name, lambda *_args, words=each.words: step(words))
    return steps


def _noting(owner: object, name: str, note: Callable[..., None]) -> None:
    original = getattr(owner, name)

    def acting(*args: object, **kwargs: object) -> object:
        note(*args)
        return original(*args, **kwargs)

    setattr(owner, name, acting)


def _watch_database(step: Callable[[str], None]) -> None:
    written: list[str] = []

    def note(_self: object, sql: object, *_more: object) -> None:
        if words := what_writes(str(sql)):
            written.append(words)
            step(words)

    def commits(_self: object) -> None:
        if written:
            step(COMMIT)
            written.clear()

    for owner, name, noting in (
        (CursorWrapper, "_execute", note),
        (CursorWrapper, "_executemany", note),
        (BaseDatabaseWrapper, "_commit", commits),
        (BaseDatabaseWrapper, "_rollback", lambda _self: written.clear()),
    ):
        _noting(owner, name, noting)


def what_writes(sql: str) -> str:
    """Return a statement in two words, "" for one that only reads."""
    if DEFERS in sql:
        return "defer a job"
    found = WRITES.match(sql.strip())
    return f"{found[1].partition(' ')[0]} {found[2]}" if found else ""


def _watch_files(step: Callable[[str], None]) -> None:
    root = str(settings.MEDIA_ROOT)

    def heard(event: str, args: tuple[object, ...]) -> None:
        if event == "open":
            path, _mode, flags = args
            if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR) and str(path).startswith(root):
                step(f"open {Path(str(path)).suffix} to write")
        elif event in FILES and str(args[0]).startswith(root):
            step(f"{FILES[event]} {Path(str(args[0])).suffix}")

    sys.addaudithook(heard)


def _name(child: int) -> str:
    return f"killed-{child}"


def _await_end(name: str) -> None:
    """Wait until the server has heard that a child is dead, and has given back what it held."""
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [name])
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.01)
    raise AssertionError("the server does not hear that its client is dead")
