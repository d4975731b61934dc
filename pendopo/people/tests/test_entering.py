"""Citizens sign up and in by a code; who exists and who does not sees and costs the same."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.audit.models import InstallationEntry
from pendopo.config.sending_codes import send_code
from pendopo.people.actions import codes, open_account
from pendopo.people.models import Account, Code, Tally
from pendopo.people.numbers import contact_in
from pendopo.people.queries.accounts import account_of
from pendopo.people.tests.make import digits, post, sign_in, wrong_digits
from pendopo.queues.tests import make as make_queues
from tests.world import rows, tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("channels")]
MAIL, PHONE = "warga@contoh.test", "0812-3456-7890"


@pytest.mark.parametrize("contact", [MAIL, PHONE])
def test_whoever_is_new_proves_a_contact_gives_a_name_and_is_in(contact: str) -> None:
    client = sign_in(contact, name="Warga Contoh", to="/language/")

    account = account_of(contact_in(contact))
    assert account
    assert client.session["_auth_user_id"] == str(account.pk)
    assert account.name == "Warga Contoh"
    assert not account.has_usable_password()
    assert {"account.opened", "code.asked", "code.proven", "session.began"} <= set(
        InstallationEntry.objects.values_list("action", flat=True)
    )


@pytest.mark.parametrize("written", ["+62 812 3456 7890", "081234567890"])
def test_whoever_was_here_is_in_at_once_however_the_number_is_written(written: str) -> None:
    account = open_account("081234567890", name="Sri", password=None, at=timezone.now())

    client = sign_in(written)

    assert client.session["_auth_user_id"] == str(account.pk)


def test_after_it_people_go_where_they_wanted_and_nowhere_else() -> None:
    open_account(MAIL, name="Sri", password=None, at=timezone.now())
    for wanted, where in (("/language/", "/language/"), ("https://jahat.example/", "/"), ("//jahat.example", "/")):
        client = Client()
        post(client, "/accounts/code/", contact=MAIL, next=wanted)
        assert post(client, "/accounts/code/confirm/", digits=digits())["Location"] == where


def test_who_exists_and_who_does_not_hears_sees_and_costs_the_same() -> None:
    open_account(MAIL, name="Sri", password=None, at=timezone.now())
    told = []
    for contact in (MAIL, "lain1@contoh.test"):
        client = Client()
        client.get("/accounts/code/")
        with CaptureQueriesContext(connection) as asked:
            first = client.post("/accounts/code/", {"contact": contact}, follow=True)
        with CaptureQueriesContext(connection) as tried:
            wrong = client.post("/accounts/code/confirm/", {"digits": wrong_digits()})
        statements = [re.sub(r"'[^']*'|\d+", "?", each["sql"]) for each in [*asked, *tried]]
        pages = [_plain(page.content.decode()) for page in (first, wrong)]
        told.append((first.status_code, first.redirect_chain, wrong.status_code, pages, statements))

    assert told[0] == told[1]
    assert len(told[0][4]) > 10


def _plain(page: str) -> str:
    """Leave out what is different each time: the key against forgery, the time, the contact that was typed."""
    page = re.sub(r'name="(csrfmiddlewaretoken|digits)" value="[^"]*"|data-now="[^"]*"', "", page)
    return re.sub(r"\S•+@contoh\.test", "", page)


def test_a_wrong_code_is_counted_and_five_are_the_end() -> None:
    client = Client()
    post(client, "/accounts/code/", contact=MAIL)
    right, wrong = digits(), wrong_digits()
    for _try in range(codes.MOST_ATTEMPTS):
        assert post(client, "/accounts/code/confirm/", digits=wrong).status_code == 422

    answer = post(client, "/accounts/code/confirm/", digits=right)

    assert answer.status_code == 422
    assert "tidak berlaku lagi" in answer.content.decode()
    assert Code.objects.get().attempts == codes.MOST_ATTEMPTS
    assert "_auth_user_id" not in client.session


def test_a_code_is_good_once_in_its_own_browser_and_not_for_long() -> None:
    open_account(MAIL, name="Sri", password=None, at=timezone.now())
    client, other = Client(), Client()
    post(client, "/accounts/code/", contact=MAIL)
    right = digits()

    assert post(other, "/accounts/code/confirm/", digits=right)["Location"] == "/accounts/code/"
    Code.objects.update(asked_at=timezone.now() - timedelta(hours=1), expires_at=timezone.now())
    assert post(client, "/accounts/code/confirm/", digits=right).status_code == 422
    assert "_auth_user_id" not in client.session


def test_an_account_that_was_closed_stays_closed() -> None:
    open_account(MAIL, name="Sri", password=None, at=timezone.now())
    Account.objects.update(is_active=False)
    client = Client()
    post(client, "/accounts/code/", contact=MAIL)

    assert post(client, "/accounts/code/confirm/", digits=digits())["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_when_no_code_comes_another_goes_by_another_channel_after_a_minute() -> None:
    client = Client()
    post(client, "/accounts/code/", contact=PHONE)
    first = digits()
    page = client.get("/accounts/code/confirm/").content.decode()
    assert "Kirim lagi lewat WhatsApp" in page
    assert "Kirim lagi lewat SMS" in page

    early = post(client, "/accounts/code/again/", channel="sms")
    assert early.status_code == 422
    assert "detik lagi" in early.content.decode()

    Code.objects.update(asked_at=timezone.now() - timedelta(seconds=61))
    assert post(client, "/accounts/code/again/", channel="sms").status_code == 302
    assert Code.objects.order_by("-pk")[0].channel == "sms"
    assert first != digits()
    assert post(client, "/accounts/code/confirm/", digits=first).status_code == 422
    assert post(client, "/accounts/code/confirm/", digits=digits())["Location"] == "/accounts/name/"
    assert post(client, "/accounts/code/again/", channel="mail").status_code == 302


def test_how_many_codes_one_contact_and_one_network_get_is_counted_in_the_database() -> None:
    for _turn in range(codes.PER_CONTACT):
        assert post(Client(), "/accounts/code/", contact=MAIL).status_code == 302

    answer = post(Client(), "/accounts/code/", contact=MAIL.upper())

    assert answer.status_code == 422
    assert "Terlalu sering" in answer.content.decode()
    assert post(Client(), "/accounts/code/", contact=PHONE).status_code == 302
    assert Code.objects.count() == codes.PER_CONTACT + 1
    Tally.objects.filter(what="code network").update(times=codes.PER_NETWORK)
    assert post(Client(), "/accounts/code/", contact="lain@contoh.test").status_code == 422
    assert MAIL not in str(rows("SELECT t::text FROM people_tally t"))


def test_the_job_sends_a_code_once_in_the_language_it_was_asked_in() -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    post(client, "/accounts/code/", contact=MAIL)
    sent, code = digits(), Code.objects.get()

    for _again in range(2):
        send_code(code.pk)

    (letter,) = mail.outbox
    assert letter.to == [MAIL]
    assert sent in letter.subject
    assert "Do not give it to anybody" in str(letter.body)
    code.refresh_from_db()
    assert (bytes(code.digits_sealed), code.sent_at is not None) == (b"", True)
    assert post(client, "/accounts/code/confirm/", digits=f"{sent[:3]} {sent[3:]}").status_code == 302


def test_of_a_code_and_its_contact_nothing_stands_in_clear() -> None:
    client = Client()
    post(client, "/accounts/code/", contact=MAIL)
    sent = digits()
    names = [*(model._meta.db_table for model in tables("account")), "django_session", "procrastinate_jobs"]
    kept = " ".join(str(rows(f"SELECT t::text FROM {name} t")) for name in names)

    assert MAIL not in kept
    assert MAIL.encode().hex() not in kept
    assert not re.search(rf"\b{sent}\b", kept)
    assert sent.encode().hex() not in kept


def test_where_nothing_is_set_up_the_page_says_what_to_do(settings: object) -> None:
    settings.MAIL_IS_SENT = False  # type: ignore[attr-defined]

    answer = post(Client(), "/accounts/code/", contact=MAIL)

    assert answer.status_code == 422
    assert "meja informasi" in answer.content.decode()
    assert not Code.objects.exists()


def test_a_ticket_needs_no_account() -> None:
    hall = make_queues.hall()
    client = Client()

    answer = client.post(f"/m/{hall.mall.slug}/tickets/", {"service": hall.service.code, "id": _uuid()})

    assert answer.status_code == 302
    assert "/t/" in answer["Location"]
    assert client.get(answer["Location"]).status_code == 200
    assert "sessionid" not in client.cookies
    assert answer.wsgi_request.user.is_anonymous


def _uuid() -> str:
    return "7f0f0f5e-1111-4222-8333-444455556666"


def test_a_page_for_whoever_has_signed_in_sends_others_to_do_so_and_back() -> None:
    mall = make_agencies.mall()

    answer = Client().get(f"/m/{mall.slug}/me/")

    assert answer["Location"] == f"/accounts/code/?next=%2Fm%2F{mall.slug}%2Fme%2F"
