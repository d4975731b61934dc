import ssl
import threading
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pendopo.config import handout
from pendopo.config.certificates import AUTHORITY_LIFE, SERVER_LIFE, ensure

NAMES = ["localhost", "127.0.0.1", "mpp.lan"]


def test_a_browser_that_trusts_the_authority_trusts_the_server(tmp_path: Path) -> None:
    made = ensure(tmp_path / "tls", NAMES)
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(made.server, made.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"https://127.0.0.1:{server.server_port}/"
        trusting = ssl.create_default_context(cafile=str(made.authority))
        with pytest.raises(urllib.error.HTTPError, match="501"):  # the handshake went well: only GET is unknown there
            urllib.request.urlopen(address, context=trusting, timeout=5)
        with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
            urllib.request.urlopen(address, context=ssl.create_default_context(), timeout=5)
    finally:
        server.shutdown()
        server.server_close()


def test_certificates_are_kept_until_they_must_be_renewed(tmp_path: Path) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    first = ensure(tmp_path / "tls", NAMES, now=now)
    authority, server = first.authority.read_bytes(), first.server.read_bytes()

    ensure(tmp_path / "tls", reversed(NAMES), now=now + timedelta(days=1))
    assert (first.authority.read_bytes(), first.server.read_bytes()) == (authority, server)

    ensure(tmp_path / "tls", [*NAMES, "10.0.0.7"], now=now)
    assert first.authority.read_bytes() == authority
    assert (other := first.server.read_bytes()) != server

    ensure(tmp_path / "tls", [*NAMES, "10.0.0.7"], now=now + SERVER_LIFE - timedelta(days=29))
    assert first.server.read_bytes() != other
    ensure(tmp_path / "tls", NAMES, now=now + AUTHORITY_LIFE)
    assert first.authority.read_bytes() != authority


def test_the_keys_are_for_their_owner_only(tmp_path: Path) -> None:
    made = ensure(tmp_path / "tls", NAMES)

    assert made.key.stat().st_mode & 0o077 == 0
    assert (tmp_path / "tls" / "authority.key").stat().st_mode & 0o077 == 0


def test_the_handout_gives_the_authority_and_its_fingerprint(tmp_path: Path) -> None:
    made = ensure(tmp_path / "tls", NAMES)
    server = handout.server(made.authority, host="127.0.0.1", port=0, secure_port=8000)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        here = f"http://127.0.0.1:{server.server_port}"
        with urllib.request.urlopen(f"{here}/pendopo.crt", timeout=5) as answer:  # noqa: S310 - our own address
            assert answer.read() == made.authority.read_bytes()
        with urllib.request.urlopen(here, timeout=5) as answer:
            page = answer.read().decode()
    finally:
        server.shutdown()
        server.server_close()

    assert handout.fingerprint(made.authority) in page
    assert "https://127.0.0.1:8000/" in page
