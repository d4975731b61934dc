"""Whatever is typed or sent: an answer in words, never a failure of ours."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pendopo.people.actions import open_account
from pendopo.people.errors import WrongNumber
from pendopo.people.models import Identifier
from pendopo.people.numbers import contact_in, identifier_of
from pendopo.people.queries.accounts import handle_written, handles_of
from pendopo.people.queries.representing import person_of_pass
from pendopo.tenancy.models import Mall
from tests.strange import JSON, TEXT

DIGITS = st.text("0123456789 .-+()٠۱", max_size=24)
ANYTHING = st.one_of(st.text(max_size=300), DIGITS, st.emails())
PARTS = st.fixed_dictionaries({"id": TEXT, "rawId": TEXT, "type": st.just("public-key"), "response": JSON})
CALM = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@given(ANYTHING, st.sampled_from(Identifier.Kind.values))
@settings(max_examples=400, deadline=None)
def test_a_number_is_kept_in_one_form_or_refused(text: str, kind: str) -> None:
    try:
        kept = identifier_of(kind, text)
    except WrongNumber:
        return
    assert identifier_of(kind, kept) == kept
    assert kept.isascii()


@given(ANYTHING)
@settings(max_examples=400, deadline=None)
def test_a_contact_is_kept_in_one_form_or_refused(text: str) -> None:
    try:
        kept = contact_in(text)
    except WrongNumber:
        return
    assert contact_in(kept) == kept
    assert len(handles_of(kept)) == 3


@given(TEXT | st.from_regex(r"\A[0-9٠-٩]{0,22}-[A-Za-z0-9]{0,9}\Z"))
def test_no_text_is_somebody_elses_pass(text: str) -> None:
    assert person_of_pass(Mall(pk=1), text) is None


@pytest.mark.django_db
@pytest.mark.usefixtures("channels")
@given(ANYTHING)
@CALM
def test_no_contact_breaks_the_page_of_codes(text: str) -> None:
    client = Client(raise_request_exception=False)

    assert client.post("/accounts/code/", {"contact": text}).status_code in {302, 422}
    assert client.post("/accounts/code/confirm/", {"digits": text}).status_code in {302, 422}
    assert handle_written(text)


@pytest.mark.django_db
@given(st.one_of(JSON, PARTS).map(json.dumps) | st.text(max_size=60))
@CALM
def test_no_credential_breaks_a_page_of_passkeys(sent: str) -> None:
    client = Client(raise_request_exception=False)
    client.get("/accounts/login/key/", headers={"accept": "application/json"})

    assert client.post("/accounts/login/key/", {"credential": sent}).status_code in {200, 302, 429}


@pytest.fixture
def confirmed() -> Client:
    """Somebody who has just said again who they are."""
    client = Client(raise_request_exception=False)
    words = "kata sandi yang panjang"
    client.force_login(open_account("warga@contoh.test", name="Sri", password=words, at=timezone.now()))
    client.post("/accounts/confirm/", {"password": words})
    assert client.get("/accounts/security/key/").status_code == 200
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["false", "0", '""', "[]", "{}", "null"])
def test_an_empty_credential_is_none(confirmed: Client, sent: str) -> None:
    answer = confirmed.post("/accounts/security/key/", {"name": "x", "credential": sent})

    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


@pytest.mark.django_db
@given(sent=st.one_of(JSON, PARTS).map(json.dumps))
@CALM
def test_no_credential_breaks_the_page_that_adds_one(confirmed: Client, sent: str) -> None:
    assert confirmed.post("/accounts/security/key/", {"name": "x", "credential": sent}).status_code == 200
