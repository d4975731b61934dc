"""What is written: once, in the recipient's language, not in quiet hours, and only what a template asks for."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.utils import timezone

from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.tests import make as make_agencies
from pendopo.notifications import wording
from pendopo.notifications.actions import choosing, writing
from pendopo.notifications.errors import NobodyToTell, WrongTemplate
from pendopo.notifications.models import Message
from pendopo.notifications.quiet import end_of_quiet
from pendopo.notifications.tests import make
from pendopo.notifications.types import Address
from pendopo.people.models import Account, Organisation, Party, Representation
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.django_db


def choose(here: Mall, who: Account, **told: object) -> None:
    with wall.inside(here.pk):
        chosen = {"channels": ["mail"], "language": "en", "quiet_from": None, "quiet_until": None} | told
        choosing.choose(here, by=actor_of_account(here, who), at=timezone.now(), **chosen)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", wording.templates())
def test_a_template_has_both_languages_with_the_same_fields(name: str) -> None:
    found = wording.template(name)

    assert set(found) == {"id", "en"}
    assert found["id"].fields == found["en"].fields
    assert all(words.name and words.subject and words.text for words in found.values())
    # One SMS of the longest kind that gateways split well, and a line of mail.
    assert all(len(words.text) <= 300 and len(words.subject) <= 60 for words in found.values())


def test_a_value_is_never_read_as_a_field() -> None:
    words = wording.words_of("trial", "xx", {"mall": "{link} {mall}"})

    assert words.text.startswith("Ini pesan uji dari {link} {mall}.")


@pytest.mark.parametrize(
    ("template", "data"),
    [("nothing", {}), ("../trial", {"mall": "x"}), ("trial", {}), ("trial", {"mall": "x", "name": "y"})],
)
def test_what_no_template_asks_for_is_refused(template: str, data: dict[str, str]) -> None:
    here = make.mall()
    with pytest.raises(WrongTemplate), wall.inside(here.pk):
        writing.write(
            here, to=Address("phone", "+6281234567"), template=template, data=data, about="", key="k", at=make.AT
        )
    with wall.inside(here.pk):
        assert not Message.objects.exists()


def test_the_same_happening_is_told_once() -> None:
    here = make.mall()

    first, second = make.message(here, key="bill:7:paid"), make.message(here, key="bill:7:paid")

    assert first.pk == second.pk
    assert make.message(make.mall(), key="bill:7:paid").pk != first.pk


def test_what_is_undone_told_nobody() -> None:
    here = make.mall()
    with transaction.atomic():
        make.message(here)
        transaction.set_rollback(True)
    with wall.inside(here.pk):
        assert not Message.objects.exists()


def test_no_personal_datum_stands_in_clear() -> None:
    here = make.mall()
    with make.providers():
        make.message(here, Address("phone", "+6281298765432"))
        make.send(here)
    with wall.inside(here.pk), connection.cursor() as cursor:
        cursor.execute("SELECT m::text, a::text FROM notifications_message m, notifications_attempt a")
        (row,) = cursor.fetchall()
    assert all("98765432" not in text and "50.000" not in text for text in row)


def test_a_party_is_told_by_its_person_and_an_organisation_by_its_officer() -> None:
    here = make.mall()
    with wall.inside(here.pk):
        person, officer = make.citizen(here), make.citizen(here)
        alone = Party.objects.create(mall=here, person=person)
        company = Organisation.objects.create(mall=here, name="CV Contoh")
        party = Party.objects.create(mall=here, organisation=company)
        with pytest.raises(NobodyToTell), transaction.atomic():
            make.message(here, party)
        Representation.objects.create(
            mall=here, person=officer, party=party, basis=Representation.Basis.OFFICER, starts_on=date(2026, 1, 1)
        )

        assert make.message(here, alone).person == person
        assert make.message(here, party).person == officer


def test_nobody_of_another_mall_is_told() -> None:
    here, there = make.mall(), make.mall()
    with wall.inside(there.pk):
        foreign = make.citizen(there)
    with pytest.raises(NobodyToTell):
        make.message(here, foreign)
    with pytest.raises(NobodyToTell):
        make.message(here, Address("phone", "sini"))


def test_the_wish_of_the_recipient_holds() -> None:
    here, who = make.mall(), make_agencies.account()
    choose(here, who, channels=["mail", "whatsapp"])
    with make.providers():
        with wall.inside(here.pk):
            person = make.citizen(here, email="warga@contoh.test", account=who)
        written = make.message(here, person)
        unasked = make.message(here)

    assert (written.language, written.channel, written.fallbacks) == ("en", "mail", "whatsapp")
    assert (unasked.language, unasked.channel, unasked.fallbacks) == ("id", "whatsapp", "sms")


def test_without_a_channel_it_stands_in_the_list_or_shows_as_failed() -> None:
    here = make.mall()

    signed_in, unknown = make.message(here, make_agencies.account()), make.message(here)

    assert (signed_in.state, unknown.state) == (Message.State.INBOX, Message.State.FAILED)
    assert make.send(here) == 0


@pytest.mark.parametrize(
    ("zone", "told", "due"),
    [
        # Eleven in the evening in Jakarta is one in the morning in Jayapura: both sleep until six.
        (Mall.Zone.WIB, datetime(2026, 11, 23, 16, tzinfo=UTC), datetime(2026, 11, 23, 23, tzinfo=UTC)),
        (Mall.Zone.WIT, datetime(2026, 11, 23, 16, tzinfo=UTC), datetime(2026, 11, 23, 21, tzinfo=UTC)),
        # Half past eight in the evening in Jakarta is not quiet yet; in Makassar it is.
        (Mall.Zone.WIB, datetime(2026, 11, 23, 13, 30, tzinfo=UTC), datetime(2026, 11, 23, 13, 30, tzinfo=UTC)),
        (Mall.Zone.WITA, datetime(2026, 11, 23, 13, 30, tzinfo=UTC), datetime(2026, 11, 23, 22, tzinfo=UTC)),
    ],
)
def test_nobody_is_woken_in_any_zone(zone: str, told: datetime, due: datetime) -> None:
    here = make.mall(zone)
    with make.providers() as there:
        written, urgent = make.message(here, at=told), make.message(here, at=told, urgent=True)
        make.send(here, told)
        early = len(there.taken)
        make.send(here, due)

    assert (written.due_at, urgent.due_at) == (due, told)
    assert early == (2 if due == told else 1)
    assert len(there.taken) == 2


def test_what_waited_for_a_provider_is_not_sent_at_night() -> None:
    here = make.mall()
    evening, night = datetime(2026, 11, 23, 13, 50, tzinfo=UTC), datetime(2026, 11, 23, 16, tzinfo=UTC)
    with make.providers("sms") as there:
        there.sms.faults.down = "refuses"
        written = make.message(here, at=evening)
        make.send(here, evening)
        there.sms.faults.down = ""
        make.send(here, night)
        at_night = list(there.taken)
        make.send(here, datetime(2026, 11, 23, 23, 1, tzinfo=UTC))

    assert at_night == []
    assert there.taken == [written.code.hex]


ZONE = ZoneInfo("Asia/Jayapura")


@pytest.mark.parametrize(
    ("at", "begins", "ends", "until"),
    [
        (time(22), time(21), time(6), (24, time(6))),
        (time(5, 59), time(21), time(6), (23, time(6))),
        (time(6), time(21), time(6), None),
        (time(20, 59), time(21), time(6), None),
        (time(13), time(12), time(14), (23, time(14))),
        (time(14), time(12), time(14), None),
        (time(3), time(3), time(3), None),
        (time(3), None, None, None),
        (time(0), time(0), time(6), (23, time(6))),
        (time(23, 59), time(23), time(0), (24, time(0))),
    ],
)
def test_quiet_hours_end_when_they_end(
    at: time, begins: time | None, ends: time | None, until: tuple[int, time] | None
) -> None:
    expected = datetime.combine(date(2026, 11, until[0]), until[1], ZONE) if until else None

    assert end_of_quiet(datetime.combine(date(2026, 11, 23), at, ZONE), begins, ends) == expected


def test_a_message_waits_for_days_and_no_longer() -> None:
    here = make.mall()
    with make.providers("sms") as there:
        there.sms.faults.down = "refuses"
        written = make.message(here)
        for hours in range(0, 74, 2):
            make.send(here, make.AT + timedelta(hours=hours))
        there.sms.faults.down = ""
        make.send(here, make.AT + timedelta(hours=80))

    lost = make.again(here, written)
    assert (lost.state, there.taken) == (Message.State.FAILED, [])
    assert lost.reason == "HTTP 503"
