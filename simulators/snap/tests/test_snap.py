"""The simulated gateway refuses what is not signed, so that what it accepts proves something."""

import json

from cryptography.hazmat.primitives.asymmetric import rsa

from simulators.snap import signing
from simulators.snap.server import SimulatedGateway


def test_it_gives_a_token_only_to_whom_it_knows_and_a_code_only_to_whom_signs() -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    gateway = SimulatedGateway("klien", "rahasia", key.public_key())
    moment = signing.now().isoformat(timespec="seconds")
    names = {"x-timestamp": moment, "x-client-key": "klien"}
    body = b'{"grantType":"client_credentials"}'
    path = "/v1.0/qr/qr-mpm-generate"

    assert gateway.answer("/v1.0/access-token/b2b", names, body)[0] == 401
    signed = {**names, "x-signature": signing.asymmetric(f"klien|{moment}", key)}
    status, told = gateway.answer("/v1.0/access-token/b2b", signed, body)
    assert (status, told["responseCode"]) == (200, "2007300")
    token = str(told["accessToken"])
    asked = {"partnerReferenceNo": "A-1", "amount": {"value": "25000.00", "currency": "IDR"}, "merchantId": "7"}
    sent = json.dumps(asked).encode()
    heads = {"x-timestamp": moment, "x-partner-id": "klien", "channel-id": "1", "x-external-id": "1"}
    heads["authorization"] = f"Bearer {token}"

    assert gateway.answer(path, heads, sent)[1]["responseCode"] == "4014700"
    heads["x-signature"] = signing.symmetric(path, token, sent, moment, "rahasia")
    assert gateway.answer(path, heads, sent)[1]["responseCode"] == "2004700"
    # Once a day, and once a number.
    assert gateway.answer(path, heads, sent)[1]["responseCode"] == "4094700"
    assert gateway.answer(path, heads | {"x-external-id": "2"}, sent)[1]["responseCode"] == "4094701"
