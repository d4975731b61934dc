"""The command as people give it: whole processes, free ports, a data folder of its own."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from pendopo.config.postgres import EmbeddedServer
from pendopo.config.tests import make

PENDOPO = [sys.executable, "-m", "pendopo.config.cli"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def bytecode(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Let the many processes of this file compile Django once."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("bytecode"))}


@pytest.fixture
def surroundings(bytecode: dict[str, str]) -> Iterator[dict[str, str]]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PENDOPO") and "DATABASE" not in key}
    with make.data_folder() as data:
        yield {
            **kept,
            **bytecode,
            "PENDOPO_DATA": str(data),
            "PENDOPO_PORT": str(free_port()),
            "PENDOPO_LIVE_PORT": str(free_port()),
        }
        EmbeddedServer(data).stop()


def pendopo(surroundings: dict[str, str], *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [*PENDOPO, *arguments], env=surroundings, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout + done.stderr


class Up:
    def __init__(self, surroundings: dict[str, str]) -> None:
        self.port = int(surroundings["PENDOPO_PORT"])
        self.began = time.monotonic()
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [*PENDOPO, "up"], env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            self.lines.extend(line.rstrip() for line in lines)

    def await_page(self, patience: float = 240.0) -> float:
        make.eventually(lambda: self.page() == 200 or self.process.poll() is not None, patience=patience)
        assert self.process.poll() is None, "\n".join(self.lines)
        return time.monotonic() - self.began

    def page(self, path: str = "/healthz") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        with contextlib.closing(connection), contextlib.suppress(OSError):
            connection.request("GET", path)
            return connection.getresponse().status
        return 0

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        code = self.process.wait(30)
        self.reader.join(10)
        return code


@contextlib.contextmanager
def up(surroundings: dict[str, str]) -> Iterator[Up]:
    made = Up(surroundings)
    try:
        yield made
    finally:
        if made.process.poll() is None:
            made.end(signal.SIGTERM)
        made.reader.join(10)


def gone(family: list[psutil.Process]) -> bool:
    def is_gone(process: psutil.Process) -> bool:
        with contextlib.suppress(psutil.NoSuchProcess):
            return process.status() == psutil.STATUS_ZOMBIE
        return True

    return all(map(is_gone, family))


def test_it_starts_refuses_a_second_survives_crashes_and_starts_again(surroundings: dict[str, str]) -> None:
    data = Path(surroundings["PENDOPO_DATA"])
    server = EmbeddedServer(data)
    with up(surroundings) as first:
        first.await_page()
        make.eventually(lambda: any(f"http://localhost:{first.port}/" in line for line in first.lines))
        make.eventually(lambda: first.page("/readyz") == 200)

        code, words = pendopo(surroundings, "up")
        assert code == 1
        assert f"already runs on {data} (process {first.process.pid})" in words
        assert "Traceback" not in words

        server._postmaster().kill()  # type: ignore[union-attr]
        make.eventually(lambda: first.page("/readyz") == 200 and server.running())

        family = first.family()
        assert len(family) >= 4
        assert first.end(signal.SIGINT) == 0
        assert gone(family)
        assert not server.running()
        assert not any("Traceback" in line for line in first.lines if line.startswith("web"))

    with up(surroundings) as second:
        second.await_page()  # 4 s on a quiet machine
        assert not any("Tables" in line for line in second.lines)
        family = second.family()
        second.end(signal.SIGKILL)
        with up(surroundings) as third:  # at once: it waits for what the kernel is just ending
            third.await_page()
            make.eventually(lambda: gone(family))


def test_a_busy_port_is_said_in_words(surroundings: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(surroundings["PENDOPO_LIVE_PORT"])))
        taken.listen()
        code, words = pendopo(surroundings, "up")

    assert code == 1
    assert f"Port {surroundings['PENDOPO_LIVE_PORT']} on 127.0.0.1 is busy" in words
    assert "PENDOPO_LIVE_PORT=" in words
    assert "Traceback" not in words
    assert not (Path(surroundings["PENDOPO_DATA"]) / "postgres").exists()


def test_a_wrong_setting_is_said_in_words(surroundings: dict[str, str]) -> None:
    code, words = pendopo({**surroundings, "PENDOPO_PORT": "http"}, "up")

    assert (code, words) == (1, "pendopo: PENDOPO_PORT is “http”: a port is a whole number from 1 to 65535.\n")


def test_the_command_line_does_not_load_django() -> None:
    code = "import sys; from pendopo.config.cli import build; build(); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_the_database_is_started_named_and_stopped(surroundings: dict[str, str]) -> None:
    assert pendopo(surroundings, "database", "stop") == (0, "The database was not running.\n")
    assert pendopo(surroundings, "database", "start") == (0, "The database runs.\n")
    assert pendopo(surroundings, "database", "start") == (0, "The database was running already.\n")
    for arguments, role in (((), "pendopo_app"), (("--owner",), "pendopo_owner")):
        url = pendopo(surroundings, "database", "url", *arguments)[1].strip()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT current_user::text").fetchone() == (role,)

    code, words = pendopo(surroundings, "manage", "shell", "--no-imports", "-c", "print(6 * 7)")
    assert (code, words.strip()) == (0, "42")
    assert EmbeddedServer(Path(surroundings["PENDOPO_DATA"])).running()  # manage did not start it, so it stays

    assert pendopo(surroundings, "database", "stop") == (0, "The database is stopped.\n")
    assert pendopo(surroundings, "manage", "shell", "--no-imports", "-c", "raise SystemExit(3)")[0] == 3
    assert not EmbeddedServer(Path(surroundings["PENDOPO_DATA"])).running()


def test_a_command_on_tables_that_are_not_made_waits_in_words(surroundings: dict[str, str]) -> None:
    code, words = pendopo(surroundings, "demo")

    assert code == 1
    assert "Tabel belum siap" in words
    assert "Traceback" not in words


def test_a_backup_is_made_and_comes_back_only_when_meant(surroundings: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "b.tar"

    code, words = pendopo(surroundings, "backup", str(target))
    assert code == 0, words
    assert "secret_key" in words

    assert pendopo(surroundings, "restore", str(target))[0] == 1  # nobody answered yes
    code, words = pendopo(surroundings, "restore", "--yes", str(target))
    assert code == 0, words
    assert words.startswith("Restored: the backup of 20")
    code, words = pendopo(surroundings, "restore", "--yes", str(tmp_path / "none.tar"))
    assert (code, words) == (1, f"pendopo: There is no file {tmp_path / 'none.tar'}.\n")
