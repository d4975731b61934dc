"""Slips from the kiosk to paper: whatever the printer does, the ticket is there, and no paper doubles unsaid."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.agencies.http import DEVICE_COOKIE
from pendopo.audit.models import Entry
from pendopo.queues.actions import printing
from pendopo.queues.models import Slip, Ticket, Visit
from pendopo.queues.queries.kiosks import kiosks
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device
from simulators.printer.server import SimulatedPrinter

pytestmark = pytest.mark.usefixtures("committed")


@dataclass
class Corner:
    """A kiosk with its printer, and whoever stands before it."""

    hall: Hall
    device: Device
    client: Client
    machine: SimulatedPrinter

    def take(self, **needs: str) -> str:
        """Take a number and return its key."""
        order = {"service": self.hall.service.code, "id": str(uuid4())} | needs
        told = self.client.post(f"/m/{self.hall.mall.slug}/kiosk/tickets/", order)
        assert told.status_code == 302, told.content.decode()
        return told["Location"].rstrip("/").rpartition("/")[2]

    def page(self, key: str) -> str:
        """Return the ticket's page."""
        told = self.client.get(f"/m/{self.hall.mall.slug}/kiosk/t/{key}/")
        assert told.status_code == 200
        return told.content.decode()

    def print(self, key: str, copy: int = 0) -> str:
        """Print as the page does, and return the page that it leads to."""
        told = self.client.post(f"/m/{self.hall.mall.slug}/kiosk/t/{key}/slips/", {"copy": copy})
        return self.page(key) if told.status_code == 302 else told.content.decode()

    def slips(self) -> list[tuple[int, str, str]]:
        """Return every slip: copy, state, problem."""
        with wall.inside(self.hall.mall.pk):
            return list(Slip.objects.order_by("pk").values_list("copy", "state", "problem"))

    def paper(self) -> str:
        """Return what the hall knows of the paper."""
        with wall.inside(self.hall.mall.pk):
            return Device.objects.get(pk=self.device.pk).paper


@pytest.fixture
def machine() -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter().running() as printer:
        yield printer


@pytest.fixture
def corner(machine: SimulatedPrinter) -> Corner:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        device, token = tenancy.register_device(
            hall.place.site, kind=Device.Kind.KIOSK, name="Kios 1", zone=hall.place.zone, at=timezone.now()
        )
        tenancy.connect_printer(device, address=machine.address, paper_mm=80, at=timezone.now())
    client = Client()
    client.cookies[DEVICE_COOKIE] = token
    return Corner(hall, device, client, machine)


def test_a_slip_is_printed_once_whatever_is_pressed(corner: Corner) -> None:
    key = corner.take()
    assert 'data-slip="due"' in corner.page(key)
    assert corner.slips() == []

    assert 'data-slip="printed"' in corner.print(key)
    assert 'data-slip="printed"' in corner.print(key)

    assert corner.slips() == [(0, "printed", "")]
    (sheet,) = corner.machine.sheets
    assert sheet.large == ["A-001"]
    assert sheet.codes == [f"http://testserver/m/{corner.hall.mall.slug}/t/{key}/"]
    assert sheet.inverse == []
    assert corner.paper() == "ok"
    with wall.inside(corner.hall.mall.pk):
        ticket = Ticket.objects.get(key=key)
        told = Entry.objects.filter(subject=f"ticket:{ticket.pk}").order_by("pk").values_list("action", "device_id")
        device = corner.device.pk
        assert list(told) == [("ticket.taken", device), ("slip.asked", device), ("slip.printed", device)]


def test_every_print_after_the_first_says_that_it_is_a_copy(corner: Corner) -> None:
    key = corner.take()
    for copy in range(4):
        corner.print(key, copy)

    refused = corner.print(key, 4)

    assert [sheet.inverse for sheet in corner.machine.sheets] == [[], ["SALINAN 1"], ["SALINAN 2"], ["SALINAN 3"]]
    assert "sudah dicetak berkali-kali" in refused
    assert [copy for copy, _state, _problem in corner.slips()] == [0, 1, 2, 3]


def test_a_copy_out_of_turn_is_refused(corner: Corner) -> None:
    key = corner.take()

    assert "bukan yang berikutnya" in corner.print(key, 1)

    assert corner.slips() == []
    assert corner.machine.sheets == []


def test_without_paper_the_number_stays_and_the_next_try_is_the_first(corner: Corner) -> None:
    corner.machine.paper = "out"
    key = corner.take()
    page = corner.print(key)
    assert 'data-slip="failed"' in page
    assert "Kertas pencetak habis" in page
    assert "A-001" in page
    assert "<svg" in page
    assert corner.slips() == [(0, "failed", "paper_out")]
    assert corner.paper() == "out"
    assert "Pencetak sedang tidak siap" in corner.client.get(f"/m/{corner.hall.mall.slug}/kiosk/").content.decode()

    corner.machine.paper = "ok"
    corner.print(key)

    assert corner.slips() == [(0, "printed", "")]
    assert [sheet.inverse for sheet in corner.machine.sheets] == [[]]
    assert corner.paper() == "ok"


@pytest.mark.parametrize(
    "fault",
    [{"is_mute": True}, {"slowness": 2.5}, {"is_open": True}, {"drop_after": 80}, {"room": 6}],
    ids=["mute", "slow", "open", "dropped", "ended"],
)
def test_what_may_be_on_paper_is_never_printed_again_as_the_first(corner: Corner, fault: dict[str, float]) -> None:
    for name, value in fault.items():
        setattr(corner.machine, name, value)
    key = corner.take()
    page = corner.print(key)
    assert 'data-slip="failed"' in page
    assert "A-001" in page
    assert corner.slips() == [(0, "failed", "unreachable")]

    healthy = SimulatedPrinter()
    for name in fault:
        setattr(corner.machine, name, getattr(healthy, name))
    corner.print(key)
    assert corner.slips() == [(0, "failed", "unreachable")]
    corner.print(key, 1)

    assert corner.slips() == [(0, "failed", "unreachable"), (1, "printed", "")]
    assert corner.machine.sheets[-1].inverse == ["SALINAN 1"]
    assert corner.machine.sheets[-1].is_cut


def test_a_printer_that_is_not_there_leaves_the_ticket(corner: Corner) -> None:
    with wall.inside(corner.hall.mall.pk):
        tenancy.connect_printer(corner.device, address="127.0.0.1:1", paper_mm=58, at=timezone.now())
    key = corner.take()

    assert "Pencetak tidak menjawab" in corner.print(key)

    assert corner.slips() == [(0, "failed", "unreachable")]
    assert corner.paper() == "silent"
    with wall.inside(corner.hall.mall.pk):
        assert Ticket.objects.get().key == key


def test_a_print_that_was_cut_off_counts_as_failed_and_is_followed_by_a_copy(corner: Corner) -> None:
    key = corner.take()
    now = timezone.now()
    with wall.inside(corner.hall.mall.pk):
        ticket = Ticket.objects.get(key=key)
        asked = printing.ask(ticket, printer=corner.device, copy=0, by=None, at=now)
        again = printing.ask(ticket, printer=corner.device, copy=0, by=None, at=now + timedelta(seconds=9))
    assert (asked.is_new, again.is_new) == (True, False)
    assert 'data-slip="printing"' in corner.print(key)
    with wall.inside(corner.hall.mall.pk):
        Slip.objects.update(asked_at=now - timedelta(seconds=11))

    assert 'data-slip="failed"' in corner.page(key)
    assert 'data-slip="printed"' in corner.print(key, 1)

    assert corner.slips() == [(0, "failed", "interrupted"), (1, "printed", "")]
    assert [sheet.inverse for sheet in corner.machine.sheets] == [["SALINAN 1"]]


def test_without_a_printer_the_page_asks_for_a_photograph(corner: Corner) -> None:
    with wall.inside(corner.hall.mall.pk):
        tenancy.connect_printer(corner.device, address="", paper_mm=80, at=timezone.now())
    key = corner.take()

    page = corner.page(key)
    refused = corner.print(key)

    assert 'data-slip="none"' in page
    assert "Foto kode ini" in page
    assert "tidak ada pencetak" in refused
    assert corner.slips() == []


def test_a_printer_of_the_zone_prints_for_its_kiosks(corner: Corner) -> None:
    at = timezone.now()
    with wall.inside(corner.hall.mall.pk):
        tenancy.connect_printer(corner.device, address="", paper_mm=80, at=at)
        printer, _token = tenancy.register_device(
            corner.hall.place.site, kind=Device.Kind.PRINTER, name="Pencetak 1", zone=corner.hall.place.zone, at=at
        )
        tenancy.connect_printer(printer, address=corner.machine.address, paper_mm=58, at=at)

    corner.print(corner.take())

    assert corner.slips() == [(0, "printed", "")]
    assert max(len(line) for line in corner.machine.sheets[0].lines) <= 32


def test_only_a_device_of_the_hall_prints(corner: Corner) -> None:
    key = corner.take()
    stranger = Client()

    answer = stranger.post(f"/m/{corner.hall.mall.slug}/kiosk/t/{key}/slips/", {"copy": 0})

    assert answer.status_code == 403
    assert corner.slips() == []
    assert corner.machine.received == []
    assert 'data-slip="none"' in stranger.get(f"/m/{corner.hall.mall.slug}/kiosk/t/{key}/").content.decode()


def test_a_scanned_number_is_shown_and_prints_only_when_asked(corner: Corner) -> None:
    with wall.inside(corner.hall.mall.pk):
        key = Ticket.objects.get(pk=make.taken(corner.hall).id).key
    scans = f"/m/{corner.hall.mall.slug}/kiosk/scans/"

    for code in (key, f"http://10.0.0.2:8000/m/{corner.hall.mall.slug}/t/{key}/"):
        told = corner.client.post(scans, {"code": code})
        assert told["Location"] == f"/m/{corner.hall.mall.slug}/kiosk/t/{key}/"
    for code in ("8991102", key[:-1], f"{key}x", ""):
        told = corner.client.post(scans, {"code": code})
        assert told.status_code == 422
        assert "Kode ini bukan nomor antrean" in told.content.decode()
    unknown = corner.client.post(scans, {"code": "0" * len(key)})
    assert unknown.status_code == 404
    assert "Nomor antrean tidak ditemukan" in unknown.content.decode()

    assert 'data-slip="idle"' in corner.page(key)
    assert corner.machine.received == []


def test_needs_go_into_the_visit_and_not_onto_paper(corner: Corner) -> None:
    key = corner.take(priority="pregnant", wheelchair="1", interpreter="1")
    corner.print(key)
    corner.take(priority="elderly", deaf="1", nothing="1")

    with wall.inside(corner.hall.mall.pk):
        told = list(Visit.objects.order_by("pk").values_list("priority", "wheelchair", "deaf", "interpreter"))
    assert told == [("pregnant", True, False, True), ("", False, False, False)]
    text = corner.machine.sheets[0].text.lower()
    assert not any(word in text for word in ("hamil", "prioritas", "kursi", "bahasa"))


def test_a_kiosk_refuses_in_its_own_frame(corner: Corner) -> None:
    order = {"service": "TIDAK-ADA", "id": str(uuid4())}

    unknown = corner.client.post(f"/m/{corner.hall.mall.slug}/kiosk/tickets/", order)
    wrong = corner.client.post(f"/m/{corner.hall.mall.slug}/kiosk/tickets/", order | {"priority": "king"})

    assert (unknown.status_code, wrong.status_code) == (404, 422)
    for told in (unknown, wrong):
        assert "data-idle" in told.content.decode()
        assert "data-again" not in told.content.decode()
    with wall.inside(corner.hall.mall.pk):
        assert not Ticket.objects.exists()


def test_the_hall_knows_its_kiosks_and_their_paper(corner: Corner) -> None:
    beat = f"/m/{corner.hall.mall.slug}/device/heartbeat/"

    def health() -> tuple[str, str, int, int]:
        with wall.inside(corner.hall.mall.pk):
            (row,) = kiosks(corner.hall.mall, timezone.now())
        return row.level, row.paper, row.printed, row.failed

    assert health() == ("bad", "", 0, 0)
    assert corner.client.post(beat).status_code == 204
    assert health() == ("good", "ok", 0, 0)
    for paper in ("low", "out"):
        corner.machine.paper = paper
        corner.client.post(beat)
        assert health()[1] == paper
    corner.print(corner.take())
    assert health() == ("bad", "out", 0, 1)
    corner.machine.paper = "ok"
    looked = len(corner.machine.received)
    corner.client.post(beat)
    # A slip has just told how the printer is: it is left alone.
    assert len(corner.machine.received) == looked
    with wall.inside(corner.hall.mall.pk):
        Slip.objects.update(asked_at=timezone.now() - timedelta(minutes=1))
    corner.machine.is_mute = True
    corner.client.post(beat)
    assert health()[1] == "silent"
