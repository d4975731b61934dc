"""Requests of many threads over connections that stay open."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pendopo.notifications.channels import exchange
from pendopo.notifications.channels.calling import call
from pendopo.notifications.channels.exchange import Exchange, Reply
from pendopo.notifications.errors import ChannelDown, Unsure


class Gateway(ThreadingHTTPServer):
    """Notes who connects and what is asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.callers: set[object] = set()
        self.paths: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Gateway

    def do_POST(self) -> None:
        self.server.callers.add(self.client_address)
        self.server.paths.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.endswith("/gone"):
            self.close_connection = True
            return
        self.send_response(302 if self.path.endswith("/elsewhere") else 200)
        self.send_header("Location", "/there")
        self.send_header("Set-Cookie", "known=1")
        body = self.headers.get("Cookie", "none").encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_told: object) -> None:
        """Say nothing."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """Listen until the end of the test."""
    with Gateway() as here:
        thread = threading.Thread(target=here.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield here
        finally:
            exchange.close()
            here.shutdown()
            thread.join()


def ask(gateway: Gateway, path: str = "/") -> Reply:
    return call("POST", gateway.address + path, headers={"X-Key": "k"}, body=b"{}")


def test_threads_share_connections_that_stay_open(gateway: Gateway) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _number: ask(gateway), range(40)))

    assert set(answers) == {Reply(200, b"none")}
    assert len(gateway.paths) == 40
    assert len(gateway.callers) <= 4


def test_it_goes_nowhere_else_and_keeps_no_cookie(gateway: Gateway) -> None:
    assert ask(gateway, "/elsewhere").status_code == 302
    assert ask(gateway).content == b"none"
    assert gateway.paths == ["/elsewhere", "/"]


def test_a_line_that_breaks_leaves_a_doubt_and_is_not_asked_again(gateway: Gateway) -> None:
    with pytest.raises(Unsure):
        ask(gateway, "/gone")
    assert gateway.paths == ["/gone"]


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("http://127.0.0.1:1/", {}),
        ("http://nowhere.invalid/", {}),
        ("http://[::1", {}),
        ("http://127.0.0.1:99999/", {}),
        ("no address", {}),
        ("http://127.0.0.1/", {"X": "a\r\nb"}),
    ],
)
def test_what_cannot_go_out_has_surely_not(url: str, headers: dict[str, str]) -> None:
    with pytest.raises(ChannelDown) as refused:
        call("POST", url, headers=headers, body=b"")
    assert not isinstance(refused.value, Unsure)


def test_a_proxy_that_the_surroundings_name_is_asked(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", gateway.address)
    monkeypatch.delenv("no_proxy", raising=False)
    exchange._proxy_for.cache_clear()
    try:
        assert call("POST", "http://mpp.invalid/pesan", headers={}, body=b"{}").status_code == 200
    finally:
        exchange._proxy_for.cache_clear()

    assert gateway.paths == ["http://mpp.invalid/pesan"]


def test_a_fork_has_an_exchange_of_its_own(gateway: Gateway) -> None:
    ask(gateway)
    child = os.fork()
    if not child:
        # Nothing of the test may run on in the child.
        os._exit(0 if ask(gateway).status_code == 200 else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert ask(gateway).status_code == 200
    assert len(gateway.callers) == 2


def test_a_closed_one_leaves_no_thread() -> None:
    before = threading.active_count()
    Exchange().close()

    assert threading.active_count() == before
