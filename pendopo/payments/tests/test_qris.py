import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.kernel.money import Money
from pendopo.payments import qris
from pendopo.payments.qris import BILL_NUMBER, REFERENCE, TERMINAL, Field, NotQris, Qris, parse

VECTORS = json.loads((Path(__file__).parent / "data" / "qris.json").read_text())
STATIC, DYNAMIC = (each["payload"] for each in VECTORS["cases"])
PUBLISHED = VECTORS["published_sample"]["payload"]


@pytest.mark.parametrize("vector", VECTORS["cases"], ids=lambda vector: vector["name"])
def test_a_code_says_what_the_vector_says(vector: dict[str, object]) -> None:
    payload, told = str(vector["payload"]), vector["parsed"]
    assert isinstance(told, dict)

    found = parse(payload)

    assert found.build() == payload
    assert found.is_dynamic is (told["point_of_initiation"] == "dynamic")
    assert (found.value("59"), found.value("60"), found.value("61")) == (
        told["merchant_name"], told["merchant_city"], told["postal_code"],
    )  # fmt: skip
    assert (found.value("52"), found.nmid) == (told["mcc"], told["nmid"])
    assert found.amount == (Money(int(str(told["amount"]))) if told["amount"] else None)
    shown = [
        {"tag": each.tag, "guid": each.domain, "pan": each.pan or None, "merchant_id": each.merchant,
         "criteria": each.criteria, "nns": each.nns or None}
        for each in found.accounts
    ]  # fmt: skip
    accounts = told["merchant_accounts"]
    assert isinstance(accounts, list)
    assert shown == [{name: one[name] for name in shown[0]} for one in accounts]
    labels = {"bill_number": BILL_NUMBER, "reference_label": REFERENCE, "terminal_label": TERMINAL}
    assert {name: found.label(tag) for name, tag in labels.items() if found.label(tag)} == told["additional_data"]


def test_a_code_that_a_provider_publishes_is_read() -> None:
    found = parse(PUBLISHED)

    assert (found.amount, found.value("59"), found.build()) == (Money(50_000), "TOKO WINPAY", PUBLISHED)


def test_a_wrong_checksum_is_refused() -> None:
    with pytest.raises(qris.ChecksumWrong):
        parse(VECTORS["bad_crc"]["payload"])


def test_an_agencys_own_code_becomes_the_code_of_one_bill() -> None:
    made = parse(STATIC).for_bill(Money(25_000), "SKRD2024000123")

    again = parse(made.build())
    assert again == made
    assert (again.is_dynamic, again.amount, again.label(BILL_NUMBER)) == (True, Money(25_000), "SKRD2024000123")
    assert (again.accounts, again.value("59")) == (parse(STATIC).accounts, "RETRIBUSI CONTOH")
    # The checksum of the vector with the same fields: the order is the one that apps expect.
    labelled = Field("62", parse(DYNAMIC).value("62"))
    fields = [labelled if each.tag == "62" else each for each in made.fields]
    assert Qris(tuple(fields)).build() == DYNAMIC


def test_no_tip_is_asked_above_a_fee() -> None:
    tipping = Qris((*parse(STATIC).fields, Field("55", "02"), Field("56", "5000")))

    assert [each.tag for each in tipping.for_bill(Money(25_000), "1").fields if each.tag in qris.TIPS] == []


def changed(tag: str, value: str | None) -> str:
    """Write the dynamic code with another value of a field, or without the field, whether that is allowed or not."""
    fields = [each for each in parse(DYNAMIC).fields if each.tag != tag or value is not None]
    pieces = [f"{tag}{len(value):02}{value}" if value is not None and each.tag == tag else str(each) for each in fields]
    return closed("".join(pieces))


def closed(body: str) -> str:
    return body + "6304" + qris._checksum(body + "6304")


@pytest.mark.parametrize(
    ("payload", "refusal"),
    [
        ("", NotQris),
        ("https://contoh.go.id/bayar", qris.FieldMissing),
        ("é" * 40, NotQris),
        (DYNAMIC[:-1], qris.FieldMissing),
        (DYNAMIC[:-4] + "7c41", qris.ChecksumWrong),
        ("0" * 513, qris.LengthWrong),
        (closed("000201010212"), qris.FieldMissing),
        (closed("0002"), qris.LengthWrong),
        (closed("000201010A11"), qris.LengthWrong),
        (closed("010212" + DYNAMIC[6:-8]), qris.FieldTwice),
        (closed(DYNAMIC[6:12] + DYNAMIC[:6] + DYNAMIC[12:-8]), qris.FieldWrong),
        (changed("00", "02"), qris.FieldWrong),
        (changed("01", "13"), qris.FieldWrong),
        (changed("52", "93A9"), qris.FieldWrong),
        (changed("53", "840"), qris.NotRupiah),
        (changed("58", "SG"), qris.NotRupiah),
        (changed("54", "25000.50"), qris.AmountWrong),
        (changed("54", "0.00"), qris.AmountWrong),
        (changed("54", "-25000"), qris.AmountWrong),
        (changed("54", "25.000"), qris.AmountWrong),
        (changed("54", "10000000000.00"), qris.LengthWrong),
        (changed("59", "A" * 26), qris.LengthWrong),
        (changed("60", "A" * 16), qris.LengthWrong),
        (changed("59", None), qris.FieldMissing),
        (changed("59", "A\x00B"), qris.FieldWrong),
        (changed("62", "0199A"), qris.LengthWrong),
        (changed("62", "0101A0101B"), qris.FieldTwice),
        (changed("62", "0126" + "A" * 26), qris.LengthWrong),
        (changed("51", "rekening"), qris.LengthWrong),
    ],
)
def test_what_nobody_can_pay_is_refused_by_name(payload: str, refusal: type[NotQris]) -> None:
    with pytest.raises(NotQris) as refused:
        parse(payload)

    assert (type(refused.value), bool(str(refused.value))) == (refusal, True)


def test_a_code_without_an_account_is_refused() -> None:
    with pytest.raises(qris.FieldMissing):
        Qris(tuple(each for each in parse(DYNAMIC).fields if each.tag not in {"26", "51"}))


@pytest.mark.parametrize("number", ["", "A" * 26, "tagihan-é"])
def test_a_bill_number_that_no_app_can_show_is_refused(number: str) -> None:
    with pytest.raises(NotQris):
        parse(STATIC).for_bill(Money(25_000), number)


def test_an_amount_that_no_code_can_hold_or_that_is_nothing_is_refused() -> None:
    for rupiah in (0, 10**13):
        with pytest.raises(NotQris):
            parse(STATIC).for_bill(Money(rupiah), "1")


LETTERS = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=25)


@given(
    name=LETTERS, city=LETTERS.map(lambda text: text[:15]), number=LETTERS, rupiah=st.integers(1, 10**12),
    unknown=st.lists(st.tuples(st.integers(80, 99), LETTERS), max_size=3, unique_by=lambda pair: pair[0]),
)  # fmt: skip
def test_what_is_built_is_read_as_it_was(
    name: str, city: str, number: str, rupiah: int, unknown: list[tuple[int, str]]
) -> None:
    replaced = {"59": name, "60": city}
    fields = [Field(each.tag, replaced.get(each.tag, each.value)) for each in parse(STATIC).fields]
    fields += [Field(str(tag), value) for tag, value in unknown]

    made = Qris(tuple(fields)).for_bill(Money(rupiah), number)

    assert parse(made.build()) == made
    assert parse(made.build()).build() == made.build()
    assert {each.tag: each.value for each in made.fields if int(each.tag) >= 80} == {str(t): v for t, v in unknown}


@given(st.text(max_size=600) | st.text("0123456789AB", max_size=600))
def test_rubbish_is_refused_and_nothing_else_happens(text: str) -> None:
    for payload in (text, closed(text) if text.isascii() else text):
        try:
            found = parse(payload)
        except NotQris:
            continue
        assert found.build() == payload


@given(st.integers(0, len(DYNAMIC) - 9), st.characters(min_codepoint=32, max_codepoint=126))
def test_a_changed_letter_is_refused_or_kept(place: int, letter: str) -> None:
    body = DYNAMIC[:place] + letter + DYNAMIC[place + 1 : -8]
    try:
        assert parse(closed(body)).build() == closed(body)
    except NotQris:
        assert body != DYNAMIC[:-8]


@pytest.mark.parametrize(
    ("fields", "tip"),
    [
        ((), ""),
        ((("55", "01"),), "prompt"),
        ((("55", "02"), ("56", "5000")), "fixed"),
        ((("55", "03"), ("57", "2.5")), "percent"),
        ((("55", "04"),), None),
        ((("55", "02"),), None),
        ((("55", "03"), ("57", "x")), None),
    ],
)
def test_a_tip_is_told_and_one_that_cannot_be_computed_is_refused(
    fields: tuple[tuple[str, str], ...], tip: str | None
) -> None:
    def read() -> Qris:
        return Qris((*parse(STATIC).fields, *(Field(tag, value) for tag, value in fields)))

    if tip is None:
        with pytest.raises(qris.NotQris):
            read()
    else:
        assert read().tip == tip


def test_an_amount_may_end_with_its_point() -> None:
    fields = (*parse(STATIC).fields, Field("54", "25000."))
    assert Qris(fields).amount == Money(25_000)
