"""A PostgreSQL of the operator's own: the oldest that we promise is tried wherever it is installed."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from pendopo.config.binaries import Account
from pendopo.config.env import CHECKOUT

ONE_TICKET = """
import django, json, uuid
django.setup()
from django.utils import timezone
from pendopo.queues.actions import calling, serving
from pendopo.queues.models import Ticket
from pendopo.queues.tests import make
from pendopo.queues.types import Outcome
from pendopo.tenancy import wall
hall = make.hall()
taken = make.taken(hall)
called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now(), request_id=uuid.uuid4())
with wall.inside(hall.mall.pk):
    ticket = serving.serve(Ticket.objects.get(pk=called.id), by=hall.officer, at=timezone.now())
    done = serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=timezone.now())
print(json.dumps([taken.number, called.number, done.state]))
"""


def installed() -> list[Path]:
    """Return the folders of the distribution's servers that are new enough."""
    return [found for found in Path("/usr/lib/postgresql").glob("*/bin") if int(found.parent.name) >= 15]


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """Run a server of the distribution in a folder of its own, and give its administrator's URL."""
    with tempfile.TemporaryDirectory(prefix="pdg-") as name:
        folder = Path(name)
        account = Account.of(folder)
        account.give(folder, 0o700)
        secret = folder / "password"
        secret.write_text("rahasia")
        account.give(secret, 0o600)
        data = folder / "data"
        initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", f"--pwfile={secret}"]
        made = account.popen([*map(str, initdb), "-E", "UTF8"], cwd=folder, stdout=subprocess.DEVNULL)
        assert made.wait(60) == 0
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
        server = account.popen([str(programs / "postgres"), "-D", str(data), *options], cwd=folder, stdout=-3)
        try:
            conninfo = make_conninfo(host=str(folder), user="postgres", password="rahasia", dbname="postgres")
            await_answer(conninfo)
            yield f"postgresql://postgres:rahasia@/pendopo?host={folder}"
        finally:
            server.terminate()
            server.wait(30)


def await_answer(conninfo: str) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(conninfo).close()
        except psycopg.OperationalError:
            assert time.monotonic() < end
            time.sleep(0.05)
        else:
            return


def test_a_ticket_goes_its_way_on_every_server_that_is_installed(tmp_path: Path) -> None:
    for programs in installed():
        with running(programs) as administrator:
            data = tmp_path / programs.parent.name
            surroundings = {key: value for key, value in os.environ.items() if "DATABASE" not in key} | {
                "DATABASE_URL": administrator,
                "PENDOPO_DATA": str(data),
                "PYTHONPATH": str(CHECKOUT),
            }

            def run(*arguments: str, surroundings: dict[str, str] = surroundings) -> str:
                done = subprocess.run(
                    [sys.executable, *arguments],
                    env=surroundings,
                    capture_output=True,
                    text=True,
                    timeout=180,
                    check=False,
                )
                assert done.returncode == 0, done.stderr
                return done.stdout

            prepare = "from pendopo.config.databases import prepare_given; from pendopo.config.env import env"
            run("-c", f"{prepare}; prepare_given(env)")
            run("-m", "django", "migrate", "--database", "owner", "--verbosity", "0")
            assert run("-c", ONE_TICKET).strip().splitlines()[-1] == '["A-001", "A-001", "completed"]'
