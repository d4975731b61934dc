"""Two inspectors and one inspection: who fills it in, how another takes over, and what the first phone still holds."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place as Where
from pendopo.agencies.tests.make import client
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.inspections.actions import filling, finding, taking
from pendopo.inspections.errors import AlreadySigned, NotTheInspector
from pendopo.inspections.models import Answer, Aside, Finding, Inspection, Opinion, Photo, Signature, Turn
from pendopo.inspections.queries.digests import is_intact
from pendopo.inspections.queries.inspections import inspection_of, visited
from pendopo.inspections.tests import make
from pendopo.inspections.types import Said, Told
from pendopo.kernel.errors import MoveNotAllowed, NotAllowed
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def where() -> Where:
    return agencies.place()


@pytest.fixture
def first(where: Where) -> Actor:
    return agencies.staff(where.mall, Role.INSPECTOR)


@pytest.fixture
def second(where: Where) -> Actor:
    return agencies.staff(where.mall, Role.HEAD)


def say(of: Inspection, by: Actor, value: str, at: datetime, part: Told | None = None) -> None:
    told = part or make.told(at)
    filling.answer(of, [Said(make.place(of).pk, "ramp", value)], told=told, by=by, at=NOW + 60 * MINUTE)


def test_one_account_on_two_phones_is_one_inspector(where: Where, first: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = make.inspection(where.mall, first, at=NOW)
        here = make.place(of).pk
        other = [Said(here, "door", "no")]
        filling.answer(of, other, told=make.told(NOW + MINUTE), by=first, at=NOW + MINUTE)
        say(of, first, "yes", NOW + 3 * MINUTE)
        say(of, first, "no", NOW + 2 * MINUTE)

        assert list(Answer.objects.order_by("item").values_list("item", "value")) == [("door", "no"), ("ramp", "yes")]
        assert Aside.objects.count() == 0


def test_taking_over_is_said_and_loses_nothing_of_the_first_phone(where: Where, first: Actor, second: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = make.inspection(where.mall, first, at=NOW)
        say(of, first, "yes", NOW + MINUTE)
        taking.take_over(of, reason="Baterai habis", by=second, at=NOW + 5 * MINUTE)
        say(of, second, "no", NOW + 6 * MINUTE)
        # From the first phone, which had no network: an answer of its own, one that the second gave too, and a retry.
        late = make.told(NOW + 9 * MINUTE)
        here = make.place(of)
        for _time in range(2):
            say(of, first, "na", late.at, late)
            filling.answer(of, [Said(here.pk, "door", "yes")], told=late, by=first, at=NOW + 60 * MINUTE)
        filling.hear(here, first=True, second=False, told=make.told(NOW + MINUTE), by=first, at=NOW + 60 * MINUTE)
        filling.photograph(here, make.png(), told=make.told(NOW), by=first, at=NOW + 60 * MINUTE)
        make.found(of, first, at=NOW)

        assert list(Answer.objects.order_by("item").values_list("item", "value", "account")) == [
            ("door", "yes", first.account_id),
            ("ramp", "no", second.account_id),
        ]
        assert list(Aside.objects.order_by("at").values_list("value", "account", "at")) == [
            ("yes", first.account_id, NOW + MINUTE),
            ("na", first.account_id, NOW + 9 * MINUTE),
        ]
        assert Opinion.objects.get().account_id == Photo.objects.get().account_id == first.account_id
        (ramp,) = (line for part in visited(of)[0].parts for line in part.lines if line.item.key == "ramp")
        assert first.account
        assert [first.account.name in text for text in ramp.asides] == [True, True]
        assert Entry.objects.filter(action="inspection.taken_over").count() == 1
        make.signed(of, second, at=NOW + 61 * MINUTE)
        assert is_intact(inspection_of(where.mall, of.pk))


def test_whoever_was_taken_over_no_longer_signs_or_withdraws(where: Where, first: Actor, second: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = make.inspection(where.mall, first, at=NOW)
        make.answered(of, first, at=NOW)
        found = make.found(of, first, at=NOW)
        taking.take_over(of, reason="Harus pergi", by=second, at=NOW + MINUTE)
        with pytest.raises(NotTheInspector):
            make.signed(of, first, at=NOW + 2 * MINUTE)
        with pytest.raises(NotTheInspector):
            finding.withdraw(found, words="Salah tulis", by=first, at=NOW + 2 * MINUTE)
        assert Signature.objects.count() == 0
        assert Finding.objects.get().state == "open"
        # And takes it back the same way.
        taking.take_over(of, reason="Kembali", by=first, at=NOW + 3 * MINUTE)
        make.signed(of, first, at=NOW + 4 * MINUTE)


def test_nobody_takes_over_what_is_signed_or_their_own(where: Where, first: Actor, second: Actor) -> None:
    officer = agencies.staff(where.mall, Role.OFFICER, agency=where.agency)
    with wall.inside(where.mall.pk):
        of = make.inspection(where.mall, first, at=NOW)
        make.answered(of, first, at=NOW)
        for by, refusal in ((first, MoveNotAllowed), (officer, NotAllowed)):
            with pytest.raises(refusal):
                taking.take_over(of, reason="x", by=by, at=NOW)
        make.signed(of, first, at=NOW)
        with pytest.raises(AlreadySigned):
            taking.take_over(of, reason="x", by=second, at=NOW)
        assert Turn.objects.count() == 0
        assert second.account
        account = second.account
        own = {"mall": where.mall, "account": account, "at": NOW}
        for change in (
            lambda: Turn.objects.create(**own, inspection=of, reason="x"),
            lambda: Aside.objects.create(
                **own, place=make.place(of), item="ramp", value="no", part=uuid4(), received_at=NOW
            ),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_a_companion_sees_who_fills_it_in_and_takes_over_by_a_form(where: Where, first: Actor, second: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = make.inspection(where.mall, first, at=NOW)
        make.answered(of, first, at=NOW)
    page = f"/m/{where.mall.slug}/inspections/{of.pk}/"
    browser, before = client(second), client(first)
    assert browser.get(f"{page}form/").headers["Location"] == page
    told = browser.get(page).content.decode()
    assert first.account
    assert all(words in told for words in (first.account.name, "3 butir terjawab", "Ambil alih pengisian"))
    assert "Ambil alih" not in before.get(page).content.decode()

    assert browser.post(f"{page}turn/", {"reason": ""}).status_code == 422
    assert browser.post(f"{page}turn/", {"reason": "Ponselnya mati"}).headers["Location"] == f"{page}form/"
    assert browser.get(f"{page}form/").status_code == 200
    assert before.get(f"{page}form/").headers["Location"] == page
    assert "Ponselnya mati" in before.get(page).content.decode()
