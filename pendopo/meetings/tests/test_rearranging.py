"""A meeting that is put off or called off: with a reason, which the invited read."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotAllowed, RuleViolation
from pendopo.meetings.actions import holding, planning, rearranging
from pendopo.meetings.errors import AlreadyHeld, AlreadyInvited, CalledOff, ReasonMissing, TimePast
from pendopo.meetings.models import Meeting, Postponement
from pendopo.meetings.queries import minutes
from pendopo.meetings.tests import make
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REASON = "Wali kota dipanggil gubernur"


@pytest.fixture
def place() -> Place:
    return agencies.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return agencies.staff(place.mall, Role.MANAGER)


@pytest.fixture
def meeting(place: Place, manager: Actor) -> Meeting:
    with wall.inside(place.mall.pk):
        return make.sent(place, manager, starts_in=DAY)


def test_put_off_it_keeps_agenda_papers_and_invited_and_says_why(
    place: Place, manager: Actor, meeting: Meeting
) -> None:
    to = timezone.now() + 3 * DAY
    admin = agencies.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    with wall.inside(place.mall.pk):
        before = meeting.starts_at
        rearranging.postpone(meeting, to=to, reason=REASON, by=manager, at=timezone.now())
        meeting.refresh_from_db()
        row = Postponement.objects.get()
        assert (meeting.starts_at, meeting.state) == (to, Meeting.State.SENT)
        assert (row.before, row.after, row.reason) == (before, to, REASON)
        assert meeting.points.count() == meeting.invitations.count() == 1
        assert Entry.objects.get(action="meeting.postponed").reason == REASON
        frame = str(minutes._frame(meeting, "Notula")["facts"])
    assert REASON in frame
    page = client(admin).get(f"/m/{place.mall.slug}/meetings/{meeting.pk}/").content.decode()
    assert "Ditunda dari" in page
    assert REASON in page
    assert "Tunda rapat" not in page


def test_called_off_nothing_more_happens_to_it(place: Place, manager: Actor, meeting: Meeting) -> None:
    at = timezone.now()
    admin = agencies.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    with wall.inside(place.mall.pk):
        off = rearranging.call_off(meeting, reason=REASON, by=manager, at=at)
        assert (off.state, off.off_at, off.off_because) == (Meeting.State.OFF, at, REASON)
        assert Entry.objects.get(action="meeting.called_off").reason == REASON
        for act in (
            lambda: rearranging.call_off(meeting, reason=REASON, by=manager, at=at),
            lambda: rearranging.postpone(meeting, to=at + DAY, reason=REASON, by=manager, at=at),
            lambda: planning.invite(meeting, guest="Kapolres", by=manager, at=at),
            lambda: planning.send_agenda(meeting, by=manager, at=at),
            lambda: holding.close_minutes(meeting, by=manager, at=at + 2 * DAY),
        ):
            with pytest.raises(CalledOff):
                act()
    here = f"/m/{place.mall.slug}/meetings/"
    page = client(admin).get(f"{here}{meeting.pk}/").content.decode()
    assert "Rapat ini dibatalkan pada" in page
    assert REASON in page
    assert "Dibatalkan" in client(admin).get(f"{here}?state=off").content.decode()
    assert client(manager).get(f"{here}{meeting.pk}/agenda.pdf").content.startswith(b"%PDF")


def test_a_draft_that_was_called_off_was_never_told(place: Place, manager: Actor) -> None:
    admin = agencies.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    with wall.inside(place.mall.pk):
        draft = make.planned(place, manager, starts_in=DAY)
        rearranging.call_off(draft, reason=REASON, by=manager, at=timezone.now())
    assert client(admin).get(f"/m/{place.mall.slug}/meetings/{draft.pk}/").status_code == 404
    assert client(manager).get(f"/m/{place.mall.slug}/meetings/{draft.pk}/").status_code == 200


def test_what_is_refused_changes_nothing(place: Place, manager: Actor, meeting: Meeting) -> None:
    at, admin = timezone.now(), agencies.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    with wall.inside(place.mall.pk):
        other = make.sent(place, manager, starts_in=2 * DAY)
        refusals: tuple[tuple[type[RuleViolation], dict[str, object]], ...] = (
            (TimePast, {"to": at - HOUR}),
            (TimePast, {"to": meeting.starts_at}),
            (AlreadyInvited, {"to": other.starts_at}),
            (ReasonMissing, {"reason": ""}),
            (NotAllowed, {"by": admin}),
        )
        for refusal, told in refusals:
            given = {"to": at + 5 * DAY, "reason": REASON, "by": manager, "at": at} | told
            with pytest.raises(refusal):
                rearranging.postpone(meeting, **given)  # type: ignore[arg-type]
        with pytest.raises(ReasonMissing):
            rearranging.call_off(meeting, reason="", by=manager, at=at)
        assert not Postponement.objects.exists()
        assert set(Meeting.objects.values_list("state", flat=True)) == {"sent"}


def test_what_was_held_is_neither_put_off_nor_called_off(place: Place, manager: Actor) -> None:
    at = timezone.now()
    with wall.inside(place.mall.pk):
        held = make.sent(place, manager)
        make.decided(held, place, manager)
        with pytest.raises(AlreadyHeld):
            rearranging.postpone(held, to=at + DAY, reason=REASON, by=manager, at=at)
        with pytest.raises(AlreadyHeld):
            rearranging.call_off(held, reason=REASON, by=manager, at=at)


def test_the_database_refuses_what_the_rules_forbid(place: Place, manager: Actor, meeting: Meeting) -> None:
    with wall.inside(place.mall.pk):
        rearranging.postpone(meeting, to=timezone.now() + 3 * DAY, reason=REASON, by=manager, at=timezone.now())
        for change in ({"state": "off"}, {"off_because": "x"}, {"off_at": timezone.now()}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Meeting.objects.filter(pk=meeting.pk).update(**change)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Postponement.objects.update(reason="lain")


def test_by_the_door(place: Place, manager: Actor, meeting: Meeting) -> None:
    here = f"/m/{place.mall.slug}/meetings/{meeting.pk}/"
    browser, day = client(manager), place.mall.local(timezone.now()).date() + 9 * DAY
    assert browser.post(f"{here}postponement/", {"day": day, "starts": "09:30", "reason": ""}).status_code == 422
    put_off = browser.post(f"{here}postponement/", {"day": day, "starts": "09:30", "reason": REASON})
    assert put_off.status_code == 302
    assert "pukul 09.30" in browser.get(here).content.decode()
    assert browser.post(f"{here}cancellation/", {"reason": ""}).status_code == 422
    assert browser.post(f"{here}cancellation/", {"reason": REASON}).status_code == 302
    refused = browser.post(f"{here}cancellation/", {"reason": REASON})
    assert (refused.status_code, "Rapat ini sudah dibatalkan." in refused.content.decode()) == (422, True)
    officer = agencies.staff(place.mall, Role.OFFICER, agency=place.agency)
    assert client(officer).post(f"{here}cancellation/", {"reason": REASON}).status_code == 403
