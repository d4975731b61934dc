"""The simulated gateway refuses what is not signed, so that what it accepts proves something."""

import json
from itertools import count

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


def test_it_gives_money_back_once_a_number_and_never_more_than_was_paid() -> None:
    gateway = SimulatedGateway("klien", "rahasia", rsa.generate_private_key(65537, 2048).public_key())
    gateway.tokens.add("t")
    path, sent = "/v1.0/qr/qr-mpm-refund", count(1)

    def call(path: str, asked: dict[str, object], key: str = "rahasia") -> dict[str, object]:
        body, moment = json.dumps(asked).encode(), signing.now().isoformat(timespec="seconds")
        heads = {"x-timestamp": moment, "x-partner-id": "klien", "channel-id": "1", "x-external-id": str(next(sent))}
        heads |= {"authorization": "Bearer t", "x-signature": signing.symmetric(path, "t", body, moment, key)}
        return gateway.answer(path, heads, body)[1]

    def back(number: str, value: str, of: str = "A-1", **more: object) -> str:
        amount = {"value": value, "currency": "IDR"}
        asked = {"merchantId": "7", "originalPartnerReferenceNo": of, "partnerRefundNo": number, "refundAmount": amount}
        return str(call(path, asked | more)["responseCode"])

    amount = {"value": "25000.00", "currency": "IDR"}
    call("/v1.0/qr/qr-mpm-generate", {"partnerReferenceNo": "A-1", "amount": amount, "merchantId": "7"})
    assert call(path, {}, key="lain")["responseCode"] == "4017800"
    assert call(path, {})["responseCode"] == "4007802"
    # Nobody has paid it yet.
    assert back("R1", "25000.00") == "4037815"
    gateway.pay("A-1")
    assert back("R1", "25000.00", of="B-1") == "4047801"
    assert back("R1", "25000.00", originalReferenceNo="GW0") == "4047801"
    assert back("R1", "x") == "4007801"
    assert back("R1", "25001.00") == "4047813"
    assert back("R1", "0.00") == "4047813"
    # In parts, together never more than was paid.
    assert [back("R1", "10000.00"), back("R2", "15001.00"), back("R2", "15000.00")] == ["2007800", "4047813", "2007800"]
    assert gateway.codes["A-1"].status == "04"
    assert back("R3", "1.00") == "4037815"
    # The same number gives the same answer, and for something else none.
    asked = {"merchantId": "7", "originalPartnerReferenceNo": "A-1", "partnerRefundNo": "R1"}
    same = [call(path, asked | {"refundAmount": {"value": "10000.00", "currency": "IDR"}}) for _time in range(2)]
    assert same[0] == same[1]
    assert same[0]["refundNo"] == "RF0000000001"
    assert back("R1", "9999.00") == "4047818"
    assert sum(each.amount for each in gateway.given_back.values()) == 25_000
