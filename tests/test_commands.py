"""What the documents tell people to type, typed: in a mall of the test database, and in an installation of its own."""

import contextlib
import os
import re
import shlex
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from pendopo.agencies.actions.founding import add_outlet
from pendopo.agencies.actions.memberships import grant
from pendopo.agencies.models import ApiToken, Counter, Membership
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.catalogue.models import Published
from pendopo.config.cli import build
from pendopo.config.postgres import EmbeddedServer
from pendopo.config.tests import make
from pendopo.people.actions import open_account
from pendopo.people.models import Account
from pendopo.tenancy import wall
from pendopo.tenancy.actions import add_site, add_zone
from pendopo.tenancy.models import Device
from tests.documents import all_commands
from tests.servers import free_port
from tests.sources import CHECKOUT
from tests.test_docs import understood

FILES = {
    "instansi.csv": "instansi,singkatan\nDinas Kependudukan dan Pencatatan Sipil,Dukcapil\n",
    "loket.csv": "zona,nomor,instansi\nA,1,Dukcapil\nA,2,\n",
    "petugas.csv": "nama,surel,peran,instansi\nSri Wahyuni,sri@contoh.test,officer,Dukcapil\n",
    "layanan.csv": "instansi,layanan,biaya\nDukcapil,Kartu Keluarga,gratis\n",
}
OF_A_MALL = ("import", "arrange", "device", "token", "rollups", "keys")


@pytest.mark.django_db
def test_the_commands_of_a_mall_run_as_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    at = timezone.now()
    real, demo = agencies.mall(slug="mojokerto"), agencies.mall(slug="contoh")
    with wall.inside(real.pk):
        site = add_site(real, name="Gedung", at=at)
        add_zone(site, code="A", name="Zona A", at=at)
        add_outlet(real, site, agency=None, at=at)
    with wall.inside(demo.pk):
        # Accounts are the installation's: a demo mall that stood in this database before may have left its own.
        known = Account.objects.of_contact("manajer@contoh.test").first()
        manager = known or open_account("manajer@contoh.test", name="Manajer", password=None, at=at)
        grant(manager, demo, Role.MANAGER, at=at)
    commands = [parts for command in all_commands() if (parts := shlex.split(command))[0] == "pendopo"]
    app, runner = build(), CliRunner()

    ran = [parts for parts in commands if parts[1] in OF_A_MALL]
    for parts in ran:
        done = runner.invoke(app, parts[1:])
        assert (done.exit_code, done.exception) == (0, None), f"{parts}: {done.output}"

    assert len(ran) >= 10
    with wall.inside(real.pk):
        assert (Counter.objects.count(), Membership.objects.count()) == (2, 1)
        assert Published.objects.of_mall(real).count() == 1
        assert Device.objects.get().revoked_at is not None
    with wall.inside(demo.pk):
        assert ApiToken.objects.get().revoked_at is not None


def test_every_target_of_make_does_what_is_told() -> None:
    targets = {parts[1] for command in all_commands() if (parts := shlex.split(command))[0] == "make"}
    does = {target: _make("-n", "-o", ".venv/.base", "-o", ".venv/.dev", target) for target in targets}

    assert {"up", "check", "test", "bench", "env", "pins"} == targets
    assert ".venv/bin/pendopo up --demo" in does["up"]
    assert ".venv/bin/python -m bench" in does["bench"]
    assert "scripts/check" in does["check"]
    assert "scripts/test" in does["test"]
    assert "make check test" in (CHECKOUT / ".ci" / "run").read_text()


def _make(*arguments: str) -> str:
    return subprocess.run(["make", *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout


def test_every_benchmark_that_is_named_is_there() -> None:
    named = {parts[3] for command in all_commands() if (parts := shlex.split(command))[1:3] == ["-m", "bench"]}

    assert named == {
        "ticket",
        "call",
        "live",
        "estimate",
        "races",
        "soak",
        "search",
        "head",
        "steering",
        "documents",
        "messages",
    }
    for name in named:
        assert re.search(r"^def run\(", (CHECKOUT / "bench" / f"{name}.py").read_text(), re.MULTILINE)


def test_a_part_of_the_suite_can_be_chosen() -> None:
    told = [parts[3] for command in all_commands() if (parts := shlex.split(command))[1:3] == ["-m", "pytest"]]

    assert told
    assert [path for path in told if not (CHECKOUT / path / "tests").is_dir()] == []


def test_the_units_start_commands_that_exist() -> None:
    deploy = CHECKOUT / "deploy"
    copied = [parts[1] for command in all_commands() if (parts := shlex.split(command))[0] == "cp"]
    started = [re.findall(r"^ExecStart=(.+)$", unit.read_text(), re.MULTILINE) for unit in deploy.glob("*.service")]

    assert copied
    assert [path for path in copied if not (CHECKOUT / path).is_file()] == []
    assert len(started) == 4
    for (command,) in started:
        program, *arguments = shlex.split(command)
        assert program == "/srv/pendopo/app/.venv/bin/pendopo"
        understood(arguments)


@pytest.fixture(scope="module")
def surroundings() -> Iterator[dict[str, str]]:
    """Give an installation of their own to the tests below: a data folder, free ports, nothing of the suite's."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PENDOPO") and "DATABASE" not in key}
    ports = {name: str(free_port()) for name in ("PENDOPO_PORT", "PENDOPO_LIVE_PORT", "PENDOPO_HANDOUT_PORT")}
    with make.data_folder() as data:
        yield {**kept, **ports, "PENDOPO_DATA": str(data)}
        EmbeddedServer(data).stop()


@contextlib.contextmanager
def running(command: list[str], surroundings: dict[str, str]) -> Iterator[str]:
    """Run a command, give what it prints until it is ready, and press Ctrl-C at the end of the block."""
    path = Path(surroundings["PENDOPO_DATA"]).parent / "printed"
    with path.open("w") as output:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=surroundings, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        make.eventually(lambda: "Pendopo siap" in path.read_text() or process.poll() is not None, patience=90)
        assert process.poll() is None, path.read_text()
        yield path.read_text()
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def page(url: str, *, authority: Path | None = None) -> str:
    """Return a page, '' while there is none."""
    context = ssl.create_default_context(cafile=authority) if authority else None
    with contextlib.suppress(OSError), urlopen(url, timeout=5, context=context) as answer:  # noqa: S310 - ours
        return str(answer.read().decode())
    return ""


def pendopo(surroundings: dict[str, str], *arguments: str, typed: str = "") -> str:
    """Run the command to its end and return what it printed."""
    command = [sys.executable, "-m", "pendopo.config.cli", *arguments]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=surroundings, input=typed, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.xdist_group("installation")
def test_the_demo_mall_comes_up_is_made_anew_and_lives_through_an_update(surroundings: dict[str, str]) -> None:
    mall = f"http://localhost:{surroundings['PENDOPO_PORT']}/m/contoh"
    with running(["make", "-o", ".venv/.base", "up"], surroundings) as printed:
        addresses = re.findall(r"http://localhost:\d+/m/contoh/[a-z/]*", printed)
        assert len(addresses) == 4
        assert [address for address in addresses if not page(address)] == []
        assert "MPP Pendopo Raya" in page(f"{mall}/board/")
        assert "178 layanan" in pendopo(surroundings, "demo", "--reset")
        assert "178 layanan" in pendopo(surroundings, "demo", "--scene", "sragen")

    assert "Done." in pendopo(surroundings, "update")
    told = pendopo(surroundings, "database", "shell", typed="\\pset tuples_only\nSELECT slug FROM tenancy_mall;\n")
    assert re.findall(r"^ (\w+)\s*$", told, re.MULTILINE) == ["contoh"]


@pytest.mark.xdist_group("installation")
def test_the_hall_is_served_by_https(surroundings: dict[str, str]) -> None:
    port, handout = surroundings["PENDOPO_PORT"], surroundings["PENDOPO_HANDOUT_PORT"]
    authority = Path(surroundings["PENDOPO_DATA"]) / "tls" / "authority.crt"
    here = surroundings | {"PENDOPO_HOST": "127.0.0.2", "PENDOPO_HOSTS": "127.0.0.2"}  # alone, not for the whole LAN
    with running([sys.executable, "-m", "pendopo.config.cli", "up", "--tls"], here):
        assert page(f"https://127.0.0.2:{port}/healthz", authority=authority) == '{"status": "alive"}'
        assert page(f"https://127.0.0.2:{port}/healthz") == ""
        assert page(f"http://127.0.0.2:{handout}/pendopo.crt") == authority.read_text()
