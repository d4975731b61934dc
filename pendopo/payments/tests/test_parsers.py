"""Whatever a gateway, a code or a person sends: an answer in its own words, never a crash."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pendopo.agencies.tests import make as agencies
from pendopo.kernel.money import Money
from pendopo.payments import qris
from pendopo.payments.gateways.reading import NoticeUnreadable, moment_of, money_of, read_notice, told_of
from pendopo.payments.types import Told

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(
    ["originalPartnerReferenceNo", "originalReferenceNo", "latestTransactionStatus", "amount", "additionalInfo"]
)
MOMENT = "2026-11-16T09:00:00+07:00"


@given(st.binary(max_size=300) | st.dictionaries(FIELDS, JSON).map(lambda told: json.dumps(told).encode()))
def test_a_notification_is_read_or_refused(body: bytes) -> None:
    try:
        notice = read_notice(body, external="1", moment=MOMENT)
    except NoticeUnreadable:
        return
    assert notice.told in set(Told)
    assert notice.amount is not None or notice.told is not Told.SUCCESS


@given(st.text(max_size=60), st.text(max_size=60))
def test_headers_are_read_or_refused(external: str, moment: str) -> None:
    with pytest.raises(NoticeUnreadable):
        read_notice(b"{}", external=external, moment=moment)


@given(JSON)
def test_amounts_moments_and_states_are_read_or_nothing(value: object) -> None:
    assert money_of(value) is None or isinstance(money_of(value), Money)
    assert moment_of(value) is None
    assert told_of(value) is None or isinstance(value, str)


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [("25000.00", 25_000), ("25000", 25_000), ("25000.5", None), ("-1.00", None), ("1e3", None), ("", None),
     ("25.000,00", None), ("٢٥", None), ("00025000.00", 25_000), ("9" * 17, None), (" 25000.00", None)],
)  # fmt: skip
def test_an_amount_is_whole_rupiah_or_none(text: str, rupiah: int | None) -> None:
    found = money_of({"value": text, "currency": "IDR"})

    assert (found.rupiah if found else None) == rupiah
    assert money_of({"value": text, "currency": "USD"}) is None


@given(st.text(max_size=300) | st.from_regex(r"([0-9]{2}0[1-9][0-9A-Z]{1,9}){1,20}6304[0-9A-F]{4}", fullmatch=True))
def test_a_code_is_read_or_refused(text: str) -> None:
    try:
        found = qris.parse(text)
    except qris.NotQris:
        return
    assert found.build() == text


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200), headers=st.dictionaries(
    st.sampled_from(["X-SIGNATURE", "X-TIMESTAMP", "X-EXTERNAL-ID", "Authorization", "X-CLIENT-KEY"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60),
))  # fmt: skip
def test_the_doors_of_partners_never_break(mall_address: str, body: bytes, headers: dict[str, str]) -> None:
    client = Client(headers=headers)
    for path in ("v1.0/qr/qr-mpm-notify", "v1.0/access-token/b2b"):
        told = client.post(f"{mall_address}{path}", body, content_type="application/json")
        assert told.status_code in {400, 401}
        assert told.json()["responseCode"][:3] == str(told.status_code)


@pytest.fixture
def mall_address(db: None) -> str:
    """The beginning of a mall's addresses."""
    return f"/m/{agencies.mall().slug}/"


def test_a_moment_without_a_zone_is_none() -> None:
    assert moment_of("2026-11-16T09:00:00") is None
    assert moment_of("2026-11-16T02:00:00Z") == datetime(2026, 11, 16, 2, tzinfo=UTC)
