import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import psutil
import pytest

from pendopo.config.supervisor import Child, Database, Errand, Program, Supervisor
from pendopo.config.tests import make

LIVES = "import os, time; print('mine is', os.getpid(), flush=True); time.sleep(60)"
IS_DEAF = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
)
HAS_A_WORKER = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("worker", child.pid, flush=True); time.sleep(60)
"""


def dummy(name: str, code: str = LIVES) -> Program:
    return Program(name, [sys.executable, "-S", "-c", code])


class Said(list[str]):
    def numbers(self, name: str, word: str = "mine is") -> list[int]:
        return [int(line.split()[-1]) for line in self if line.startswith(name) and word in line]


Holds = Callable[[Said], object]
Act = Callable[[Said], None]


def play(children: Sequence[Child], *scenes: tuple[Holds, Act], grace: float = 5.0) -> tuple[Said, list[float]]:
    """Run a supervisor through scenes (when this holds, do that), and stop it after the last."""
    said, times, left = Said(), [time.monotonic()], list(scenes)

    def each_moment(supervisor: Supervisor) -> None:
        assert time.monotonic() - times[-1] < 90, said
        if not left:
            supervisor.stop()
            return
        holds, act = left[0]
        if holds(said):
            times.append(time.monotonic())
            left.pop(0)
            act(said)

    Supervisor(children, say=said.append, grace=grace, each_moment=each_moment).run()
    times.append(time.monotonic())
    return said, times


def nothing(said: Said) -> None:
    pass


def test_a_child_that_dies_is_started_again_at_once() -> None:
    said, times = play(
        [dummy("web"), dummy("live")],
        (lambda said: said.numbers("web") and said.numbers("live"), lambda said: os.kill(said.numbers("web")[0], 9)),
        (lambda said: len(said.numbers("web")) == 2, nothing),
    )

    assert times[2] - times[1] < 1.5  # 0.2 s on a quiet machine: 0.05 s pause and a Python
    assert "web ended; it is started again." in said
    assert len(said.numbers("live")) == 1
    for number in said.numbers("web") + said.numbers("live"):
        assert not psutil.pid_exists(number)


def test_one_that_dies_again_and_again_is_given_more_and_more_time() -> None:
    deaths: list[float] = []

    def each_moment(supervisor: Supervisor) -> None:
        while len(deaths) < supervisor.deaths("web"):
            deaths.append(time.monotonic())
        if len(deaths) == 4:
            supervisor.stop()

    said = Said()
    Supervisor([dummy("web", "print('no', end='')")], say=said.append, each_moment=each_moment).run()

    assert deaths[3] - deaths[2] > deaths[1] - deaths[0]
    assert said.count("web      | no") == 4  # also words without an end of line


def test_an_errand_is_run_once_and_keeps_nobody_waiting() -> None:
    errand = Errand("voice", [sys.executable, "-S", "-c", "print('made', flush=True)"])

    def is_done(said: Said) -> bool:
        return "voice    | made" in said and errand.process is not None and errand.process.poll() is not None

    said, times = play(
        [errand, dummy("web")],
        (is_done, lambda said: time.sleep(0.3)),
        (lambda said: bool(said.numbers("web")), nothing),
    )

    assert said.count("voice    | made") == 1
    assert not any("voice" in line and "ended" in line for line in said)
    assert times[-1] - times[-2] < 2


def test_all_stop_in_order_and_the_database_last() -> None:
    order: list[str] = []

    class Heard(Program):
        def ask_to_stop(self) -> None:
            order.append(self.name)
            super().ask_to_stop()

    class HeardDatabase(Database):
        def ask_to_stop(self) -> None:
            order.append(self.name)
            super().ask_to_stop()

    with make.data_folder() as data, make.server(data) as server:
        programs = [Heard(name, [sys.executable, "-S", "-c", LIVES]) for name in ("web", "live", "worker")]
        play(
            [HeardDatabase(server), *programs],
            (lambda said: all(said.numbers(name) for name in ("web", "live", "worker")), nothing),
        )

        assert order == ["web", "live", "worker", "postgres"]
        assert not server.running()


def test_a_deaf_child_is_killed_after_the_grace() -> None:
    said, times = play([dummy("live", IS_DEAF)], (lambda said: "live     | deaf" in said, nothing), grace=0.3)

    assert times[-1] - times[-2] >= 0.3
    assert "live does not stop: it is ended." in said


def test_the_workers_of_a_killed_child_are_not_left_behind() -> None:
    workers: list[int] = []

    def kill_the_parent(said: Said) -> None:
        workers.extend(said.numbers("web", "worker"))
        parent = psutil.Process(workers[0]).parent()
        assert parent is not None
        parent.kill()

    play(
        [dummy("web", HAS_A_WORKER)],
        (lambda said: said.numbers("web", "worker"), kill_the_parent),
        (lambda said: len(said.numbers("web", "worker")) == 2, nothing),
    )

    make.eventually(lambda: not any(is_alive(number) for number in workers))


def is_alive(number: int) -> bool:
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_killed_database_comes_back_before_anything_else_and_the_others_live_on() -> None:
    with make.data_folder() as data, make.server(data) as server:
        first: list[int] = []
        started: list[str] = []

        class Started(Program):
            def start(self) -> None:
                started.append(self.name)
                super().start()

        class StartedDatabase(Database):
            def start(self) -> None:
                started.append("postgres again" if first else "postgres")
                super().start()

        def kill_it(said: Said) -> None:
            postmaster = server._postmaster()
            assert postmaster is not None
            first.append(postmaster.pid)
            postmaster.kill()

        def is_back(said: Said) -> bool:
            postmaster = server._postmaster()
            return (
                postmaster is not None and postmaster.pid != first[0] and "postgres ended; it is started again." in said
            )

        def kill_web(said: Said) -> None:
            os.kill(said.numbers("web")[0], 9)

        web = Started("web", [sys.executable, "-S", "-c", LIVES])
        said, _times = play(
            [StartedDatabase(server), web],
            (lambda said: said.numbers("web"), kill_it),
            (is_back, kill_web),
            (lambda said: len(said.numbers("web")) == 2, nothing),
        )

        # While the database was away nobody else was touched; who dies after it is started after it.
        assert started == ["postgres", "web", "postgres again", "web"]
        ended = [line for line in said if line.endswith("it is started again.")]
        assert ended == [f"{name} ended; it is started again." for name in ("postgres", "web")]


def test_a_command_that_is_not_there_does_not_end_the_others() -> None:
    said, _times = play(
        [Program("live", ["/nowhere/granian"]), dummy("web")], (lambda said: said.numbers("web"), nothing)
    )

    assert any("live" in line and "/nowhere/granian" in line for line in said)


# As its own process: signals.

SUPERVISOR = """
import sys
from pendopo.config.supervisor import Program, Supervisor
child = "import os, time; print('mine is', os.getpid(), flush=True); time.sleep(60)"
Supervisor([Program(name, [sys.executable, "-S", "-c", child]) for name in ("web", "live")]).run()
print("all gone", flush=True)
"""


class Running:
    def __init__(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-c", SUPERVISOR], stdout=subprocess.PIPE, text=True)
        self.said = Said()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            self.said.extend(line.rstrip() for line in lines)

    def children(self) -> list[int]:
        return self.said.numbers("web") + self.said.numbers("live")


@pytest.fixture
def running() -> Iterator[Running]:
    made = Running()
    make.eventually(lambda: len(made.children()) == 2)
    yield made
    made.process.kill()
    made.process.wait(10)
    made.reader.join(10)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_and_leaves_nobody(running: Running, number: signal.Signals) -> None:
    running.process.send_signal(number)

    assert running.process.wait(10) == 0
    running.reader.join(10)
    assert running.said[-1] == "all gone"
    assert not any(is_alive(child) for child in running.children())


def test_a_restart_renews_every_program(running: Running) -> None:
    running.process.send_signal(signal.SIGUSR1)

    make.eventually(lambda: len(running.children()) == 4)
    assert len(set(running.children())) == 4
    assert running.process.poll() is None


def test_children_do_not_outlive_a_killed_supervisor(running: Running) -> None:
    running.process.kill()

    make.eventually(lambda: not any(is_alive(child) for child in running.children()))
