"""The gateway on a free port, with the faults that real ones have."""

import binascii
import contextlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from simulators.snap import signing

BASE = "/v1.0"
SERVICES = {
    f"{BASE}/access-token/b2b": "73",
    f"{BASE}/qr/qr-mpm-generate": "47",
    f"{BASE}/qr/qr-mpm-query": "51",
    f"{BASE}/qr/qr-mpm-cancel": "77",
    f"{BASE}/qr/qr-mpm-refund": "78",
}


@dataclass
class Code:
    """A code that was given out."""

    reference: str
    gateway_reference: str
    amount: str
    content: str
    status: str = "01"
    paid_time: str = ""
    paid_amount: str = ""


@dataclass
class GivenBack:
    """Money that was given back of a code, under the partner's own number."""

    number: str
    gateway_number: str
    reference: str
    amount: int
    time: str


@dataclass
class SimulatedGateway:
    """One gateway. Change its faults while it runs; they hold from the next call on.

    `is_down` it hangs up; `slowness` seconds before each answer; `rubbish` what it answers instead; `loses` so many
    answers after having done what was asked; `refuses` a code that it answers instead, by service; `is_forgetful` its
    tokens are refused once.
    """

    client: str
    secret: str
    key: rsa.RSAPublicKey
    port: int = 0
    is_down: bool = False
    slowness: float = 0.0
    rubbish: bytes | None = None
    loses: int = 0
    refuses: dict[str, str] = field(default_factory=dict)
    is_forgetful: bool = False
    life: str = "899"
    own_key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048), repr=False
    )
    codes: dict[str, Code] = field(default_factory=dict)
    given_back: dict[str, GivenBack] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    externals: set[str] = field(default_factory=set)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def public_key(self) -> str:
        """The public half of its own key."""
        return self.own_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    @contextlib.contextmanager
    def running(self) -> Iterator["SimulatedGateway"]:
        """Listen until the end of the block."""
        server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        server.daemon_threads = True
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def pay(self, reference: str, *, amount: str = "", at: str = "") -> Code:
        """Let somebody pay a code with an app."""
        code = self.codes[reference]
        code.status, code.paid_amount = "00", amount or code.amount
        code.paid_time = at or signing.now().isoformat(timespec="seconds")
        return code

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, object]]:
        """Answer one call as the standard has it."""
        service = SERVICES.get(path)
        self.heard.append(path.rpartition("/")[2])
        if service is None:
            return 404, {"responseCode": "4040000", "responseMessage": "Not found"}
        if refused := self.refuses.get(service):
            return _told(int(refused[:3]), service, refused[5:], "Refused")
        if not signing.is_near(headers.get("x-timestamp", "")):
            return _told(400, service, "01", "Invalid field format X-TIMESTAMP")
        try:
            asked = json.loads(body)
        except ValueError:
            return _told(400, service, "00", "Bad request")
        if service == "73":
            return self._token(headers, asked)
        if case := self._unsigned(path, headers, body):
            return _told(401, service, case, "Unauthorized")
        external = headers.get("x-external-id", "")
        if not (external.isascii() and external.isdigit() and len(external) <= 36):
            return _told(400, service, "01", "Invalid field format X-EXTERNAL-ID")
        if external in self.externals:
            return _told(409, service, "00", "Conflict")
        self.externals.add(external)
        return {"47": self._generate, "51": self._query, "77": self._cancel, "78": self._refund}[service](asked)

    def _token(self, headers: dict[str, str], asked: dict[str, object]) -> tuple[int, dict[str, object]]:
        text = f"{headers.get('x-client-key', '')}|{headers.get('x-timestamp', '')}"
        if asked.get("grantType") != "client_credentials":
            return _told(400, "73", "02", "Missing mandatory field grantType")
        is_known = headers.get("x-client-key") == self.client
        if not is_known or not signing.is_signed(text, headers.get("x-signature", ""), self.key):
            return _told(401, "73", "00", "Unauthorized. Signature")
        token = secrets.token_urlsafe(24)
        self.tokens.add(token)
        more = {"accessToken": token, "tokenType": "BearerToken", "expiresIn": self.life}
        return _told(200, "73", "00", "Successful", more)

    def _unsigned(self, path: str, headers: dict[str, str], body: bytes) -> str:
        token = headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.tokens or self.is_forgetful:
            self.is_forgetful = False
            self.tokens.discard(token)
            return "01"
        right = signing.symmetric(path, token, body, headers.get("x-timestamp", ""), self.secret)
        is_right = hmac.compare_digest(right.encode(), headers.get("x-signature", "").encode())
        has_names = headers.get("x-partner-id") == self.client and bool(headers.get("channel-id"))
        return "" if is_right and has_names else "00"

    def _generate(self, asked: dict[str, object]) -> tuple[int, dict[str, object]]:
        reference, amount = asked.get("partnerReferenceNo"), asked.get("amount")
        if not isinstance(reference, str) or not isinstance(amount, dict) or not asked.get("merchantId"):
            return _told(400, "47", "02", "Missing mandatory field")
        if reference in self.codes:
            return _told(409, "47", "01", "Duplicate partnerReferenceNo")
        value = str(amount.get("value", ""))
        if not value.endswith(".00") or amount.get("currency") != "IDR":
            return _told(400, "47", "01", "Invalid field format amount")
        code = Code(reference, f"GW{len(self.codes) + 1:010}", value, _qris(value.partition(".")[0], reference))
        self.codes[reference] = code
        more = {"referenceNo": code.gateway_reference, "partnerReferenceNo": reference, "qrContent": code.content}
        return _told(200, "47", "00", "Successful", more)

    def _query(self, asked: dict[str, object]) -> tuple[int, dict[str, object]]:
        code = self.codes.get(str(asked.get("originalPartnerReferenceNo", "")))
        if asked.get("serviceCode") != "47":
            return _told(400, "51", "01", "Invalid field format serviceCode")
        if code is None:
            return _told(404, "51", "01", "Transaction not found")
        more: dict[str, object] = {
            "originalReferenceNo": code.gateway_reference,
            "originalPartnerReferenceNo": code.reference,
            "serviceCode": "47",
            "latestTransactionStatus": code.status,
            "amount": {"value": code.paid_amount or code.amount, "currency": "IDR"},
        }
        return _told(200, "51", "00", "Successful", more | ({"paidTime": code.paid_time} if code.paid_time else {}))

    def _cancel(self, asked: dict[str, object]) -> tuple[int, dict[str, object]]:
        code = self.codes.get(str(asked.get("originalPartnerReferenceNo", "")))
        if code is None:
            return _told(404, "77", "01", "Transaction not found")
        if code.status == "00":
            return _told(404, "77", "14", "Paid bill")
        code.status = "05"
        return _told(200, "77", "00", "Successful", {"originalPartnerReferenceNo": code.reference})

    def _refund(self, asked: dict[str, object]) -> tuple[int, dict[str, object]]:
        """Give money back once a number, and never more than was paid."""
        number, amount = asked.get("partnerRefundNo"), asked.get("refundAmount")
        if not isinstance(number, str) or not isinstance(amount, dict) or not asked.get("merchantId"):
            return _told(400, "78", "02", "Missing mandatory field")
        value = str(amount.get("value", ""))
        if not value.removesuffix(".00").isdigit() or amount.get("currency") != "IDR":
            return _told(400, "78", "01", "Invalid field format refundAmount")
        code = self.codes.get(str(asked.get("originalPartnerReferenceNo", "")))
        if code is None or asked.get("originalReferenceNo", code.gateway_reference) != code.gateway_reference:
            return _told(404, "78", "01", "Transaction not found")
        wanted = int(value.removesuffix(".00"))
        known = self.given_back.get(number)
        if known:
            if (known.reference, known.amount) != (code.reference, wanted):
                return _told(404, "78", "18", "Inconsistent request")
            return self._given(known)
        if code.status != "00":
            return _told(403, "78", "15", "Transaction not permitted")
        before = sum(each.amount for each in self.given_back.values() if each.reference == code.reference)
        paid = int((code.paid_amount or code.amount).partition(".")[0])
        if not 0 < wanted <= paid - before:
            return _told(404, "78", "13", "Invalid amount")
        time_ = signing.now().isoformat(timespec="seconds")
        made = GivenBack(number, f"RF{len(self.given_back) + 1:010}", code.reference, wanted, time_)
        self.given_back[number] = made
        if before + wanted == paid:
            code.status = "04"
        return self._given(made)

    def _given(self, made: GivenBack) -> tuple[int, dict[str, object]]:
        code = self.codes[made.reference]
        more: dict[str, object] = {
            "originalPartnerReferenceNo": code.reference,
            "originalReferenceNo": code.gateway_reference,
            "refundNo": made.gateway_number,
            "partnerRefundNo": made.number,
            "refundAmount": {"value": f"{made.amount}.00", "currency": "IDR"},
            "refundTime": made.time,
        }
        return _told(200, "78", "00", "Successful", more)


def _told(
    status: int, service: str, case: str, words: str, more: dict[str, object] | dict[str, str] | None = None
) -> tuple[int, dict[str, object]]:
    told: dict[str, object] = {"responseCode": f"{status}{service}{case}", "responseMessage": words}
    return status, told | dict(more or {})


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def _qris(amount: str, reference: str) -> str:
    """Write the code of an invented merchant at an invented acquirer."""
    acquirer = "".join(map(_field, ("00", "01", "02", "03"), ("ID.CO.CONTOH", "936009991234567890", "12345", "UKE")))
    national = "".join(map(_field, ("00", "02", "03"), ("ID.CO.QRIS.WWW", "ID1020000000001", "UKE")))
    tags = ("00", "01", "26", "51", "52", "53", "54", "58", "59", "60", "62")
    values = (
        "01", "12", acquirer, national, "9399", "360", amount, "ID", "MPP CONTOH", "CONTOH",
        _field("05", reference[:25]),
    )  # fmt: skip
    body = "".join(map(_field, tags, values)) + "6304"
    return body + f"{binascii.crc_hqx(body.encode(), 0xFFFF):04X}"


def _handler(gateway: SimulatedGateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if gateway.slowness:
                time.sleep(gateway.slowness)
            if gateway.is_down:
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, told = gateway.answer(self.path, headers, body)
            if gateway.loses and not self.path.endswith("b2b"):
                gateway.loses -= 1
                self.close_connection = True
                return
            content = json.dumps(told).encode() if gateway.rubbish is None else gateway.rubbish
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the standard library
            """Stay silent: `heard` has it."""

    return Handler
