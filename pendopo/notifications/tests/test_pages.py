"""The list of messages, the choice, and what the manager sees and does."""

import pytest
from django.test import Client
from django.urls import reverse

from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.kernel.errors import NotAllowed
from pendopo.notifications.actions import choosing, repeating
from pendopo.notifications.models import Message, Preference
from pendopo.notifications.tests import make
from pendopo.notifications.types import Address
from pendopo.people.models import Account
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.django_db
PHONE = "+6281200004321"


def at(here: Mall, name: str, *more: object) -> str:
    return reverse(f"notifications:{name}", args=[here.slug, *more])


def test_a_citizen_reads_what_was_told_and_marks_it() -> None:
    here, who, other = make.mall(), make_agencies.account(), make_agencies.account()
    make.message(here, who)
    theirs = make.message(here, other)
    client = make_agencies.client(_actor(here, who))

    page = client.get(at(here, "inbox")).content.decode()
    answer = client.post(at(here, "reading"), {"upto": theirs.pk})

    assert "Pembayaran DUKCAPIL-261123-0001 diterima" in page
    assert "Belum dibaca" in page
    assert answer.status_code == 302
    assert "Belum dibaca" not in client.get(at(here, "inbox")).content.decode()
    assert make.again(here, theirs).read_at is None


def _actor(here: Mall, who: Account) -> Actor:
    with wall.inside(here.pk):
        return actor_of_account(here, who)


def test_a_citizen_chooses_and_is_told_in_words_what_is_wrong() -> None:
    here, who = make.mall(), make_agencies.account()
    client = make_agencies.client(_actor(here, who))
    good = {
        "first": "mail", "second": "sms", "third": "", "language": "en", "is_quiet": "yes", "quiet_from": "22:00",
        "quiet_until": "05:00",
    }  # fmt: skip

    assert client.get(at(here, "settings")).status_code == 200
    assert client.post(at(here, "settings"), good | {"second": "mail"}).status_code == 422
    assert client.post(at(here, "settings"), good).status_code == 302
    with wall.inside(here.pk):
        (kept,) = Preference.objects.all()
    assert (kept.order, kept.language, f"{kept.quiet_from:%H}{kept.quiet_until:%H}") == (("mail", "sms"), "en", "2205")


def test_whoever_has_not_signed_in_is_sent_to() -> None:
    here = make.mall()
    for name in ("inbox", "settings"):
        assert Client().get(at(here, name)).status_code == 302
    with wall.inside(here.pk), pytest.raises(NotAllowed):
        choosing.read_all(here, upto=1, by=Actor(mall=here), at=make.AT)


def test_the_manager_sees_what_failed_and_sends_it_again() -> None:
    here = make.mall()
    manager, head = make_agencies.staff(here, Role.MANAGER), make_agencies.staff(here, Role.HEAD)
    with make.providers("sms") as there:
        there.sms.faults.refused = {PHONE}
        lost = make.message(here, Address("phone", PHONE))
        make.send(here)
        client = make_agencies.client(manager)
        page = client.get(at(here, "messages")).content.decode()
        refused = client.post(at(here, "again", lost.pk), {"reason": ""})
        assert make_agencies.client(head).post(at(here, "again", lost.pk), {"reason": "Coba"}).status_code == 422
        answer = client.post(at(here, "again", lost.pk), {"reason": "Nomornya sudah aktif"})
        there.sms.faults.refused = set()
        with wall.inside(here.pk):
            due = make.by_day(Message.objects.get().due_at)
        make.send(here, due)

    assert "••4321" in page
    assert PHONE[3:] not in page
    assert "Rp50.000" not in page
    assert (refused.status_code, answer.status_code) == (422, 302)
    assert make.again(here, lost).state == Message.State.HANDED


def test_a_trial_goes_to_whoever_asks_once() -> None:
    here = make.mall()
    manager, officer = make_agencies.staff(here, Role.MANAGER), make_agencies.staff(here, Role.OFFICER)
    with make.providers("mail") as there:
        for _each in range(2):
            assert make_agencies.client(manager).post(at(here, "trial"), {"key": "abc"}).status_code == 302
        with wall.inside(here.pk):
            due = Message.objects.get().due_at
            with pytest.raises(NotAllowed):
                repeating.send_trial(here, key="x", by=officer, at=make.AT)
        make.send(here, due)

    assert [one.subject for one in there.mail.taken] == [f"Pesan uji dari {here.name}"]
    assert make_agencies.client(manager).post(at(here, "trial"), {"key": "../"}).status_code == 422
