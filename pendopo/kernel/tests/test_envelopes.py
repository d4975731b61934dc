from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.kernel import envelopes
from pendopo.kernel.envelopes import CannotOpen
from pendopo.kernel.master_keys import KeptMasterKey, MasterKey, TokenMasterKey, WrongMasterKey, master_key
from tests import software_tokens

KEY = b"k" * 32


@given(st.binary(max_size=200), st.integers(0, envelopes.LARGEST_NUMBER), st.text(max_size=20))
def test_what_is_sealed_comes_back_and_says_its_key(plain: bytes, number: int, bound_to: str) -> None:
    envelope = envelopes.seal(KEY, number, plain, bound_to=bound_to)

    assert envelopes.number_of(envelope) == number
    assert envelopes.unseal(KEY, envelope, bound_to=bound_to) == plain
    assert envelope != envelopes.seal(KEY, number, plain, bound_to=bound_to)


@given(st.data())
def test_no_byte_of_an_envelope_can_be_changed(data: st.DataObject) -> None:
    envelope = bytearray(envelopes.seal(KEY, 7, b"3576014101900001", bound_to="nik"))
    place = data.draw(st.integers(0, len(envelope) - 1))
    envelope[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises(CannotOpen):
        envelopes.unseal(KEY, bytes(envelope), bound_to="nik")


def test_it_opens_with_no_other_key_and_for_nothing_else() -> None:
    envelope = envelopes.seal(KEY, 1, b"secret", bound_to="mall:1:nik")

    for key, bound_to in ((b"x" * 32, "mall:1:nik"), (KEY, "mall:2:nik"), (KEY, "mall:1:contact")):
        with pytest.raises(CannotOpen):
            envelopes.unseal(key, envelope, bound_to=bound_to)


@given(st.binary(max_size=80))
def test_rubbish_is_no_envelope(rubbish: bytes) -> None:
    with pytest.raises(CannotOpen):
        envelopes.unseal(KEY, rubbish, bound_to="")


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URI of an AES key that was put into a software token."""
    query = software_tokens.made(tmp_path, monkeypatch, label="pendopo")
    (tmp_path / "aes").write_bytes(b"m" * 32)
    software_tokens.tell(
        "--import", str(tmp_path / "aes"), "--aes", "--token", "pendopo", "--label", "master", "--id", "01",
        "--pin", software_tokens.PIN,
    )  # fmt: skip
    return f"pkcs11:token=pendopo;object=master?{query}"


def check(kept: MasterKey, other: MasterKey) -> None:
    wrapped = kept.wrap(KEY, bound_to="mall:1:seal:1")

    assert kept.unwrap(wrapped, bound_to="mall:1:seal:1") == KEY
    assert KEY not in wrapped
    assert kept.fingerprint != other.fingerprint
    for told, bound_to in ((wrapped, "mall:2:seal:1"), (wrapped[:-1] + bytes([wrapped[-1] ^ 1]), "mall:1:seal:1")):
        with pytest.raises(CannotOpen):
            kept.unwrap(told, bound_to=bound_to)
    with pytest.raises(CannotOpen):
        other.unwrap(wrapped, bound_to="mall:1:seal:1")


def test_a_master_key_in_a_file_wraps_and_unwraps() -> None:
    check(KeptMasterKey("one " * 10), KeptMasterKey("two " * 10))


def test_a_master_key_in_a_token_wraps_and_unwraps(token: str) -> None:
    check(TokenMasterKey(token), KeptMasterKey("two " * 10))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("short", "32 or more"),
        ("pkcs11:token=pendopo;object=master?module-path=/x", "pin-source"),
        ("pkcs11:token=pendopo?module-path=/x&pin-source=/y", "object"),
        ("pkcs11:token=a;object=b?module-path=/x&pin-source=/nowhere/pin", "PIN"),
    ],
)
def test_a_master_key_that_cannot_be_is_refused_in_words(told: str, words: str) -> None:
    with pytest.raises(WrongMasterKey, match=words):
        master_key(told)


def test_a_token_that_does_not_hold_the_key_says_so_without_the_pin(token: str) -> None:
    with pytest.raises(WrongMasterKey) as refusal:
        TokenMasterKey(token.replace("object=master", "object=other")).wrap(KEY, bound_to="")

    assert software_tokens.PIN not in str(refusal.value)
