"""Staff sign in with a contact that is stored nowhere in clear; programs with a token that is stored nowhere."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import memberships
from pendopo.agencies.models import ApiToken
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.kernel.errors import NotAllowed
from pendopo.people.actions import open_account
from pendopo.people.models import Account
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import wall
from tests.world import rows, tables

pytestmark = pytest.mark.django_db

CONTACT = "Petugas.Loket@contoh.test"
PASSWORD = "kata sandi yang panjang"


@pytest.fixture(autouse=True)
def _no_limits_from_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def account() -> Account:
    return open_account(CONTACT, name="Sri Wahyuni", password=PASSWORD, at=timezone.now())


def sign_in(client: Client, *, login: str = CONTACT, password: str = PASSWORD, to: str = "") -> HttpResponse:
    response = client.post("/accounts/login/", {"login": login, "password": password, "next": to})
    assert isinstance(response, HttpResponse)
    return response


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", [CONTACT, CONTACT.lower(), f"  {CONTACT} "])
def test_the_right_password_opens(account: Account, login: str) -> None:
    client = Client()

    response = sign_in(client, login=login)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("login", "password"),
    [
        (CONTACT, "salah"),
        ("bukan.siapa@contoh.test", PASSWORD),
        (CONTACT, ""),
        ("", ""),
        ("\x00", "\x00"),
        ("a" * 999, "a"),
    ],
)
def test_a_wrong_one_is_told_in_words_that_tell_nothing(account: Account, login: str, password: str) -> None:
    client = Client()

    response = sign_in(client, login=login, password=password)

    assert response.status_code in {200, 422}
    assert not is_signed_in(client)
    page = response.content.decode()
    assert 'role="alert"' in page or "error" in page
    assert PASSWORD not in page


def test_who_exists_and_who_does_not_hear_the_same(account: Account) -> None:
    known, unknown = (
        sign_in(Client(), login=login, password="salah").content.decode() for login in (CONTACT, "lain@contoh.test")
    )

    assert _alert(known) == _alert(unknown) != ""


def _alert(page: str) -> str:
    return page.partition('role="alert"')[2].partition("</div>")[0].partition('href="')[0]


def test_an_account_that_was_closed_is_refused(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)
    client = Client()

    sign_in(client)

    assert not is_signed_in(client)


def test_guessing_is_slowed_down_even_for_the_right_password(account: Account) -> None:
    client = Client()
    for _ in range(10):
        sign_in(client, password="salah")

    response = sign_in(client)

    assert response.status_code in {200, 422, 429}
    assert not is_signed_in(client)
    assert "<h1" in response.content.decode()


def test_signing_out_ends_the_session(account: Account) -> None:
    client = Client()
    sign_in(client)
    stolen = client.cookies["sessionid"].value

    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/accounts/logout/")["Location"] == "/"

    assert not is_signed_in(client)
    again = Client()
    again.cookies["sessionid"] = stolen
    assert not is_signed_in(again)


@pytest.mark.parametrize(
    "to", ["https://jahat.example/", "//jahat.example", "/\\jahat.example", "javascript:alert(1)", "https:///x", "\x00"]
)
def test_after_it_nobody_is_sent_to_another_host(account: Account, to: str) -> None:
    assert sign_in(Client(), to=to)["Location"] == "/"


def test_after_it_people_go_where_they_wanted(account: Account) -> None:
    assert sign_in(Client(), to="/m/contoh/counters/")["Location"] == "/m/contoh/counters/"


def test_nobody_opens_an_account_from_outside() -> None:
    for path in ("/accounts/signup/", "/accounts/password/reset/", "/accounts/email/", "/accounts/login/code/"):
        assert Client().get(path).status_code == 404


def test_of_a_contact_only_hash_and_ciphertext_are_kept(account: Account) -> None:
    sign_in(Client())

    assert account.contact == CONTACT
    for table in [*(model._meta.db_table for model in tables("account")), "account_emailaddress", "django_session"]:
        for text in rows(f"SELECT t::text FROM {table} t"):
            assert "contoh.test" not in str(text).casefold()
            assert CONTACT.encode().hex() not in str(text)
            assert PASSWORD not in str(text)
    assert not EmailAddress.objects.exists()
    assert Account.objects.get().password.startswith("scrypt$")


# Tokens


def token(hall: Hall) -> str:
    assert hall.officer.account
    with wall.inside(hall.mall.pk):
        return memberships.create_token(hall.officer.account, hall.mall, at=timezone.now())


def test_a_token_is_kept_nowhere() -> None:
    hall = make.hall()
    made = token(hall)
    with wall.inside(hall.mall.pk):
        kept = str(rows("SELECT t::text FROM agencies_apitoken t"))

    assert made.removeprefix("pdp_").partition(".")[2] not in kept
    assert made not in kept


def test_nobody_without_a_role_gets_one() -> None:
    hall = make.hall()
    stranger = make_agencies.account()
    with wall.inside(hall.mall.pk), pytest.raises(NotAllowed):
        memberships.create_token(stranger, hall.mall, at=timezone.now())

    with wall.inside(hall.mall.pk):
        assert not ApiToken.objects.exists()


def test_the_head_of_one_mall_lands_on_the_heads_page(account: Account) -> None:
    here, other = make_agencies.mall(), make_agencies.mall()
    with wall.inside(here.pk):
        memberships.grant(account, here, Role.HEAD, at=timezone.now())

    assert sign_in(Client())["Location"] == f"/m/{here.slug}/head/"
    assert sign_in(Client(), to="/language/")["Location"] == "/language/"

    with wall.inside(other.pk):
        memberships.grant(account, other, Role.HEAD, at=timezone.now())

    assert sign_in(Client())["Location"] == "/"
