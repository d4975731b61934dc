"""Signing at BSrE: both versions against a service that truly signs, and everything that it may answer instead."""

import copy
import json
import pickle
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.documents.errors import CannotSign
from pendopo.documents.signers import Statement, bsre
from pendopo.documents.signers.asking import Answer, Line, _problem
from pendopo.documents.signers.bsre import BsreSeal, BsreSigner, trust_of
from pendopo.documents.signers.judging import judged
from pendopo.documents.signers.problems import PROBLEMS, STATUSES
from pendopo.documents.signers.secret import Secret
from pendopo.documents.tests import make
from pendopo.documents.types import Given, Partner, WrongPartner, partner_of
from simulators.bsre.people import FIRST_CODE, GOOD, PASSPHRASE, PEOPLE
from simulators.bsre.server import PASSWORD, SimulatedBsre

SAID = Statement("Izin contoh", "MPP Contoh")
PAPER = make.paper(Given("1", "https://mpp.test/v/x/"))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[SimulatedBsre]:
    """A service that runs."""
    with SimulatedBsre(tmp_path).running() as running:
        yield running


LINES: list[Line] = []


@pytest.fixture(autouse=True)
def _hang_up() -> Iterator[None]:
    yield
    while LINES:
        LINES.pop().close()


def line(partner: Partner, *, patience: float = 20) -> Line:
    """Return a connection that is closed after the test."""
    LINES.append(Line(partner, patience=patience))
    return LINES[-1]


def person(
    service: SimulatedBsre, *, version: int = 2, nik: str = GOOD, passphrase: str = PASSPHRASE, patience: float = 20
) -> BsreSigner:
    partner = Partner.told(service.address(version=version))
    return BsreSigner(partner, line(partner, patience=patience), nik=nik, passphrase=Secret(passphrase))


def problem(signer: BsreSigner | BsreSeal) -> str:
    with pytest.raises(CannotSign) as refused:
        signer.sign(PAPER, SAID, at=make.AT)
    assert PASSPHRASE not in str(refused.value)
    assert str(refused.value)
    return refused.value.problem


@pytest.mark.parametrize("version", [1, 2])
def test_a_person_signs_by_nik_and_passphrase(service: SimulatedBsre, version: int) -> None:
    signer = person(service, version=version)

    signer.look()
    signed = signer.sign(PAPER, SAID, at=make.AT)

    trust = trust_of(Partner.told(service.address()))
    assert trust
    (found,) = judged(signed, [trust], at=make.AT)
    assert (found.is_intact, found.is_ours, found.signer) == (True, True, PEOPLE[GOOD].name)
    assert found.reason == SAID.reason
    assert signed.startswith(PAPER)


def test_the_seal_takes_a_code_of_its_own_for_each_paper(service: SimulatedBsre) -> None:
    partner = Partner.told(service.address())
    seal = BsreSeal(partner, line(partner), code=Secret(FIRST_CODE))

    seal.look()
    first, second = (seal.sign(PAPER, SAID, at=make.AT) for _each in range(2))

    assert first != second
    assert service.asked.count("POST /api/v2/seal/get/totp") == 2
    assert problem(BsreSeal(partner, line(partner), code=Secret("000000"))) == "passphrase"


@pytest.mark.parametrize("version", [1, 2])
def test_a_wrong_passphrase_and_somebody_unknown_are_told_apart(service: SimulatedBsre, version: int) -> None:
    assert problem(person(service, version=version, passphrase="salah")) == "passphrase"
    assert problem(person(service, version=version, nik="3576010101990009")) == "not_registered"
    assert (PROBLEMS["passphrase"].can_retry, PROBLEMS["not_registered"].can_retry) == (False, False)


@pytest.mark.parametrize("version", [1, 2])
def test_each_state_of_a_certificate_has_its_words_and_is_asked_before_the_passphrase(
    service: SimulatedBsre, version: int
) -> None:
    met = {}
    for nik, known in PEOPLE.items():
        if known.status == "ISSUE":
            continue
        with pytest.raises(CannotSign) as refused:
            person(service, version=version, nik=nik).look()
        met[known.status] = refused.value.problem
        assert not refused.value.can_retry
    with pytest.raises(CannotSign) as unknown:
        person(service, version=version, nik="3576010101990009").look()

    assert met | {"NOT_REGISTERED": unknown.value.problem} == STATUSES
    assert not any("sign" in asked for asked in service.asked)
    assert len({str(PROBLEMS[each].words) for each in STATUSES.values()}) == len(STATUSES)


@pytest.mark.parametrize(
    ("answer", "name", "can_retry"),
    [
        ((500, b'{"error":"Passphrase anda salah","status_code":2031}'), "passphrase", False),
        ((400, b'{"error":"User tidak terdaftar","status_code":"2011"}'), "not_registered", False),
        ((400, b'{"error":"File rusak","status_code":1002}'), "refused", False),
        ((413, b""), "refused", False),
        ((401, b""), "credentials", False),
        ((500, b"<html>oops"), "broken", True),
        ((502, b"[]"), "broken", True),
        ((503, b'{"status_code":{}}'), "broken", True),
        ((302, b""), "broken", True),
    ],
)
def test_each_error_is_final_or_worth_another_try(
    service: SimulatedBsre, answer: tuple[int, bytes], name: str, can_retry: bool
) -> None:
    service.fails_with = answer

    assert problem(person(service)) == name
    assert PROBLEMS[name].can_retry is can_retry


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize(
    "rubbish",
    [
        b"", b"null", b"[]", b"{", b"\xff\xfe", b'{"file":[]}', b'{"file":"x"}', b'{"file":["%%"]}', b'{"file":[1]}',
        b'{"file":["JVBERi0xLjcK"]}', b"[" * 100_000, b'{"file":["JVBERi0xLjcK","JVBERi0xLjcK"]}',
    ],
    ids=range(12),
)  # fmt: skip
def test_rubbish_is_no_signature(service: SimulatedBsre, version: int, rubbish: bytes) -> None:
    service.rubbish = rubbish

    assert problem(person(service, version=version)) in {"rubbish", "not_signed"}


def test_a_pdf_that_comes_back_unsigned_is_not_taken(service: SimulatedBsre) -> None:
    service.is_unsigned = True

    assert problem(person(service)) == "not_signed"


def test_a_signature_of_another_authority_is_not_taken(service: SimulatedBsre, tmp_path: Path) -> None:
    (tmp_path / "authority.pem").write_bytes((tmp_path / "ca.pem").read_bytes())

    assert problem(person(service)) == "not_signed"


def test_a_slow_service_is_given_up_and_one_that_dies_in_the_middle_too(service: SimulatedBsre) -> None:
    service.slowness = 1.5
    assert problem(person(service, patience=0.5)) == "slow"
    service.slowness, service.drop_after = 0, 40
    assert problem(person(service)) == "unreachable"
    assert PROBLEMS["slow"].can_retry
    assert PROBLEMS["unreachable"].can_retry


def test_nobody_there_is_said(tmp_path: Path) -> None:
    service = SimulatedBsre(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        service.port = taken.getsockname()[1]
    assert problem(person(service)) == "unreachable"


def test_a_server_that_cannot_prove_itself_gets_no_passphrase(service: SimulatedBsre, tmp_path: Path) -> None:
    partner = Partner.told(service.address().replace(f"&ca={tmp_path}/ca.pem", ""))
    signer = BsreSigner(partner, line(partner), nik=GOOD, passphrase=Secret(PASSPHRASE))

    assert problem(signer) == "insecure"
    assert service.asked == []
    missing = Partner.told(service.address().replace("ca.pem", "nowhere.pem"))
    with pytest.raises(CannotSign) as refused:
        Line(missing)
    assert refused.value.problem == "insecure"
    assert ssl.create_default_context().verify_mode == ssl.CERT_REQUIRED


@pytest.mark.parametrize(
    "told",
    [
        "http://a:rahasia@host/", "https://host/", "https://a@host/", "https://a:rahasia@host/?version=3",
        "https://a:rahasia@host/?verify=no", "a:rahasia@host", "https://a:rahasia@[::1/", "https://a:rahasia@host:x/",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused_without_its_password(told: str) -> None:
    with pytest.raises(WrongPartner) as refused:
        Partner.told(told)

    assert "rahasia" not in str(refused.value)


def test_a_mall_has_its_own_service_or_the_one_of_all(service: SimulatedBsre) -> None:
    told = f"https://a:b@satu.test/?mall=satu {service.address()}"

    found = [partner_of(told, mall) for mall in ("satu", "dua")]

    assert [each.url for each in found if each] == ["https://satu.test", f"https://127.0.0.1:{service.port}"]
    assert partner_of("https://a:b@satu.test/?mall=satu", "dua") is None
    assert PASSWORD not in repr(found)


@given(st.binary(max_size=300), st.integers(100, 599))
def test_any_error_becomes_a_known_problem(content: bytes, status: int) -> None:
    assert _problem(status, content) in PROBLEMS


@given(st.recursive(st.none() | st.integers() | st.text(max_size=9), lambda inner: st.lists(inner, max_size=3)))
def test_any_answer_is_a_file_or_a_known_problem(told: object) -> None:
    answer = Answer(json.dumps({"file": told}).encode(), {})
    with suppress(CannotSign):
        assert isinstance(bsre.only_file(answer), bytes)


@given(st.binary(max_size=200), st.integers(0, 4000))
def test_what_comes_back_changed_is_never_taken(added: bytes, cut: int) -> None:
    for told in (PAPER + added, PAPER[:cut] + added, added):
        with pytest.raises(CannotSign) as refused:
            bsre.proven(PAPER, told, None, at=make.AT)
        assert refused.value.problem in {"rubbish", "not_signed"}


def test_a_passphrase_has_no_text_of_its_own() -> None:
    secret = Secret(PASSPHRASE)

    assert PASSPHRASE not in f"{secret!r} {secret!s} {vars(type(secret))}"
    for write in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            write(secret)
