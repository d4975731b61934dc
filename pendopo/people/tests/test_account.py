"""What somebody changes of their own account: contacts, sessions, second factors; never without being asked again."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.backends.db import SessionStore as PlainStore
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from pendopo.audit.models import InstallationEntry
from pendopo.config.sealed_sessions import SessionStore
from pendopo.people.actions import contacts as acts
from pendopo.people.actions import open_account
from pendopo.people.actions import sessions as browsers
from pendopo.people.errors import ContactTaken
from pendopo.people.models import Account, Address, Code, Session
from pendopo.people.tests.make import confirm, digits, post, sign_in
from tests.world import rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("channels")]
MAIL, PHONE = "warga@contoh.test", "081234567890"
PASSWORD = "kata sandi yang panjang"
CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


@pytest.fixture
def account() -> Account:
    return open_account(MAIL, name="Sri Wahyuni", password=None, at=timezone.now())


def add_phone(client: Client) -> None:
    assert post(client, "/accounts/contacts/new/", contact=PHONE).status_code == 302
    assert post(client, "/accounts/contacts/confirm/", digits=digits())["Location"] == "/accounts/contacts/"


# Contacts


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/contacts/new/",
        "/accounts/contacts/first/",
        "/accounts/contacts/removal/",
        "/accounts/security/key/",
        "/accounts/security/key/removal/",
        "/accounts/security/app/",
    ],
)
def test_nothing_of_an_account_is_changed_before_it_said_again_who_it_is(account: Account, path: str) -> None:
    client = sign_in(MAIL)

    assert post(client, path, number=1)["Location"].startswith("/accounts/confirm/?next=")
    assert Client().post(path)["Location"].startswith("/accounts/code/?next=")


def test_a_contact_is_added_by_a_code_made_first_and_removed(account: Account) -> None:
    client = sign_in(MAIL)
    confirm(client)
    add_phone(client)
    address = Address.objects.get()
    assert sign_in(PHONE).session["_auth_user_id"] == str(account.pk)

    assert post(client, "/accounts/contacts/first/", number=address.pk).status_code == 302
    account.refresh_from_db()
    address.refresh_from_db()
    assert (account.contact, address.contact) == ("+6281234567890", MAIL)
    assert sign_in(MAIL).session["_auth_user_id"] == str(account.pk)

    assert post(client, "/accounts/contacts/removal/", number=0).status_code == 422
    assert post(client, "/accounts/contacts/removal/", number=address.pk).status_code == 302
    assert not Address.objects.exists()
    actions = set(InstallationEntry.objects.values_list("action", flat=True))
    assert {"account.contact_added", "account.contact_first", "account.contact_removed"} <= actions


def test_a_contact_of_another_is_not_added_and_anothers_is_not_removed(account: Account) -> None:
    other = open_account("+6281234567890", name="Budi", password=None, at=timezone.now())
    client = sign_in(MAIL)
    confirm(client)
    post(client, "/accounts/contacts/new/", contact=PHONE)

    refused = post(client, "/accounts/contacts/confirm/", digits=digits())

    assert (refused.status_code, "dipakai akun lain" in refused.content.decode()) == (422, True)
    code = Code.objects.filter(purpose="add").get()
    with pytest.raises(ContactTaken):
        acts.add_contact(code, at=timezone.now())
    foreign = Address.objects.create(account=other, handle="x", contact_sealed=b"", proved_at=timezone.now())
    for path in ("first", "removal"):
        assert post(client, f"/accounts/contacts/{path}/", number=foreign.pk).status_code == 422
    assert Address.objects.count() == 1


def test_a_password_or_a_code_confirms_and_a_wrong_one_does_not() -> None:
    open_account("petugas@contoh.test", name="Sri", password=PASSWORD, at=timezone.now())
    client = Client()
    client.post("/accounts/login/", {"login": "petugas@contoh.test", "password": PASSWORD})

    assert post(client, "/accounts/confirm/", password="salah").status_code == 422
    assert post(client, "/accounts/confirm/?next=/accounts/contacts/new/", password=PASSWORD)["Location"] == (
        "/accounts/contacts/new/"
    )
    assert client.get("/accounts/contacts/new/").status_code == 200


# Sessions


def test_browsers_are_listed_in_words_and_ended_one_by_one(account: Account) -> None:
    here, there = sign_in(MAIL), sign_in(MAIL)
    there.get("/accounts/security/", headers={"user-agent": CHROME})
    row = Session.objects.get(key=there.session.session_key)
    page = here.get("/accounts/sessions/").content.decode()
    assert "127.0.0.1" in page
    assert "Peramban ini" in page

    assert post(here, "/accounts/sessions/end/", number=row.pk).status_code == 302

    assert there.get("/accounts/sessions/").status_code == 302
    assert here.get("/accounts/sessions/").status_code == 200
    assert post(here, "/accounts/sessions/end/", number=row.pk).status_code == 302
    assert post(here, "/accounts/sessions/end/", number=999_999).status_code == 422
    assert "127.0.0.1" not in str(rows("SELECT t::text FROM people_session t"))


def test_a_browser_is_named_by_what_it_calls_itself(account: Account) -> None:
    client = Client(headers={"user-agent": CHROME})
    client.force_login(account)
    client.get("/accounts/security/")

    assert account.sessions.get().browser == "Chrome, Android"


def test_signing_out_everywhere_ends_also_what_nobody_has_listed(account: Account) -> None:
    here, unlisted = sign_in(MAIL), Client()
    unlisted.force_login(account)
    assert account.sessions.count() == 1

    assert post(here, "/accounts/sessions/end-others/").status_code == 302

    assert here.get("/accounts/sessions/").status_code == 200
    assert unlisted.get("/accounts/sessions/")["Location"].startswith("/accounts/code/")


def test_a_session_of_before_is_read_on_and_listed(account: Account) -> None:
    client = Client()
    client.force_login(account)
    held = dict(client.session.items())
    old = PlainStore()
    old.update(held)
    old.create()
    client.cookies["sessionid"] = str(old.session_key)

    assert client.get("/accounts/sessions/").status_code == 200

    assert Session.objects.filter(key=old.session_key).exists()
    (kept,) = rows("SELECT session_data FROM django_session WHERE session_key = %s", str(old.session_key))
    assert str(kept[0]).startswith("~")
    assert SessionStore(old.session_key).load()["_auth_user_id"] == str(account.pk)
    assert SessionStore().decode("~00ff") == {}


def test_browsers_not_seen_for_long_are_forgotten(account: Account) -> None:
    sign_in(MAIL)

    assert browsers.forget(before=timezone.now() + timedelta(days=1)) >= 1
    assert not account.sessions.exists()


# Second factors


def app_digits(secret: str) -> str:
    shown: str = format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))
    return shown


def test_an_app_is_asked_after_the_code_and_a_recovery_code_opens_once(
    account: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = sign_in(MAIL)
    confirm(client)
    page = client.get("/accounts/security/app/")
    assert b"<svg" in page.content
    secret = client.session["mfa.totp.secret"]
    assert post(client, "/accounts/security/app/", code="000000").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert post(client, "/accounts/security/app/", code=app_digits(secret)).status_code == 302
    assert secret not in str(rows("SELECT t::text FROM mfa_authenticator t"))
    assert "account.totp_activated" in set(InstallationEntry.objects.values_list("action", flat=True))
    spare = client.get("/accounts/security/recovery/").context["unused_codes"][0]
    assert spare not in client.get("/accounts/security/recovery/").content.decode()

    again = Client()
    post(again, "/accounts/code/", contact=MAIL)
    assert post(again, "/accounts/code/confirm/", digits=digits())["Location"] == "/accounts/login/second/"
    assert "_auth_user_id" not in again.session
    assert post(again, "/accounts/login/second/", code="00000000").status_code == 200
    assert post(again, "/accounts/login/second/", code=spare).status_code == 302
    assert again.session["_auth_user_id"] == str(account.pk)

    assert post(client, "/accounts/security/app/removal/").status_code == 302
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("path", ["/accounts/security/app/removal/", "/accounts/security/recovery/"])
def test_pages_of_what_somebody_has_not_lead_to_all_of_it(account: Account, path: str) -> None:
    client = sign_in(MAIL)
    confirm(client)

    assert client.get(path)["Location"] == "/accounts/security/"
