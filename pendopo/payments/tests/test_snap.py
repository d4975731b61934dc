import json
from base64 import b64encode
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st

from pendopo.payments import snap
from pendopo.payments.snap import Call, SnapRefused

DATA = Path(__file__).parent / "data"
VECTORS = json.loads((DATA / "snap.json").read_text())
SYMMETRIC, TOKEN, ASYMMETRIC = VECTORS["symmetric"], VECTORS["b2b_token"], VECTORS["asymmetric_without_token"]
MOMENT = SYMMETRIC["timestamp"]
AT = datetime.fromisoformat(MOMENT)
# As a program would send it that likes to be read.
BODY = json.dumps(SYMMETRIC["body"], indent=2).encode()
GENERATE = Call(SYMMETRIC["http_method"], SYMMETRIC["endpoint"], BODY, MOMENT)
NOTIFY = Call("POST", "/v1.0/qr/qr-mpm-notify", BODY, MOMENT)


def private() -> RSAPrivateKey:
    key = load_pem_private_key((DATA / "snap_test_rsa.pem").read_bytes(), None)
    assert isinstance(key, RSAPrivateKey)
    return key


def public() -> RSAPublicKey:
    key = load_pem_public_key((DATA / "snap_test_rsa_pub.pem").read_bytes())
    assert isinstance(key, RSAPublicKey)
    return key


def test_what_is_signed_is_written_as_the_vectors_say() -> None:
    assert snap.minified(BODY).decode() == SYMMETRIC["minified"]
    assert GENERATE.text(SYMMETRIC["access_token"]) == SYMMETRIC["string_to_sign"]
    assert NOTIFY.text() == ASYMMETRIC["string_to_sign"]
    assert Call("get", "/", b"", MOMENT).text() == f"GET:/:{VECTORS['empty_body_sha256']}:{MOMENT}"
    assert snap.written_moment(AT) == MOMENT


def test_signatures_are_those_of_the_vectors() -> None:
    token, secret = SYMMETRIC["access_token"], SYMMETRIC["client_secret"]

    assert snap.sign_with_token(GENERATE, token, secret) == SYMMETRIC["x_signature"]
    assert snap.sign_token_request(TOKEN["client_key"], TOKEN["timestamp"], private()) == TOKEN["x_signature"]
    assert snap.sign_without_token(NOTIFY, private()) == ASYMMETRIC["x_signature"]


def test_signatures_of_the_vectors_are_accepted_within_five_minutes() -> None:
    token, secret = SYMMETRIC["access_token"], SYMMETRIC["client_secret"]
    for at in (AT, AT - timedelta(minutes=5), AT + timedelta(minutes=5)):
        snap.verify_with_token(GENERATE, SYMMETRIC["x_signature"], token, secret, at=at)
        snap.verify_without_token(NOTIFY, ASYMMETRIC["x_signature"], public(), at=at)
        snap.verify_token_request(TOKEN["client_key"], MOMENT, TOKEN["x_signature"], public(), at=at)


@pytest.mark.parametrize("skew", [timedelta(minutes=5, seconds=1), -timedelta(minutes=5, seconds=1)])
def test_an_old_call_and_one_of_the_future_are_refused(skew: timedelta) -> None:
    at, token, secret = AT + skew, SYMMETRIC["access_token"], SYMMETRIC["client_secret"]

    with pytest.raises(snap.MomentWrong):
        snap.verify_with_token(GENERATE, SYMMETRIC["x_signature"], token, secret, at=at)
    with pytest.raises(snap.MomentWrong):
        snap.verify_without_token(NOTIFY, ASYMMETRIC["x_signature"], public(), at=at)
    with pytest.raises(snap.MomentWrong):
        snap.verify_token_request(TOKEN["client_key"], MOMENT, TOKEN["x_signature"], public(), at=at)


@pytest.mark.parametrize(
    "moment",
    [
        "", "kemarin", "2024-11-13T09:00:00", "2024-02-30T09:00:00+07:00", "0001-01-01T00:00:00+14:00",
        "٢٠٢٤-١١-١٣T٠٩:٠٠:٠٠+٠٧:٠٠",
    ],
)  # fmt: skip
def test_a_moment_that_nobody_can_read_is_refused(moment: str) -> None:
    with pytest.raises(snap.MomentWrong):
        snap.verify_token_request(TOKEN["client_key"], moment, TOKEN["x_signature"], public(), at=AT)


OTHER_CALLS = (
    Call("PUT", NOTIFY.path, BODY, MOMENT),
    Call("POST", NOTIFY.path + "/", BODY, MOMENT),
    Call("POST", NOTIFY.path, BODY.replace(b"25000.00", b"25.00"), MOMENT),
    Call("POST", NOTIFY.path, BODY, "2024-11-13T09:00:01+07:00"),
)


@pytest.mark.parametrize("call", OTHER_CALLS)
def test_a_signature_opens_no_other_call(call: Call) -> None:
    symmetric = snap.sign_with_token(NOTIFY, "token", "rahasia")

    with pytest.raises(snap.SignatureWrong):
        snap.verify_without_token(call, ASYMMETRIC["x_signature"], public(), at=AT)
    with pytest.raises(snap.SignatureWrong):
        snap.verify_with_token(call, symmetric, "token", "rahasia", at=AT)


def test_a_signature_by_another_secret_token_or_client_is_refused() -> None:
    symmetric = snap.sign_with_token(NOTIFY, "token", "rahasia")

    for token, secret in (("lain", "rahasia"), ("token", "lain")):
        with pytest.raises(snap.SignatureWrong):
            snap.verify_with_token(NOTIFY, symmetric, token, secret, at=AT)
    with pytest.raises(snap.SignatureWrong):
        snap.verify_token_request("lain", MOMENT, TOKEN["x_signature"], public(), at=AT)


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"a":NaN}', b'{"a":1}x', b"[" * 100_000, b'"' + b"\\" * 9_999])
def test_a_body_that_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(snap.BodyNotJson):
        snap.verify_without_token(Call("POST", "/", body, MOMENT), "", public(), at=AT)


def test_numbers_texts_and_order_of_a_body_stay_as_they_were_sent() -> None:
    body = b'{ "b" : 25000.00 ,\n\t"a" : "dua  spasi \\" : , " , "c" : [ 1e2 , "\\u00e9" ] }\r\n'

    assert snap.minified(body) == b'{"b":25000.00,"a":"dua  spasi \\" : , ","c":[1e2,"\\u00e9"]}'


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(JSON, st.sampled_from([None, 1, 4]))
def test_blanks_change_no_signature(value: object, indent: int | None) -> None:
    tight = json.dumps(value, separators=(",", ":"), ensure_ascii=False)

    assert snap.minified(json.dumps(value, indent=indent, ensure_ascii=False).encode()).decode() == tight


@given(
    signature=st.text() | st.binary().map(lambda content: b64encode(content).decode()),
    moment=st.text(),
    body=st.binary(),
)
def test_rubbish_is_refused_and_nothing_else_happens(signature: str, moment: str, body: bytes) -> None:
    for call in (Call("POST", "/", body, MOMENT), Call("POST", "/", b"{}", moment), NOTIFY):
        with pytest.raises(SnapRefused):
            snap.verify_without_token(call, signature, public(), at=AT)
        with pytest.raises(SnapRefused):
            snap.verify_with_token(call, signature, "token", "rahasia", at=AT)


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    moment = snap.written_moment(AT.astimezone(timezone(timedelta(hours=9))))

    snap.verify_token_request("c", moment, snap.sign_token_request("c", moment, private()), public(), at=AT)
