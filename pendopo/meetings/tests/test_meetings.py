"""A meeting from its agenda to its minutes: frozen papers, attendance, decisions, and who may read it."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.actions import founding, joining
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.meetings.actions import holding, planning
from pendopo.meetings.actions.holding import Attended
from pendopo.meetings.errors import AgendaFrozen, AgendaOpen, AlreadyInvited, MinutesClosed, NotHeldYet
from pendopo.meetings.models import AgendaPoint, Decision, Invitation, Meeting, Paper
from pendopo.meetings.queries import meetings as shown
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


def rows(answer: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.decode("utf-8-sig"))))


def test_a_meeting_goes_from_its_agenda_to_its_minutes(place: Place, manager: Actor) -> None:
    here, browser = f"/m/{place.mall.slug}/meetings/", client(manager)
    yesterday = place.mall.local(NOW).date() - timedelta(days=1)
    told = {
        "title": "Rapat bulanan",
        "day": yesterday.isoformat(),
        "starts": "09:00",
        "place": "Aula",
        "chair": "Rini, Sekda",
    }
    made = browser.post(f"{here}new/", told)
    assert made.status_code == 302
    page = made["Location"]
    assert browser.post(f"{page}sending/").status_code == 422
    browser.post(f"{page}points/", {"title": "Kedisiplinan", "owner": "BKPSDM"})
    browser.post(f"{page}points/", {"title": "Salah ketik", "owner": ""})
    with wall.inside(place.mall.pk):
        wrong = AgendaPoint.objects.get(title="Salah ketik")
        point = AgendaPoint.objects.get(title="Kedisiplinan")
    browser.post(f"{page}points/{wrong.pk}/removal/")
    browser.post(f"{page}invitations/", {"all": "1"})
    browser.post(f"{page}invitations/", {"guest": "Kapolres Contoh"})
    assert browser.get(f"{page}minutes.pdf").status_code == 404
    assert browser.post(f"{page}sending/").status_code == 302
    # What was sent is what the meeting is about.
    assert browser.post(f"{page}points/", {"title": "Susulan"}).status_code == 422
    with wall.inside(place.mall.pk):
        asked = {str(each): each.pk for each in Invitation.objects.select_related("agency", "account")}
    assert browser.post(f"{page}closing/").status_code == 422
    came, guest = asked["Dinas Dukcapil"], asked["Kapolres Contoh"]
    sent = {f"came-{came}": "came", f"came-{guest}": "sent"}
    assert browser.post(f"{page}attendance/", sent).status_code == 422
    assert browser.post(f"{page}attendance/", sent | {f"by-{guest}": "Kasat Lantas"}).status_code == 302
    browser.post(f"{page}points/{point.pk}/minutes/", {"minutes": "Piket makan siang dibagi dua."})
    decided = {
        "words": "Jadwal piket istirahat dibuat", "agency": place.agency.pk, "due_on": NOW.date().isoformat(),
        "point": point.pk,
    }  # fmt: skip
    assert browser.post(f"{page}decisions/", decided | {"agency": ""}).status_code == 422
    assert browser.post(f"{page}decisions/", decided).status_code == 302
    assert browser.post(f"{page}closing/").status_code == 302
    minutes = browser.get(f"{page}minutes.pdf").content
    assert minutes.startswith(b"%PDF-")
    assert minutes == browser.get(f"{page}minutes.pdf").content
    assert browser.post(f"{page}points/{point.pk}/minutes/", {"minutes": "Lain"}).status_code == 422
    shown = browser.get(page).content.decode()
    for words in ("Piket makan siang dibagi dua.", "Kasat Lantas", "Jadwal piket istirahat dibuat", "Notula selesai"):
        assert words in shown
    with wall.inside(place.mall.pk):
        assert [each.title for each in AgendaPoint.objects.all()] == ["Kedisiplinan"]


def test_a_paper_never_changes_whatever_happens_later(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        meeting = make.sent(place, manager)
        before = list(Paper.objects.order_by("position").values_list("kind", "summary", "table"))
    assert [kind for kind, _summary, _table in before] == Paper.Kind.values
    page = f"/m/{place.mall.slug}/meetings/{meeting.pk}/papers/prospects/"
    browser = client(manager)
    told = browser.get(page).content
    with wall.inside(place.mall.pk):
        joining.note_interest(
            place.mall, name="Kantor Imigrasi", contact_office="Umum", wanted_services="Paspor", since=NOW.date(),
            by=manager, at=NOW,
        )  # fmt: skip
        founding.add_agency(place.mall, code="BARU", name="Dinas Baru", at=NOW)
        assert list(Paper.objects.order_by("position").values_list("kind", "summary", "table")) == before
        # Nor does anybody change it behind the page: the database refuses.
        for statement in ("UPDATE meetings_paper SET summary = 'lain'", "DELETE FROM meetings_paper"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    assert b"Kantor Imigrasi" not in browser.get(page).content
    assert "0 instansi ingin bergabung." in told.decode()


def test_the_next_agenda_begins_with_what_is_open(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        first = make.sent(place, manager)
        decision = make.decided(first, place, manager, words="Papan nama loket dipasang")
        following = make.planned(place, manager, title="Rapat berikutnya", starts_in=make.DAY)
    page = f"/m/{place.mall.slug}/meetings/{following.pk}/"
    draft = client(manager).get(page).content.decode()
    assert "Papan nama loket dipasang" in draft.split("agenda-title")[0]
    with wall.inside(place.mall.pk):
        planning.send_agenda(following, by=manager, at=NOW)
        paper = Paper.objects.get(meeting=following, position=1)
        assert paper.kind == Paper.Kind.DECISIONS
        assert paper.table["rows"][0][:2] == [decision.words, "Dukcapil"]


def test_what_comes_too_early_or_too_late_is_refused(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        draft = make.planned(place, manager)
        coming = make.sent(place, manager, title="Rapat minggu depan", starts_in=7 * make.DAY)
        with pytest.raises(AgendaOpen):
            make.decided(draft, place, manager)
        with pytest.raises(NotHeldYet):
            make.decided(coming, place, manager)
        with pytest.raises(AgendaFrozen):
            planning.add_point(coming, title="Susulan", owner="", by=manager, at=NOW)
        with pytest.raises(AlreadyInvited):
            planning.invite(coming, agency=place.agency, by=manager, at=NOW)
        with pytest.raises(AlreadyInvited):
            planning.plan_meeting(
                place.mall, title=draft.title, starts_at=draft.starts_at, place="x", chair="x", by=manager, at=NOW
            )
        with pytest.raises(NotUnderstood):
            planning.invite(coming, by=manager, at=NOW)
        assert Decision.objects.count() == 0


def test_closed_minutes_stay_closed(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        meeting = make.sent(place, manager)
        row = Invitation.objects.get(meeting=meeting)
        holding.note_attendance(meeting, [Attended(row, "away")], by=manager, at=timezone.now())
        holding.close_minutes(meeting, by=manager, at=timezone.now())
        for act in (
            lambda: make.decided(meeting, place, manager),
            lambda: holding.note_attendance(meeting, [Attended(row, "came")], by=manager, at=timezone.now()),
            lambda: planning.invite(meeting, guest="Tamu", by=manager, at=timezone.now()),
        ):
            with pytest.raises(MinutesClosed):
                act()
        assert Invitation.objects.get(pk=row.pk).came == "away"


def test_only_the_manager_writes(place: Place, manager: Actor, admin: Actor) -> None:
    head = agencies.staff(place.mall, Role.HEAD)
    with wall.inside(place.mall.pk):
        meeting = make.planned(place, manager)
        for by in (admin, head):
            with pytest.raises(NotAllowed):
                planning.add_point(meeting, title="x", owner="", by=by, at=NOW)
    here = f"/m/{place.mall.slug}/meetings/{meeting.pk}/"
    assert client(head).post(f"{here}points/", {"title": "x"}).status_code == 422
    assert client(admin).post(f"{here}points/", {"title": "x"}).status_code == 403
    with wall.inside(place.mall.pk):
        assert meeting.points.count() == 1


def test_an_admin_reads_what_the_own_agency_is_invited_to(place: Place, manager: Actor, admin: Actor) -> None:
    with wall.inside(place.mall.pk):
        other = founding.add_agency(place.mall, code="LAIN", name="Dinas Lain", at=NOW)
        foreign = agencies.staff(place.mall, Role.AGENCY_ADMIN, agency=other)
        draft = make.planned(place, manager, title="Rapat rahasia")
        meeting = make.sent(place, manager)
    here = f"/m/{place.mall.slug}/meetings/"
    assert client(admin).get(f"{here}{meeting.pk}/").status_code == 200
    assert client(admin).get(f"{here}{meeting.pk}/papers/discipline/").status_code == 200
    assert client(admin).get(f"{here}{meeting.pk}/agenda.pdf").content.startswith(b"%PDF-")
    assert client(admin).get(f"{here}{draft.pk}/").status_code == 404
    assert client(foreign).get(f"{here}{meeting.pk}/").status_code == 404
    assert "Rapat bulanan" not in client(foreign).get(here).content.decode()
    assert rows(client(foreign).get(f"{here}list.csv").content)[1:] == []


def test_pages_files_and_the_list_agree_and_cost_the_same(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        for number in range(3):
            make.planned(place, manager, title=f"Rapat {number}", starts_in=number * make.DAY)
        first = shown.meetings(place.mall, manager, size=2)
        second = shown.meetings(place.mall, manager, size=2, cursor=first.next or "")
        names = [line[0].title for page in (first, second) for line in page.items]
        assert names == ["Rapat 2", "Rapat 1", "Rapat 0"]
        assert second.next is None
    browser, here = client(manager), f"/m/{place.mall.slug}/meetings/"
    assert [line[0] for line in rows(browser.get(f"{here}list.csv").content)[1:]] == names
    assert browser.get(f"{here}list.xlsx").content.startswith(b"PK")
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(here)
    with wall.inside(place.mall.pk):
        for number in range(3, 12):
            make.sent(place, manager, title=f"Rapat {number}")
    with CaptureQueriesContext(connection) as many:
        browser.get(here)
    assert len(many) == len(few)
    for cursor in ("x", "WzEsMl0=", "WyJ4IiwgMV0=", "WyIyMDI2LTAxLTAxVDAwOjAwOjAwIiwgMV0="):
        assert browser.get(f"{here}?cursor={cursor}").status_code == 422


def test_a_paper_is_taken_away_as_it_is_shown(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        meeting = make.sent(place, manager)
    here = f"/m/{place.mall.slug}/meetings/{meeting.pk}/papers/"
    for kind in Paper.Kind.values:
        page = client(manager).get(f"{here}{kind}/").content.decode()
        sheet = rows(client(manager).get(f"{here}{kind}/list.csv").content)
        assert len(sheet) == 1 or all(head in page for head in sheet[0])
        assert page.count('<th scope="row">') == len(sheet) - 1
    assert client(manager).get(f"{here}tidak-ada/").status_code == 404


def test_nothing_of_another_mall_is_seen(place: Place, manager: Actor) -> None:
    elsewhere = agencies.place()
    there = agencies.staff(elsewhere.mall, Role.MANAGER)
    with wall.inside(place.mall.pk):
        meeting = make.sent(place, manager)
    assert client(there).get(f"/m/{elsewhere.mall.slug}/meetings/{meeting.pk}/").status_code == 404
    with wall.inside(elsewhere.mall.pk):
        assert Meeting.objects.count() == 0
