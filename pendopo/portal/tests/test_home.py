"""What waits for somebody stands on their home page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.documents.tests import make as documents
from pendopo.innovations.models import Competition, Juror
from pendopo.meetings.actions import following
from pendopo.meetings.tests import make as meetings
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return agencies.place()


def home(who: Actor) -> str:
    assert who.account
    client = Client()
    client.force_login(who.account)
    return client.get("/").content.decode()


def test_open_decisions_of_the_own_agency_are_counted(place: Place) -> None:
    manager = agencies.staff(place.mall, Role.MANAGER)
    admin = agencies.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    officer = agencies.staff(place.mall, Role.OFFICER, agency=place.agency)
    with wall.inside(place.mall.pk):
        meeting = meetings.sent(place, manager)
        decision = meetings.decided(meeting, place, manager)
        meetings.decided(meeting, place, manager, words="Jadwal piket")
    assert "2 keputusan menunggu Anda" in home(admin)
    for other in (manager, officer):
        assert "menunggu Anda" not in home(other)
    with wall.inside(place.mall.pk):
        today = place.mall.local(timezone.now()).date()
        following.settle(decision, is_done=True, because="Foto", on=today, by=manager, at=timezone.now())
    assert "1 keputusan menunggu Anda" in home(admin)


def test_papers_that_wait_for_a_signature_are_counted(place: Place) -> None:
    with wall.inside(place.mall.pk):
        signer, other = documents.ready(place.mall), documents.ready(place.mall)
        documents.waiting(place.mall, signer=signer.account)
    assert "Tanda tangan: 1" in home(signer)
    assert "Tanda tangan" not in home(other)


def test_a_juror_finds_the_proposals_and_nobody_else_does(place: Place) -> None:
    juror, other = (agencies.staff(place.mall, Role.OFFICER, agency=place.agency) for _each in range(2))
    assert juror.account
    at = timezone.now()
    with wall.inside(place.mall.pk):
        held = Competition.objects.create(
            mall=place.mall, name="Lomba", year=2026, opens_at=at, closes_at=at + timedelta(days=9), limits={}, ages={},
            criteria=[], source="SK",
        )  # fmt: skip
        row = Juror.objects.create(mall=place.mall, competition=held, account=juror.account)
    assert "innovations/scoring/" in home(juror)
    assert "innovations/scoring/" not in home(other)
    with wall.inside(place.mall.pk):
        Juror.objects.filter(pk=row.pk).update(left_at=at, left_because="Pindah")
    assert "innovations/scoring/" not in home(juror)
