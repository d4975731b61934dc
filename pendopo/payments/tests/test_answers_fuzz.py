"""Whatever a gateway answers, and whatever is typed off a receipt: something that can be kept, or a refusal."""

import base64
import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.money import Money
from pendopo.kernel.texts import is_fit
from pendopo.payments.actions.merchants import MerchantFacts
from pendopo.payments.forms.bills import DepositForm
from pendopo.payments.gateways import GatewayRefused, GivenBack, Wanted, WantedBack
from pendopo.payments.gateways.snap import Credentials, SnapGateway, Tokens
from pendopo.payments.models import Deposit, GatewayRefund, Transfer
from pendopo.payments.types import Destination, How, Payment, Sent
from tests.strange import BODIES, JSON, TEXT

KEY = rsa.generate_private_key(65537, 2048)
OWN = Credentials("https://bank.test", "klien", "0000710", "LOKET03", "95221", "rahasia", KEY)
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
NAMES = ["responseCode", "accessToken", "expiresIn", "qrContent", "referenceNo", "partnerReferenceNo",
         "latestTransactionStatus", "amount", "paidTime", "additionalInfo", "responseMessage", "refundNo",
         "partnerRefundNo", "refundAmount", "refundTime"]  # fmt: skip
CODES = st.sampled_from(
    ["2007300", "2004700", "2005100", "4010001", "4044701", "5005100", "4295200", "٢٠٠٧٣٠٠", "2007800", "4037815"]
)
SAID = st.dictionaries(st.sampled_from(NAMES), JSON | CODES).map(lambda told: json.dumps(told).encode())
GOOD_TOKEN = json.dumps({"responseCode": "2007300", "accessToken": "abc", "expiresIn": "899"}).encode()


@settings(max_examples=150)
@given(st.sampled_from([200, 201, 302, 401, 404, 409, 429, 500]), BODIES | SAID, st.just(GOOD_TOKEN) | SAID)
def test_any_answer_of_a_gateway_is_kept_or_refused(status: int, body: bytes, token: bytes) -> None:
    def answered(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=token) if "b2b" in request.url.path else httpx.Response(status, content=body)

    def client(**_told: object) -> httpx.Client:
        return httpx_client(transport=httpx.MockTransport(answered))

    httpx_client = httpx.Client
    with patch.object(httpx, "Client", client):
        there = SnapGateway(OWN, now=lambda: AT, tokens=Tokens())
        with suppress(RuleViolation):
            given_ = there.generate(Wanted("B-1", Money(50_000), AT + timedelta(hours=1)))
            assert is_fit(given_.content + given_.gateway_reference)
        with suppress(RuleViolation):
            assert there.query("B-1", "GW-1").told
        with suppress(RuleViolation):
            there.cancel("B-1", "GW-1", "Tagihan dibatalkan")
        refusals: list[GatewayRefused] = []
        with suppress(RuleViolation):
            back = _asked_back(there, refusals)
            assert is_fit(back.gateway_number)
            assert len(back.gateway_number) <= (GatewayRefund._meta.get_field("gateway_number").max_length or 0)
    for each in refusals:
        assert is_fit(each.answer + each.said)
        assert len(each.said) <= (GatewayRefund._meta.get_field("said").max_length or 0)


def _asked_back(there: SnapGateway, refusals: list[GatewayRefused]) -> GivenBack:
    try:
        return there.refund(WantedBack("B-1", "GW-1", "B-1-R1", Money(50_000), "Pengembalian"))
    except GatewayRefused as refusal:
        refusals.append(refusal)
        raise


@given(st.sampled_from(list(How)), TEXT | st.text("ßŉΐ0 ", max_size=40) | st.from_regex(r"\A[0-9]{15}\Z"), TEXT)
def test_a_receipt_is_understood_or_refused(how: How, number: str, ntpn: str) -> None:
    with suppress(NotUnderstood):
        paid = Payment(how, Money(1), date(2026, 11, 23), number, ntpn)
        assert 1 <= len(paid.mark) <= (Deposit._meta.get_field("mark").max_length or 0)
        assert len(paid.number.strip()) <= (Deposit._meta.get_field("number").max_length or 0)


@given(st.dictionaries(st.sampled_from(["part", "how", "number", "ntpn", "amount", "paid_on", "photo"]), TEXT))
def test_what_is_typed_off_a_receipt_is_understood_or_refused(typed: dict[str, str]) -> None:
    whole = {"part": "00000000-0000-4000-8000-000000000001", "how": "code", "number": "820220926110001",
             "ntpn": "NTPN000000000001", "amount": "50000", "paid_on": "2026-11-23"}  # fmt: skip
    form = DepositForm(whole | typed)
    with suppress(NotUnderstood):
        assert not form.is_valid() or form.payment.mark


@given(TEXT | st.text("ßŉΐ0 ", max_size=40))
def test_the_number_of_a_transfer_is_understood_or_refused(number: str) -> None:
    with suppress(NotUnderstood):
        assert 1 <= len(Sent(number, AT.date()).mark) <= (Transfer._meta.get_field("mark").max_length or 0)


@given(TEXT, TEXT | st.from_regex(r"\A[0-9]{6,20}\Z"), TEXT)
def test_an_account_is_understood_or_refused(bank: str, number: str, holder: str) -> None:
    with suppress(NotUnderstood):
        to = Destination(bank, number, holder)
        assert not to.is_account or to.number.isdecimal()


PUBLIC = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
ADDRESSES = st.from_regex(r"\Ahttps?://[a-z0-9.@:\[\]/?#-]{0,20}\Z") | TEXT
KEYS = st.tuples(st.integers(0, len(PUBLIC)), st.text(max_size=6)).map(
    lambda at: PUBLIC[: at[0]] + at[1] + PUBLIC[at[0] :]
)


@given(ADDRESSES, KEYS | TEXT)
def test_what_is_told_of_a_merchant_is_understood_or_refused(address: str, key: str) -> None:
    with suppress(NotUnderstood):
        facts = MerchantFacts(address, "klien", "0000710", "95221", "LOKET03", key, secret="rahasia")
        assert facts.address.startswith("http")


def test_a_key_of_a_kind_that_nobody_knows_is_refused_in_words() -> None:
    # SubjectPublicKeyInfo with an object identifier that names no algorithm (1.2.3.4).
    told = base64.b64encode(bytes.fromhex("300c300506032a0304030300000000"[:28])).decode()
    with pytest.raises(NotUnderstood):
        MerchantFacts(
            "https://bank.test", "k", "1", "2", "3", f"-----BEGIN PUBLIC KEY-----\n{told}\n-----END PUBLIC KEY-----"
        )
