"""What was decided is followed to its end: told by its owner, ended by the manager with words, late until then."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from pendopo.agencies.actions import founding, memberships
from pendopo.agencies.errors import DatesCrossed
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.meetings.actions import following, holding, planning
from pendopo.meetings.errors import AlreadySettled, EvidenceMissing, OwnerMissing
from pendopo.meetings.models import Decision, DecisionReport, Meeting
from pendopo.meetings.queries import decisions as shown
from pendopo.meetings.tests import make
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def place() -> Place:
    return agencies.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return agencies.staff(place.mall, Role.MANAGER)


@pytest.fixture
def admin(place: Place) -> Actor:
    return agencies.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)


@pytest.fixture
def meeting(place: Place, manager: Actor) -> Meeting:
    with wall.inside(place.mall.pk):
        return make.sent(place, manager)


def test_the_owner_tells_and_the_manager_ends_it(place: Place, manager: Actor, admin: Actor, meeting: Meeting) -> None:
    with wall.inside(place.mall.pk):
        decision = make.decided(meeting, place, manager)
    page = f"/m/{place.mall.slug}/decisions/{decision.pk}/"
    owner, boss = client(admin), client(manager)
    file = SimpleUploadedFile("jadwal.pdf", b"%PDF-1.4 jadwal")
    assert owner.post(f"{page}reports/", {"words": "Jadwal ditempel", "file": file}).status_code == 302
    assert owner.post(f"{page}settlement/", {"state": "done"}).status_code == 403
    told = owner.get(page).content.decode()
    assert "Jadwal ditempel" in told
    with wall.inside(place.mall.pk):
        report = DecisionReport.objects.get()
    assert owner.get(f"{page}reports/{report.pk}/file/").content == b"%PDF-1.4 jadwal"
    ended = {"state": "done", "because": "Jadwal terlihat di loket", "on": place.mall.local(NOW).date().isoformat()}
    assert boss.post(f"{page}settlement/", ended | {"because": ""}).status_code == 422
    assert boss.post(f"{page}settlement/", ended).status_code == 302
    assert boss.post(f"{page}settlement/", ended).status_code == 422
    assert owner.post(f"{page}reports/", {"words": "Lagi"}).status_code == 422
    assert "Jadwal terlihat di loket" in owner.get(page).content.decode()
    with wall.inside(place.mall.pk):
        assert Decision.objects.get().state == "done"
        assert DecisionReport.objects.count() == 1


def test_a_decision_is_its_owners_alone(place: Place, manager: Actor, meeting: Meeting) -> None:
    with wall.inside(place.mall.pk):
        other = founding.add_agency(place.mall, code="LAIN", name="Dinas Lain", at=NOW)
        foreign = agencies.staff(place.mall, Role.AGENCY_ADMIN, agency=other)
        head = agencies.staff(place.mall, Role.HEAD)
        decision = make.decided(meeting, place, manager)
        for by in (foreign, head):
            with pytest.raises(NotAllowed):
                following.report(decision, "Iseng", by=by, at=NOW)
        planning.invite(meeting, agency=other, by=manager, at=NOW)
    page = f"/m/{place.mall.slug}/decisions/{decision.pk}/"
    # Who was at the meeting reads there what was decided, and nothing more.
    minutes = client(foreign).get(f"/m/{place.mall.slug}/meetings/{meeting.pk}/").content.decode()
    assert decision.words in minutes
    assert page not in minutes
    assert client(foreign).get(page).status_code == 404
    assert client(foreign).post(f"{page}reports/", {"words": "Iseng"}).status_code == 404
    assert client(head).get(page).status_code == 200
    with wall.inside(place.mall.pk):
        assert DecisionReport.objects.count() == 0


def test_a_person_of_the_staff_may_own_one(place: Place, manager: Actor, meeting: Meeting) -> None:
    who = agencies.account("Bayu Anggoro")
    with wall.inside(place.mall.pk):
        memberships.grant(who, place.mall, Role.BACK_OFFICE, agency=place.agency, at=NOW)
        due = place.mall.local(NOW).date()
        decision = holding.decide(
            meeting, words="Papan dipasang", account=who, due_on=due, by=manager, at=timezone.now()
        )
        with pytest.raises(OwnerMissing):
            holding.decide(meeting, words="x", due_on=due, by=manager, at=timezone.now())
        with pytest.raises(OwnerMissing):
            holding.decide(
                meeting, words="x", due_on=due, agency=place.agency, account=who, by=manager, at=timezone.now()
            )
        with pytest.raises(NotUnderstood):
            holding.decide(meeting, words="x", account=who, due_on=due - 2 * make.DAY, by=manager, at=timezone.now())
        own = actor_of_account(place.mall, who)
    browser = client(own)
    assert "Papan dipasang" in browser.get(f"/m/{place.mall.slug}/decisions/").content.decode()
    posted = browser.post(f"/m/{place.mall.slug}/decisions/{decision.pk}/reports/", {"words": "Sudah"})
    assert posted.status_code == 302


def test_late_ones_stand_out_until_they_end(place: Place, manager: Actor, meeting: Meeting) -> None:
    with wall.inside(place.mall.pk):
        decision = make.decided(meeting, place, manager)
        day = place.mall.local(make.later(8)).date()
        assert shown.counts(place.mall, manager, day) == {"open": 1, "done": 0, "dropped": 0, "late": 1}
        assert [each.pk for each in shown.decisions(place.mall, manager, day, state="late").items] == [decision.pk]
        with pytest.raises(EvidenceMissing):
            following.settle(decision, is_done=False, because="", on=day, by=manager, at=make.later(8))
        with pytest.raises(DatesCrossed):
            following.settle(decision, is_done=True, because="x", on=day + make.DAY, by=manager, at=make.later(8))
        with pytest.raises(DatesCrossed):
            following.settle(
                decision, is_done=True, because="x", on=day - timedelta(days=30), by=manager, at=make.later(8)
            )
        following.settle(decision, is_done=False, because="Gedung pindah", on=day, by=manager, at=make.later(8))
        with pytest.raises(AlreadySettled):
            following.settle(decision, is_done=True, because="x", on=day, by=manager, at=make.later(8))
        assert shown.counts(place.mall, manager, day) == {"open": 0, "done": 0, "dropped": 1, "late": 0}


def test_the_database_keeps_the_words_of_a_decision(place: Place, manager: Actor, meeting: Meeting) -> None:
    with wall.inside(place.mall.pk):
        make.decided(meeting, place, manager)
        for statement in (
            "UPDATE meetings_decision SET words = 'lain'",
            "UPDATE meetings_decision SET due_on = '2099-01-01'",
            "DELETE FROM meetings_decision",
            "UPDATE meetings_decisionreport SET words = 'lain'",
        ):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        assert Decision.objects.get().words == "Loket dijaga bergantian"


def test_pages_and_files_hold_the_same(place: Place, manager: Actor, meeting: Meeting) -> None:
    with wall.inside(place.mall.pk):
        day = place.mall.local(NOW).date()
        for number in range(4):
            holding.decide(
                meeting, words=f"Keputusan {number}", agency=place.agency, due_on=day + (4 - number) * make.DAY,
                by=manager, at=timezone.now(),
            )  # fmt: skip
        first = shown.decisions(place.mall, manager, day, size=3)
        second = shown.decisions(place.mall, manager, day, size=3, cursor=first.next or "")
        names = [each.words for page in (first, second) for each in page.items]
    assert names == ["Keputusan 3", "Keputusan 2", "Keputusan 1", "Keputusan 0"]
    told = client(manager).get(f"/m/{place.mall.slug}/decisions/list.csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in told[1:]] == names
    assert client(manager).get(f"/m/{place.mall.slug}/decisions/list.xlsx").content.startswith(b"PK")
