"""The service on a free port, over TLS, with the faults that networks and services have."""

import base64
import binascii
import contextlib
import email.parser
import email.policy
import hmac
import json
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from secrets import token_hex

from simulators.bsre import authority
from simulators.bsre.authority import Held
from simulators.bsre.people import FIRST_CODE, PEOPLE, SUBSCRIBER, signed

NAME, PASSWORD = "pendopo", "kata-sandi-layanan-uji"
WRONG_PASSPHRASE, NOT_REGISTERED = 2031, 2011

type Body = dict[str, object]
type Answer = tuple[int, str, bytes]


@dataclass
class SimulatedBsre:
    """One service. Change its faults while it runs; they hold from the next request on.

    `slowness` seconds before each answer; `drop_after` bytes of an answer it hangs up; `rubbish` is what it answers
    instead; `fails_with` a status and a body; `is_unsigned` it gives back what it got; `good_for` so many signatures
    work and each after that fails.
    """

    folder: Path
    port: int = 0
    slowness: float = 0.0
    drop_after: int | None = None
    rubbish: bytes | None = None
    fails_with: tuple[int, bytes] | None = None
    is_unsigned: bool = False
    good_for: int | None = None
    asked: list[str] = field(default_factory=list)
    signatures: int = 0
    _codes: set[str] = field(default_factory=set)
    _people: dict[str, Held] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = authority.authority("Otoritas UJI BSrE (simulator)")
        self._tls_root = authority.authority("Otoritas TLS UJI (simulator)")
        self._tls = authority.server(self._tls_root)
        self._seal = authority.signer("Segel UJI Pemerintah Contoh", self.root)
        (self.folder / "authority.pem").write_bytes(self.root.pem)
        (self.folder / "ca.pem").write_bytes(self._tls_root.pem)
        (self.folder / "tls.pem").write_bytes(self._tls.pem + self._tls.key_pem)

    def address(self, *, version: int = 2) -> str:
        """Where it is, as PENDOPO_BSRE tells it."""
        query = (
            f"version={version}&subscriber={SUBSCRIBER}&ca={self.folder}/ca.pem&authority={self.folder}/authority.pem"
        )
        return f"https://{NAME}:{PASSWORD}@127.0.0.1:{self.port}/?{query}"

    @contextlib.contextmanager
    def running(self) -> Iterator["SimulatedBsre"]:
        """Listen until the end of the block."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "tls.pem")
        service = self

        class Handler(_Handler):
            there = service

        server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        server.daemon_threads = True
        server.socket = context.wrap_socket(server.socket, server_side=True)
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def answer(self, method: str, path: str, kind: str, content: bytes) -> Answer:
        """Answer a request of somebody who may ask."""
        self.asked.append(f"{method} {path.rpartition('/')[0] if '/status/' in path else path}")
        if self.slowness:
            time.sleep(self.slowness)
        if self.fails_with:
            return self.fails_with[0], "application/json", self.fails_with[1]
        if self.rubbish is not None:
            return 200, "application/json", self.rubbish
        if method == "GET" and path.startswith("/api/user/status/"):
            return self._status(path.rpartition("/")[2])
        if method == "POST" and path == "/api/sign/pdf":
            return self._sign_form(kind, content)
        try:
            told = json.loads(content)
        except ValueError:
            return _refused(400, "Request tidak valid", 1000)
        ways = {
            "/api/v2/user/check/status": lambda: self._status(str(told.get("nik", ""))),
            "/api/v2/sign/pdf": lambda: self._sign(told),
            "/api/v2/seal/get/totp": lambda: self._code(told),
            "/api/v2/seal/pdf": lambda: self._sign_seal(told),
        }
        if method != "POST" or path not in ways or not isinstance(told, dict):
            return _refused(404, "Tidak ditemukan", 404)
        return ways[path]()

    def _status(self, nik: str) -> Answer:
        known = PEOPLE.get(nik)
        return _json(200, {"status": known.status if known else "NOT_REGISTERED", "status_code": 1111})

    def _sign(self, told: Body) -> Answer:
        nik = str(told.get("nik", ""))
        if refused := _wrong(nik, str(told.get("passphrase", ""))):
            return refused
        return self._signed_json(told, self._person(nik))

    def _code(self, told: Body) -> Answer:
        if (told.get("idSubscriber"), told.get("totp")) != (SUBSCRIBER, FIRST_CODE):
            return _refused(400, "TOTP salah", WRONG_PASSPHRASE)
        code = token_hex(3)
        self._codes.add(code)
        return _json(200, {"totp": code})

    def _sign_seal(self, told: Body) -> Answer:
        if told.get("totp") not in self._codes or told.get("idSubscriber") != SUBSCRIBER:
            return _refused(400, "TOTP salah", WRONG_PASSPHRASE)
        self._codes.discard(str(told["totp"]))
        return self._signed_json(told, self._seal)

    def _signed_json(self, told: Body, by: Held) -> Answer:
        files, properties = told.get("file"), told.get("signatureProperties")
        if not isinstance(files, list) or not isinstance(properties, list) or len(files) != len(properties):
            return _refused(400, "Jumlah file dan signatureProperties berbeda", 1001)
        try:
            pdfs = [base64.b64decode(each, validate=True) for each in files]
        except (binascii.Error, ValueError, TypeError):
            return _refused(400, "File tidak valid", 1002)
        made = []
        for pdf, said in zip(pdfs, properties, strict=True):
            done = self._put(pdf, by, str(said.get("reason", "")), str(said.get("location", "")))
            if done is None:
                return _refused(500, "Internal server error", 500)
            made.append(base64.b64encode(done).decode())
        return _json(200, {"time": 1, "file": made})

    def _sign_form(self, kind: str, content: bytes) -> Answer:
        fields = _form(kind, content)
        nik, pdf = fields.get("nik", b"").decode(), fields.get("file", b"")
        if refused := _wrong(nik, fields.get("passphrase", b"").decode()):
            return refused
        done = self._put(pdf, self._person(nik), fields.get("reason", b"").decode(), "")
        return (200, "application/pdf", done) if done else _refused(500, "Internal server error", 500)

    def _put(self, pdf: bytes, by: Held, reason: str, location: str) -> bytes | None:
        if self.good_for is not None and self.signatures >= self.good_for:
            return None
        self.signatures += 1
        if self.is_unsigned:
            return pdf
        return signed(pdf, by, self.root, number=self.signatures, reason=reason, location=location)

    def _person(self, nik: str) -> Held:
        return self._people.setdefault(nik, authority.signer(PEOPLE[nik].name, self.root))


class _Handler(BaseHTTPRequestHandler):
    there: SimulatedBsre
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def log_message(self, text: str, *args: object) -> None:
        """Write nothing: paths hold NIKs."""

    def _handle(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        wanted = "Basic " + base64.b64encode(f"{NAME}:{PASSWORD}".encode()).decode()
        if not hmac.compare_digest(self.headers.get("Authorization", ""), wanted):
            status, kind, body = _refused(401, "Unauthorized", 401)
        else:
            status, kind, body = self.there.answer(
                self.command, self.path, self.headers.get("Content-Type", ""), content
            )  # fmt: skip
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            cut = self.there.drop_after
            self.wfile.write(body if cut is None else body[:cut])
            if cut is not None:
                self.close_connection = True


def _wrong(nik: str, passphrase: str) -> Answer | None:
    known = PEOPLE.get(nik)
    if known is None:
        return _refused(400, "User tidak terdaftar", NOT_REGISTERED)
    if passphrase != known.passphrase:
        return _refused(400, "Passphrase anda salah", WRONG_PASSPHRASE)
    return None


def _json(status: int, told: Body) -> Answer:
    return status, "application/json", json.dumps(told).encode()


def _refused(status: int, words: str, code: int) -> Answer:
    return _json(status, {"error": words, "status_code": code})


def _form(kind: str, content: bytes) -> dict[str, bytes]:
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    parts = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + content)
    found = {}
    for part in parts.iter_parts() if parts.is_multipart() else []:
        told = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str) and isinstance(told, bytes):
            found[name] = told
    return found
