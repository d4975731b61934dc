"""QR MPM of SNAP over HTTPS: each call signed with a token that is asked for by our key and kept until it ends."""

import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.utils.translation import gettext as _

from pendopo.kernel.texts import is_fit
from pendopo.payments import snap
from pendopo.payments.gateways import (
    Answer,
    AskedBefore,
    GatewayAway,
    GatewayRefused,
    Given,
    GivenBack,
    NotKnownThere,
    Wanted,
    WantedBack,
)
from pendopo.payments.gateways.reading import TEXT, moment_of, money_of, told_of
from pendopo.payments.types import Told

TOKEN, GENERATE, QUERY, CANCEL, REFUND = "token", "generate", "query", "cancel", "refund"
PATHS: Final = {
    TOKEN: "/v1.0/access-token/b2b",
    GENERATE: "/v1.0/qr/qr-mpm-generate",
    QUERY: "/v1.0/qr/qr-mpm-query",
    CANCEL: "/v1.0/qr/qr-mpm-cancel",
    REFUND: "/v1.0/qr/qr-mpm-refund",
}
# Number of the transaction's service in SNAP: QR MPM generate.
OF_CODES = "47"
TIMES = httpx.Timeout(10.0, connect=4.0)
MOST_BYTES = 64 * 1024
# A token is left before it ends: the call with it takes time, and clocks differ.
EARLY = timedelta(seconds=30)
SHORTEST_LIFE, LONGEST_LIFE = 60, 3600
# SNAP's moments are of the gateway's zone, by rule that of Jakarta.
JAKARTA = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Credentials:
    """Under which name and keys a merchant calls; never printed."""

    address: str
    client: str
    merchant: str
    terminal: str
    channel: str
    secret: str = field(repr=False)
    key: RSAPrivateKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class Called:
    """That a call was made and how it went, for the log: status 0 where no answer came."""

    service: str
    at: datetime
    milliseconds: int
    status: int
    code: str


class Tokens:
    """Tokens of this process, each until it ends; threads share them."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def held(self, of: Credentials, at: datetime) -> str | None:
        """Return a token that still lives."""
        with self._lock:
            token, until = self._held.get((of.address, of.client), ("", at))
        return token if until > at else None

    def hold(self, of: Credentials, token: str, until: datetime) -> None:
        """Keep a token until it ends."""
        with self._lock:
            self._held[(of.address, of.client)] = (token, until)

    def drop(self, of: Credentials) -> None:
        """Forget a token that is refused."""
        with self._lock:
            self._held.pop((of.address, of.client), None)


TOKENS = Tokens()


class SnapGateway:
    """A merchant's account at a gateway that speaks SNAP; `log` hears of each call."""

    def __init__(
        self,
        credentials: Credentials,
        *,
        log: Callable[[Called], None] = lambda called: None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        tokens: Tokens = TOKENS,
    ) -> None:
        self._own, self._log, self._now, self._tokens = credentials, log, now, tokens

    def generate(self, wanted: Wanted) -> Given:
        """Ask for a dynamic code. Raises AskedBefore, GatewayAway, GatewayRefused."""
        body: dict[str, object] = {
            "partnerReferenceNo": wanted.reference,
            "amount": {"value": f"{wanted.amount.rupiah}.00", "currency": "IDR"},
            "merchantId": self._own.merchant,
            "validityPeriod": snap.written_moment(_local(wanted.expires_at)),
            "additionalInfo": {},
        }
        if self._own.terminal:
            body["terminalId"] = self._own.terminal
        told = self._call(GENERATE, body)
        content, reference = _text(told, "qrContent", 512), _text(told, "referenceNo", 64)
        if not content or told.get("partnerReferenceNo", wanted.reference) != wanted.reference:
            raise GatewayAway(_("Jawaban penyedia QRIS tidak terbaca."))
        return Given(content, reference)

    def query(self, reference: str, gateway_reference: str) -> Answer:
        """Ask what became of a code. Raises NotKnownThere, GatewayAway, GatewayRefused."""
        told = self._call(QUERY, {**_original(reference, gateway_reference), "serviceCode": OF_CODES,
                                  "merchantId": self._own.merchant})  # fmt: skip
        if told.get("originalPartnerReferenceNo", reference) != reference:
            raise GatewayAway(_("Jawaban penyedia QRIS tidak terbaca."))
        state = told_of(told.get("latestTransactionStatus"))
        if state is None:
            raise GatewayAway(_("Jawaban penyedia QRIS tidak terbaca."))
        if state is Told.NOT_FOUND:
            raise NotKnownThere(_("Penyedia QRIS tidak mengenal kode ini."))
        amount = money_of(told.get("amount")) if "amount" in told else None
        return Answer(state, amount, moment_of(told.get("paidTime")))

    def cancel(self, reference: str, gateway_reference: str, reason: str) -> None:
        """Take a code back. Raises NotKnownThere, GatewayAway, GatewayRefused."""
        asked = {**_original(reference, gateway_reference), "merchantId": self._own.merchant, "reason": reason}
        self._call(CANCEL, asked)

    def refund(self, wanted: WantedBack) -> GivenBack:
        """Ask for money back, under one number however often (service 78). Raises GatewayAway, GatewayRefused."""
        amount = {"value": f"{wanted.amount.rupiah}.00", "currency": "IDR"}
        body = {
            "merchantId": self._own.merchant,
            **_original(wanted.reference, wanted.gateway_reference),
            "partnerRefundNo": wanted.number,
            "refundAmount": amount,
            "reason": wanted.reason,
            "additionalInfo": {},
        }
        told = self._call(REFUND, body)
        # What speaks of something else than was asked is no answer to it.
        is_of_another = told.get("partnerRefundNo", wanted.number) != wanted.number
        given = money_of(told["refundAmount"]) if "refundAmount" in told else wanted.amount
        if is_of_another or given != wanted.amount:
            raise GatewayAway(_("Jawaban penyedia QRIS tidak terbaca."))
        return GivenBack(_text(told, "refundNo", 64), moment_of(told.get("refundTime")))

    def _call(self, service: str, body: Mapping[str, object]) -> dict[str, object]:
        # Whoever is asked for a token may refuse it with the word for a token that has ended.
        try:
            token = self._token()
            try:
                return self._signed(service, body, token)
            except _TokenRefused:
                self._tokens.drop(self._own)
            return self._signed(service, body, self._token())
        except _TokenRefused as error:
            raise GatewayRefused(_("Penyedia QRIS menolak tanda pengenal MPP ini.")) from error

    def _token(self) -> str:
        at = self._now()
        held = self._tokens.held(self._own, at)
        if held:
            return held
        moment = snap.written_moment(_local(at))
        headers = {
            "X-TIMESTAMP": moment,
            "X-CLIENT-KEY": self._own.client,
            "X-SIGNATURE": snap.sign_token_request(self._own.client, moment, self._own.key),
        }
        told = self._send(TOKEN, b'{"grantType":"client_credentials"}', headers)
        token, life = _text(told, "accessToken", 4096), str(told.get("expiresIn", ""))
        # It goes into a header, as it is.
        is_sendable = bool(token) and token.isascii() and token.isprintable()
        if not is_sendable or not (life.isascii() and life.isdigit() and len(life) < 9):
            raise GatewayAway(_("Jawaban penyedia QRIS tidak terbaca."))
        seconds = min(max(int(life), SHORTEST_LIFE), LONGEST_LIFE)
        self._tokens.hold(self._own, token, at + timedelta(seconds=seconds) - EARLY)
        return token

    def _signed(self, service: str, body: Mapping[str, object], token: str) -> dict[str, object]:
        at = self._now()
        written = json.dumps(body, separators=(",", ":")).encode()
        moment = snap.written_moment(_local(at))
        call = snap.Call("POST", PATHS[service], written, moment)
        headers = {
            "Authorization": f"Bearer {token}",
            "X-TIMESTAMP": moment,
            "X-PARTNER-ID": self._own.client,
            # Unique in a day: the time of day, and what nobody guesses.
            "X-EXTERNAL-ID": f"{at:%H%M%S%f}{secrets.randbelow(10**16):016}",
            "CHANNEL-ID": self._own.channel,
            "X-SIGNATURE": snap.sign_with_token(call, token, self._own.secret),
        }
        return self._send(service, written, headers)

    def _send(self, service: str, body: bytes, headers: Mapping[str, str]) -> dict[str, object]:
        at, started = self._now(), time.perf_counter()
        status, told = 0, None
        try:
            status, told = self._heard(service, body, headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise GatewayAway(_("Penyedia QRIS tidak terjangkau.")) from error
        finally:
            took = int((time.perf_counter() - started) * 1000)
            code = _text(told or {}, "responseCode", 7)
            self._log(Called(service, at, took, status, code if TEXT.fullmatch(code) else ""))
        return _judged(status, told)

    def _heard(self, service: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, dict[str, object] | None]:
        kinds = {"Content-Type": "application/json", "Accept": "application/json", **headers}
        address = self._own.address.rstrip("/") + PATHS[service]
        with (
            httpx.Client(timeout=TIMES, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", address, content=body, headers=kinds) as answer,
        ):
            content = b""
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > MOST_BYTES:
                    return answer.status_code, None
        try:
            told = json.loads(content)
        except (ValueError, RecursionError):
            return answer.status_code, None
        return answer.status_code, told if isinstance(told, dict) else None


class _TokenRefused(Exception):
    """The token is not accepted any more."""


def _judged(status: int, told: dict[str, object] | None) -> dict[str, object]:
    """Return what a good answer says. Raises what a bad one means: a code is HTTP's three digits, service, case."""
    code = _text(told or {}, "responseCode", 7)
    if told is None or len(code) != 7 or not code.isdigit() or status >= 500 or status < 200:
        raise GatewayAway(_("Jawaban penyedia QRIS tidak terbaca."))
    if code.startswith("200") and status == 200:
        return told
    # What may pass: pressed too hard, still at it, or broken on their side.
    if code[:3] in {"202", "429"} or code.startswith("5"):
        raise GatewayAway(_("Penyedia QRIS sedang tidak dapat menjawab."))
    if code.startswith("401") and code[5:] == "01":
        raise _TokenRefused
    said = _text(told, "responseMessage", 150)
    if code.startswith("409"):
        raise AskedBefore(_("Kode dengan nomor ini sudah pernah diminta."), answer=code, said=said)
    if code.startswith("404") and code[5:] in {"01", "12"}:
        raise NotKnownThere(_("Penyedia QRIS tidak mengenal kode ini."), answer=code, said=said)
    words = _("Penyedia QRIS menolak permintaan ini (%(code)s).") % {"code": code}
    raise GatewayRefused(words, answer=code, said=said)


def _original(reference: str, gateway_reference: str) -> dict[str, object]:
    told: dict[str, object] = {"originalPartnerReferenceNo": reference}
    return told | ({"originalReferenceNo": gateway_reference} if gateway_reference else {})


def _text(told: Mapping[str, object], name: str, most: int) -> str:
    value = told.get(name, "")
    return value if isinstance(value, str) and len(value) <= most and is_fit(value) else ""


def _local(at: datetime) -> datetime:
    return at.astimezone(JAKARTA)
