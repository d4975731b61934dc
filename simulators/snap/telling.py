"""Notifications as a gateway sends them: with a token that it asks us for, or signed by its own key."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from simulators.snap import signing
from simulators.snap.server import Code, SimulatedGateway

NOTIFY = "/v1.0/qr/qr-mpm-notify"
TOKEN = "/v1.0/access-token/b2b"

# Sends a POST to a path with headers and a body, and returns its status and what it says.
type Send = Callable[[str, dict[str, str], bytes], tuple[int, dict[str, str]]]


@dataclass
class Teller:
    """Tells a product of payments, through `send`; `base` is what stands before the paths in its addresses."""

    gateway: SimulatedGateway
    send: Send
    base: str
    with_token: bool = True

    def tell(
        self,
        code: Code,
        *,
        external: str = "",
        reference: str = "",
        status: str = "00",
        amount: str = "",
        secret: str = "",
        moment: str = "",
        paid_time: str = "",
    ) -> tuple[int, dict[str, str]]:
        """Tell of a payment; each argument that is given is told instead of what is true."""
        value = amount or code.paid_amount or code.amount
        told = {
            "originalReferenceNo": code.gateway_reference,
            "originalPartnerReferenceNo": reference or code.reference,
            "latestTransactionStatus": status,
            "transactionStatusDesc": "Success",
            "customerNumber": "0812xxxx",
            "amount": {"value": value, "currency": "IDR"},
            "additionalInfo": {"paidTime": paid_time or code.paid_time},
        }
        return self.post(json.dumps(told).encode(), external=external, secret=secret, moment=moment)

    def post(
        self, body: bytes, *, external: str = "", secret: str = "", moment: str = ""
    ) -> tuple[int, dict[str, str]]:
        """Send any body, signed as it is."""
        moment = moment or signing.now().isoformat(timespec="seconds")
        path = self.base + NOTIFY
        headers = {
            "X-TIMESTAMP": moment,
            "X-PARTNER-ID": self.gateway.client,
            "X-EXTERNAL-ID": external or f"{secrets.randbelow(10**18):018}",
            "CHANNEL-ID": "95221",
        }
        if self.with_token:
            token = self.token()
            headers["Authorization"] = f"Bearer {token}"
            signed = signing.symmetric(path, token, body, moment, secret or self.gateway.secret)
        else:
            signed = signing.asymmetric(f"POST:{path}:{signing.digest(body)}:{moment}", self.gateway.own_key)
        return self.send(path, headers | {"X-SIGNATURE": signed}, body)

    def token(self) -> str:
        """Ask the product for a token."""
        moment = signing.now().isoformat(timespec="seconds")
        signature = signing.asymmetric(f"{self.gateway.client}|{moment}", self.gateway.own_key)
        headers = {"X-TIMESTAMP": moment, "X-CLIENT-KEY": self.gateway.client, "X-SIGNATURE": signature}
        _status, told = self.send(self.base + TOKEN, headers, b'{"grantType":"client_credentials"}')
        return told.get("accessToken", "")
