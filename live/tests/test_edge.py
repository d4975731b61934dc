"""Whose pages may hear us, and what a request says."""

import pytest
from pytest_django.fixtures import Settings

from live.edge import Request, Scope


def scope(host: str, origin: str, *, scheme: str = "http", query: bytes = b"") -> Scope:
    headers = [(b"host", host.encode()), (b"origin", origin.encode())]
    return {"type": "http", "scheme": scheme, "path": "/", "query_string": query, "headers": headers}


@pytest.mark.parametrize(
    ("scheme", "host", "origin", "is_ours"),
    [
        ("http", "localhost:8001", "http://localhost:8000", True),
        ("http", "192.168.1.5:8001", "http://192.168.1.5:8000", True),
        ("http", "[::1]:8001", "http://[::1]:8000", True),
        ("https", "mpp.test:8001", "https://mpp.test:8000", True),
        ("http", "mpp.test:8001", "https://mpp.test:8000", False),
        ("http", "mpp.test:8001", "http://mpp.test", False),
        ("http", "mpp.test:8001", "http://mpp.test.evil:8000", False),
        ("http", "mpp.test:8001", "http://user@mpp.test:8000", False),
        ("http", "mpp.test:8001", "http://mpp.test:8000\r\nx: y", False),
        ("http", "", "", False),
        ("http", "", "null", False),
    ],
)
def test_pages_are_on_the_name_by_which_we_were_called(
    settings: Settings, scheme: str, host: str, origin: str, is_ours: bool
) -> None:
    settings.PAGE_PORT, settings.LIVE_ORIGIN = 8000, None

    assert Request.of(scope(host, origin, scheme=scheme)).origin == (origin if is_ours else "")


@pytest.mark.parametrize(
    ("origin", "is_ours"),
    [("https://mpp.test", True), ("https://mpp.test:8443", False), ("https://live.mpp.test", False), ("null", False)],
)
def test_behind_a_proxy_pages_are_on_the_names_of_the_installation(
    settings: Settings, origin: str, is_ours: bool
) -> None:
    settings.LIVE_ORIGIN, settings.ALLOWED_HOSTS = "https://live.mpp.test", ["mpp.test"]

    assert Request.of(scope("live.mpp.test", origin)).origin == (origin if is_ours else "")


@pytest.mark.parametrize(
    ("query", "heard"),
    [(b"last=12", 12), (b"last=-1", None), (b"last=x", None), (b"last=", None), (b"last=" + b"9" * 30, None)],
)
def test_the_last_event_is_a_number_or_nothing(query: bytes, heard: int | None) -> None:
    assert Request.of(scope("x", "", query=query)).heard == heard
