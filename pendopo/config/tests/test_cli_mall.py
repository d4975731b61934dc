"""A real mall by commands: from nothing to the first ticket."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from typer.testing import CliRunner, Result

from pendopo.agencies.models import Agency, ApiToken, Counter, Membership, Outlet
from pendopo.catalogue.models import Published, Service
from pendopo.config import founding
from pendopo.config.cli import build
from pendopo.config.errors import Failed
from pendopo.kernel.crypto import read_bearer
from pendopo.people.models import Account
from pendopo.queues.actions import taking
from pendopo.queues.models import CounterQueue, HallRules, Queue
from pendopo.queues.types import Origin
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Mall, Region, Zone
from pendopo.worktime.models import Holiday

REAL = Path(__file__).parents[2] / "demo" / "data" / "layanan_mpp.csv"
MONDAY = datetime(2026, 11, 23, 3, tzinfo=UTC)

type Run = Callable[..., Result]


@pytest.fixture
def run(db: None) -> Run:
    """Run the command as from a terminal, within the test's transaction: it may stand still, as no request's may."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    app, runner = build(), CliRunner()
    return lambda *arguments: runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def mall(db: None) -> Mall:
    """Make a mall as the command does, in a country of one region."""
    place = Region.objects.create(code="35.76", name="Kota Mojokerto", level=Region.Level.REGENCY, edition="Uji")
    done = founding.found(
        "mojokerto",
        name="MPP Kota Mojokerto",
        region=place,
        timezone=Mall.Zone.WIB,
        site="Gedung",
        email="kepala@contoh.test",
        admin="Kepala",
        password="kata sandi panjang",
        at=timezone.now(),
    )
    return done.mall


def set_up(run: Run, **changed: str) -> Result:
    given = {
        "name": "MPP Kota Mojokerto",
        "slug": "mojokerto",
        "region": "35.76",
        "admin-email": "kepala@contoh.test",
    } | {key.replace("_", "-"): value for key, value in changed.items()}
    return run("setup", *(part for key, value in given.items() for part in (f"--{key}", value)))


@pytest.mark.xdist_group("setup")
def test_a_mall_is_set_up_filled_and_gives_its_first_ticket(run: Run, tmp_path: Path) -> None:
    done = set_up(run)
    assert done.exit_code == 0, done.output
    mall = Mall.objects.get(slug="mojokerto")
    assert (mall.government, mall.timezone, mall.is_demo) == ("Kota Mojokerto", "Asia/Jakarta", False)
    assert Region.objects.filter(valid_to=None).count() == 91_599
    assert Holiday.objects.exists()
    password = done.output.partition("shown once: ")[2].split()[0]
    account = Account.objects.of_contact("kepala@contoh.test").get()
    assert account.check_password(password)
    with wall.inside(mall.pk):
        assert list(Membership.objects.values_list("account", "role")) == [(account.pk, "manager")]
        assert (Zone.objects.get().code, Outlet.objects.get().agency) == ("A", None)
        # Whoever takes a number at home reports before the call, until the manager decides otherwise.
        assert HallRules.objects.get().check_in_required

    counters = tmp_path / "loket.csv"
    counters.write_text("zona;nomor;instansi\nA;1;DPMPTSP\nA;2;DPMPTSP\nA;3;\n")
    imported = run("import", "services", REAL, "--mall", "mojokerto", "--create-agencies")
    assert (imported.exit_code, "230 baru" in imported.output) == (0, True), imported.output
    assert run("import", "counters", counters, "--mall", "mojokerto").exit_code == 0
    arranged = run("arrange", "--mall", "mojokerto")
    assert "230 layanan" in arranged.output
    assert "2 antrean" in arranged.output
    with wall.inside(mall.pk):
        assert Published.objects.filter(mall=mall).count() == 230
        assert CounterQueue.objects.count() == 3
        assert set(Queue.objects.values_list("code", flat=True)) == {"A", "B"}
    with wall.inside(mall.pk):
        code = Service.objects.get(recognised_as="izin reklame", agency__code="DPMPTSP").code
    ticket = taking.take(mall, code, origin=Origin.PHONE, request_id=uuid.uuid4(), by=taking.Caller(), at=MONDAY)
    assert ticket.number in {"A-001", "B-001"}

    again = run("arrange", "--mall", "mojokerto")
    assert "0 layanan" in again.output
    assert "0 antrean" in again.output


@pytest.mark.xdist_group("setup")
def test_services_that_come_later_join_the_queue_of_their_outlet(run: Run, mall: Mall, tmp_path: Path) -> None:
    file = tmp_path / "layanan.csv"
    file.write_text("instansi,layanan\nPLN,Pasang Baru\n")
    (tmp_path / "loket.csv").write_text("zona,nomor,instansi\nA,1,PLN\n")
    run("import", "services", file, "-m", "mojokerto", "--create-agencies")
    assert "! PLN" in run("arrange", "-m", "mojokerto").output
    run("import", "counters", tmp_path / "loket.csv", "-m", "mojokerto")
    run("arrange", "-m", "mojokerto")
    file.write_text("instansi,layanan\nPLN,Pasang Baru\nPLN,Tambah Daya\n")
    run("import", "services", file, "-m", "mojokerto")

    run("arrange", "-m", "mojokerto")

    with wall.inside(mall.pk):
        assert Queue.objects.get().services.count() == 2
        assert Published.objects.filter(mall=mall).count() == 2


@pytest.mark.xdist_group("setup")
@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "Kota Mojokerto"},
        {"slug": "contoh"},
        {"region": "35.76.01"},
        {"region": "x"},
        {"admin_email": "bukan surel"},
        {"timezone": "Mars"},
        {"name": "x"},
        {"name": "MPP Lain"},
    ],
)
def test_a_setup_that_cannot_be_meant_makes_nothing(run: Run, mall: Mall, wrong: dict[str, str]) -> None:
    changed = wrong if "slug" in wrong or wrong == {"name": "MPP Lain"} else {"slug": "lain", **wrong}

    done = set_up(run, **changed)

    assert isinstance(done.exception, Failed)
    assert list(Mall.objects.values_list("slug", "name")) == [("mojokerto", "MPP Kota Mojokerto")]
    assert Account.objects.count() == 1


@pytest.mark.xdist_group("setup")
def test_a_refused_or_tried_import_keeps_nothing_and_says_so(run: Run, mall: Mall, tmp_path: Path) -> None:
    file = tmp_path / "instansi.csv"
    file.write_text("instansi,kode\nPLN,PLN\n=cmd|calc,X1\n")

    refused = run("import", "agencies", file, "-m", "mojokerto")
    assert isinstance(refused.exception, Failed)
    assert "    3 ! " in refused.output
    tried = run("import", "agencies", file, "-m", "mojokerto", "--skip-bad", "--dry-run")
    assert (tried.exit_code, "    2 + PLN" in tried.output) == (0, True)
    with wall.inside(mall.pk):
        assert Agency.objects.count() == 0
    assert run("import", "agencies", file, "-m", "mojokerto", "--skip-bad").exit_code == 0
    with wall.inside(mall.pk):
        assert Agency.objects.get().code == "PLN"
        assert Counter.objects.count() == 0


@pytest.mark.xdist_group("setup")
def test_passwords_of_staff_are_printed_once_and_not_when_only_tried(run: Run, mall: Mall, tmp_path: Path) -> None:
    file = tmp_path / "petugas.csv"
    file.write_text("nama,surel,peran\nSri,sri@contoh.test,officer\n")

    tried = run("import", "staff", file, "-m", "mojokerto", "--dry-run")
    done = run("import", "staff", file, "-m", "mojokerto")
    again = run("import", "staff", file, "-m", "mojokerto")

    assert ["password" in result.output for result in (tried, done, again)] == [False, True, False]
    password = done.output.partition("password: ")[2].split()[0]
    assert Account.objects.of_contact("sri@contoh.test").get().check_password(password)


@pytest.mark.xdist_group("setup")
def test_a_token_is_printed_alone_and_ends_when_revoked(run: Run, mall: Mall) -> None:
    done = run("token", "create", "kepala@contoh.test", "--mall", "mojokerto")

    bearer = read_bearer(done.stdout.strip())
    assert done.stdout == done.stdout.strip() + "\n"
    assert (bearer.kind, bearer.mall) == ("account", mall.pk)
    assert run("token", "revoke", "kepala@contoh.test", "--mall", "mojokerto").stdout == ""
    with wall.inside(mall.pk):
        assert ApiToken.objects.get(number=bearer.token).revoked_at is not None
    for wrong in (("nobody@contoh.test", "mojokerto"), ("kepala@contoh.test", "lain")):
        assert isinstance(run("token", "create", wrong[0], "--mall", wrong[1]).exception, Failed)


@pytest.mark.xdist_group("setup")
def test_a_device_is_added_and_taken_out_of_service(run: Run, mall: Mall) -> None:
    done = run("device", "add", "-m", "mojokerto", "--kind", "kiosk", "--name", "Kios 1")

    bearer = read_bearer(done.stdout.strip())
    with wall.inside(mall.pk):
        device = Device.objects.get()
        assert (device.pk, device.zone and device.zone.code) == (bearer.subject, "A")
    for wrong in (("kiosk", "Kios 1", "A"), ("kapal", "Kios 2", "A"), ("kiosk", "Kios 2", "Z")):
        refused = run("device", "add", "-m", "mojokerto", "--kind", wrong[0], "--name", wrong[1], "--zone", wrong[2])
        assert isinstance(refused.exception, Failed)
    assert run("device", "revoke", "-m", "mojokerto", "--name", "Kios 1").exit_code == 0
    assert isinstance(run("device", "revoke", "-m", "mojokerto", "--name", "Kios 1").exception, Failed)
    with wall.inside(mall.pk):
        assert Device.objects.get().revoked_at is not None


@pytest.mark.xdist_group("setup")
def test_a_kiosk_is_told_where_it_prints(run: Run, mall: Mall) -> None:
    run("device", "add", "-m", "mojokerto", "--kind", "kiosk", "--name", "Kios 1")

    def printer(address: str, paper: str = "58", name: str = "Kios 1") -> Result:
        return run("device", "printer", "-m", "mojokerto", "-n", name, "--address", address, "--paper", paper)

    assert printer("10.0.0.5:9100").exit_code == 0
    for wrong in (printer("pencetak.lan"), printer("10.0.0.6", "76"), printer("10.0.0.6", name="Kios 9")):
        assert isinstance(wrong.exception, Failed)

    with wall.inside(mall.pk):
        device = Device.objects.get()
        assert (device.address, device.paper_mm) == ("10.0.0.5:9100", 58)
    assert printer("").exit_code == 0
    with wall.inside(mall.pk):
        assert Device.objects.get().address == ""
