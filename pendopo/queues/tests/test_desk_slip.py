"""The visit's slip from the desk to the zone's printer."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from pendopo.queues.models import Slip, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.tests.test_reception import at_desk, attend, second_service, text
from pendopo.queues.types import State
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device
from simulators.printer.server import SimulatedPrinter

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def machine() -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter().running() as printer:
        yield printer


def printer(hall: Hall, machine: SimulatedPrinter) -> None:
    """Put a printer into the desk's zone."""
    at = timezone.now()
    with wall.inside(hall.mall.pk):
        device, _token = tenancy.register_device(
            hall.place.site, kind=Device.Kind.PRINTER, name="Pencetak meja", zone=hall.place.zone, at=at
        )
        tenancy.connect_printer(device, address=machine.address, paper_mm=80, at=at)


def test_the_zones_printer_prints_all_numbers_of_the_visit_once(machine: SimulatedPrinter) -> None:
    hall = make.hall()
    printer(hall, machine)
    client = at_desk(hall)
    address = attend(hall, client, [hall.service.code, second_service(hall)])["Location"]
    assert "Cetak lewat peramban" in text(client.get(address))

    for _press in range(2):
        assert client.post(f"{address}paper/", {"copy": 0}).status_code == 302

    assert "Tercetak" in text(client.get(address))
    with wall.inside(hall.mall.pk):
        assert list(Slip.objects.values_list("copy", "state")) == [(0, Slip.State.PRINTED)]
    (sheet,) = machine.sheets
    assert len(sheet.large) == 1
    assert {"A-001", "B-001"} <= set(sheet.text.replace(":", "").split())


def test_without_paper_the_desk_says_so_and_the_numbers_stay(machine: SimulatedPrinter) -> None:
    hall = make.hall()
    printer(hall, machine)
    machine.paper = "out"
    client = at_desk(hall)
    address = attend(hall, client, [hall.service.code])["Location"]

    client.post(f"{address}paper/", {"copy": 0})

    assert "Kertas habis" in text(client.get(address))
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get().state == State.WAITING


def test_where_no_printer_is_nothing_is_asked_of_one() -> None:
    hall = make.hall()
    client = at_desk(hall)
    address = attend(hall, client, [hall.service.code])["Location"]

    response = client.post(f"{address}paper/", {"copy": 0})

    assert response.status_code == 422
    assert "Cetak lewat peramban" in text(response)
    with wall.inside(hall.mall.pk):
        assert not Slip.objects.exists()
