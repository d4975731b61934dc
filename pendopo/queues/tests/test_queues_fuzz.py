"""Moments that are typed, and what a ticket printer answers."""

from contextlib import suppress
from datetime import UTC
from unittest.mock import patch

from django import forms
from hypothesis import given
from hypothesis import strategies as st

from pendopo.queues.printing import Paper, Unreachable, network
from pendopo.queues.views.planned_closings import moment
from pendopo.tenancy.actions import _is_address
from pendopo.tenancy.models import Mall
from tests.strange import TEXT


@given(TEXT | st.datetimes().map(lambda at: at.strftime("%Y-%m-%dT%H:%M")) | st.just("0001-01-01T00:00"))
def test_a_moment_is_understood_or_refused(text: str) -> None:
    for zone in Mall.Zone:
        with suppress(forms.ValidationError):
            assert moment(Mall(timezone=zone), text).astimezone(UTC).year >= 1999


class Printer:
    """A socket at whose other end anything is answered."""

    def __init__(self, told: bytes) -> None:
        self._told = told

    def settimeout(self, _seconds: float) -> None:
        return None

    def sendall(self, _data: bytes) -> None:
        return None

    def recv(self, most: int) -> bytes:
        told, self._told = self._told[:most], self._told[most:]
        return told

    def close(self) -> None:
        return None


@given(st.binary(max_size=20) | st.lists(st.sampled_from([0x12, 0x16, 0x1E, 0x72, 0x56]), max_size=6).map(bytes))
def test_a_printer_is_understood_or_out_of_reach(told: bytes) -> None:
    with patch.object(network._Line, "_open", lambda *_to: Printer(told)), suppress(Unreachable):
        assert network.printer_at("10.0.0.5:9100", 80).look() in Paper


@given(st.text(max_size=60) | st.from_regex(r"\A[0-9.\[\]:]{1,20}\Z"))
def test_the_address_of_a_printer_is_one_or_refused(text: str) -> None:
    is_taken = _is_address(text)
    with suppress(Unreachable):
        host, port = network._host_and_port(text)
        assert is_taken or len(text) > 64
        assert host
        assert 0 < port < 65536
