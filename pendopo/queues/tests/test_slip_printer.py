"""The network adapter against a printer with every fault: it always ends in time, and says what is known."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from pendopo.queues.printing import Paper, PaperOut, SlipText, Unreachable
from pendopo.queues.printing.network import NetworkPrinter, printer_at
from simulators.printer.server import SimulatedPrinter

SLIP = SlipText("MPP", "Nomor antrean Anda", "A-012", "Kartu Keluarga", "Dukcapil", ("Zona A",), "http://a/", "", "")
SOON = 0.4


@pytest.fixture
def machine() -> Iterator[SimulatedPrinter]:
    with SimulatedPrinter().running() as printer:
        yield printer


def printer(machine: SimulatedPrinter) -> NetworkPrinter:
    return NetworkPrinter("127.0.0.1", machine.port, 80, patience=SOON)


def test_it_prints_and_hears_that_it_did(machine: SimulatedPrinter) -> None:
    assert printer(machine).print(SLIP) is Paper.OK

    (sheet,) = machine.sheets
    assert sheet.is_cut
    assert sheet.large == ["A-012"]
    assert printer(machine).look() is Paper.OK


def test_paper_that_soon_ends_is_told(machine: SimulatedPrinter) -> None:
    machine.paper = "low"

    assert printer(machine).look() is Paper.LOW
    assert printer(machine).print(SLIP) is Paper.LOW
    assert len(machine.sheets) == 1


def test_without_paper_nothing_is_sent(machine: SimulatedPrinter) -> None:
    machine.paper = "out"

    with pytest.raises(PaperOut):
        printer(machine).print(SLIP)

    assert printer(machine).look() is Paper.OUT
    assert machine.sheets == []
    assert set(machine.received) == {b""}


def test_paper_that_ends_in_the_middle_is_not_printed_and_not_nothing(machine: SimulatedPrinter) -> None:
    machine.room = 5

    with pytest.raises(Unreachable) as trouble:
        printer(machine).print(SLIP)

    assert trouble.value.paper is Paper.OUT
    assert machine.sheets[0].large == ["A-012"]
    assert not machine.sheets[0].is_cut


@pytest.mark.parametrize(
    "fault", [{"is_mute": True}, {"slowness": 1.0}, {"is_open": True}, {"drop_after": 3}, {"drop_after": 60}]
)
def test_a_printer_that_fails_is_unreachable_in_time(machine: SimulatedPrinter, fault: dict[str, float]) -> None:
    for name, value in fault.items():
        setattr(machine, name, value)
    began = time.monotonic()

    with pytest.raises(Unreachable):
        printer(machine).print(SLIP)

    assert time.monotonic() - began < SOON + 0.5
    assert [sheet for sheet in machine.sheets if sheet.is_cut] == []


def test_nobody_there_is_unreachable_in_time() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = NetworkPrinter("127.0.0.1", probe.getsockname()[1], 80, patience=SOON)
        began = time.monotonic()

        with pytest.raises(Unreachable, match="refused"):
            nobody.print(SLIP)

    assert time.monotonic() - began < SOON + 0.3


def test_a_printer_that_is_busy_for_a_moment_is_waited_for() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    waiting = NetworkPrinter("127.0.0.1", port, 80, patience=2.0)
    machine = SimulatedPrinter(port=port)

    def listen_later() -> None:
        time.sleep(0.25)
        with machine.running():
            asked.wait(2)

    asked = threading.Event()
    thread = threading.Thread(target=listen_later)
    thread.start()
    assert waiting.look() is Paper.OK
    asked.set()
    thread.join()


@pytest.mark.parametrize("address", ["", "printer.local:9100", "10.0.0.5:abc", "10.0.0.5:99999", ":9100", "10.0.0.500"])
def test_what_is_no_address_is_unreachable_at_once(address: str) -> None:
    with pytest.raises(Unreachable, match="no address"):
        printer_at(address, 80)


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [("10.0.0.5", "10.0.0.5", 9100), ("10.0.0.5:9101", "10.0.0.5", 9101), ("[fd00::5]:9100", "fd00::5", 9100)],
)
def test_an_address_has_a_port_or_the_usual_one(address: str, host: str, port: int) -> None:
    found = printer_at(address, None)

    assert isinstance(found, NetworkPrinter)
    assert (found.host, found.port, found.paper_mm) == (host, port, 80)
