"""What a mall tells everybody: written by its manager, changed with a reason, read by all without signing in."""

from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.queries.weeks import weeks
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import noticing, publishing, writing
from pendopo.catalogue.errors import NoPicture, NoticeOver, ToldAlready
from pendopo.catalogue.models import FloorPlan, Notice
from pendopo.catalogue.queries import notices
from pendopo.catalogue.queries.facilities import instrument
from pendopo.kernel.errors import NotAllowed, NotUnderstood, ReasonMissing
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def place() -> Place:
    return make.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return make.staff(place.mall, Role.MANAGER)


def tell(place: Place, by: Actor, kind: str = "announcement", title: str = "Libur bersama", **more: object) -> Notice:
    with wall.inside(place.mall.pk):
        return noticing.write_notice(place.mall, kind, title=title, by=by, at=NOW, **more)  # type: ignore[arg-type]


def page(place: Place, path: str = "information/") -> str:
    return Client().get(f"/m/{place.mall.slug}/{path}").content.decode()


def test_the_manager_tells_something_and_everybody_reads_it(place: Place, manager: Actor) -> None:
    here = f"/m/{place.mall.slug}/notices/of/announcement/"

    sent = client(manager).post(here, {"title": "Loket pindah", "text": "Ke lantai 2 <b>", "site": place.site.pk})

    assert sent.status_code == 302
    told = page(place)
    assert "Loket pindah" in told
    assert "Ke lantai 2 &lt;b&gt;" in told
    assert "Loket pindah" in page(place, "")
    assert "Loket pindah" in page(place, "information/changes/")


def test_what_has_ended_or_not_begun_is_not_told(place: Place, manager: Actor) -> None:
    today = place.mall.local(NOW).date()
    tell(place, manager, title="Besok", starts_on=today + DAY)
    tell(place, manager, title="Kemarin", starts_on=today - 2 * DAY, ends_on=today - DAY)
    tell(place, manager, title="Hari ini", ends_on=today)

    told = page(place)

    assert "Hari ini" in told
    assert "Besok" not in told
    assert "Kemarin" not in told


def test_a_change_says_why_and_the_audit_keeps_what_stood_before(place: Place, manager: Actor) -> None:
    notice = tell(place, manager)
    here = f"/m/{place.mall.slug}/notices/{notice.pk}/"
    browser = client(manager)

    without = browser.post(here, {"title": "Libur panjang", "text": ""})
    changed = browser.post(here, {"title": "Libur panjang", "text": "", "reason": "SKB baru"})

    assert (without.status_code, changed.status_code) == (422, 302)
    with wall.inside(place.mall.pk):
        entry = Entry.objects.get(action="notice.changed")
        assert (entry.reason, entry.subject) == ("SKB baru", f"notice:{notice.pk}")
        assert entry.before != entry.after
        assert Notice.objects.get().title == "Libur panjang"


def test_what_is_taken_back_stays_for_its_past_and_cannot_be_changed(place: Place, manager: Actor) -> None:
    notice = tell(place, manager)
    browser = client(manager)

    ended = browser.post(f"/m/{place.mall.slug}/notices/{notice.pk}/ending/", {"reason": "Keliru"})

    assert ended.status_code == 302
    assert "Libur bersama" not in page(place)
    assert "Tidak ditampilkan lagi" in browser.get(f"/m/{place.mall.slug}/notices/{notice.pk}/").content.decode()
    with wall.inside(place.mall.pk):
        with pytest.raises(NoticeOver):
            noticing.change_notice(
                notice, title="x", text="", site=None, ends_on=None, reason="Perlu", by=manager, at=NOW
            )
        with pytest.raises(NoticeOver):
            noticing.end_notice(notice, reason="Lagi", by=manager, at=NOW)
    tell(place, manager)


def test_the_same_title_is_told_once(place: Place, manager: Actor) -> None:
    tell(place, manager)

    with pytest.raises(ToldAlready):
        tell(place, manager)

    with wall.inside(place.mall.pk):
        assert Notice.objects.count() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(
                mall=place.mall, kind="announcement", title="Libur bersama", starts_on=date(2026, 1, 1)
            )


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AGENCY_ADMIN, Role.HEAD, Role.INSPECTOR])
def test_nobody_but_the_manager_tells_changes_or_draws(place: Place, manager: Actor, role: Role) -> None:
    notice = tell(place, manager)
    other = make.staff(place.mall, role, agency=place.agency if role is Role.AGENCY_ADMIN else None)

    with pytest.raises(NotAllowed):
        tell(place, other, title="Palsu")
    with wall.inside(place.mall.pk):
        with pytest.raises(NotAllowed):
            noticing.change_notice(
                notice, title="Palsu", text="", site=None, ends_on=None, reason="x", by=other, at=NOW
            )
        with pytest.raises(NotAllowed):
            noticing.end_notice(notice, reason="x", by=other, at=NOW)
        with pytest.raises(NotAllowed):
            noticing.draw_plan(place.site, picture=("a.png", PNG), words="x", reason="x", by=other, at=NOW)
        assert list(Notice.objects.values_list("title", "ended_at")) == [("Libur bersama", None)]


def test_a_notice_that_ends_before_it_begins_or_changes_without_reason_is_refused(place: Place, manager: Actor) -> None:
    notice = tell(place, manager)

    with pytest.raises(NotUnderstood):
        tell(place, manager, title="Terbalik", ends_on=place.mall.local(NOW).date() - DAY)
    with wall.inside(place.mall.pk):
        with pytest.raises(ReasonMissing):
            noticing.end_notice(notice, reason=" ", by=manager, at=NOW)
        assert Notice.objects.count() == 1


def test_a_floor_plan_is_drawn_and_everybody_sees_it(place: Place, manager: Actor) -> None:
    here = f"/m/{place.mall.slug}/notices/plans/"
    told = {"site": place.site.pk, "words": "Meja informasi di depan", "reason": "Renovasi"}

    sent = client(manager).post(here, told | {"file": SimpleUploadedFile("denah.png", PNG)})

    assert sent.status_code == 302
    assert "Meja informasi di depan" in page(place)
    picture = Client().get(f"/m/{place.mall.slug}/information/plans/{place.site.pk}/")
    assert (picture.content, picture.headers["Content-Type"]) == (PNG, "image/png")
    with wall.inside(place.mall.pk):
        assert Entry.objects.get(action="plan.drawn").reason == "Renovasi"


def test_a_plan_that_is_no_picture_is_refused(place: Place, manager: Actor) -> None:
    here = f"/m/{place.mall.slug}/notices/plans/"
    told = {"site": place.site.pk, "words": "Denah", "reason": "Renovasi"}

    without = client(manager).post(here, told)
    paper = client(manager).post(here, told | {"file": SimpleUploadedFile("denah.png", b"%PDF-1.4")})

    assert (without.status_code, paper.status_code) == (422, 422)
    with wall.inside(place.mall.pk):
        with pytest.raises(NoPicture):
            noticing.draw_plan(place.site, picture=("a.png", b"%PDF-"), words="x", reason="x", by=manager, at=NOW)
        assert not FloorPlan.objects.exists()


def test_the_value_of_facilities_is_that_of_the_instrument(place: Place, manager: Actor) -> None:
    assert [instrument().value(count) for count in (0, 1, 3, 4, 6, 7, 9, 10, 12, 13, 20)] == [
        0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
    ]  # fmt: skip
    for title in ("Kursi roda", "Ruang laktasi", "Loket prioritas", "Pegangan rambat"):
        tell(place, manager, "facility", title)
    tell(place, manager, "facility", "Kursi roda", site=place.site)

    shown = client(manager).get(f"/m/{place.mall.slug}/notices/of/facility/").content.decode()

    assert "4 sarana tercatat, nilai 2 dari 5" in shown


def test_hours_are_told_once_for_all_who_keep_the_same() -> None:
    office = [Hours(day, time(8), time(15), time(12), time(13), "Istirahat") for day in range(1, 5)]
    place = make.place(hours=[*office, Hours(5, time(8), time(11))])

    with wall.inside(place.mall.pk):
        found = weeks(place.mall)

    assert [week.lines for week in found] == [
        [("Senin–Kamis", "08.00–15.00, istirahat 12.00–13.00"), ("Jumat", "08.00–11.00")]
    ]
    assert found[0].agencies == [place.agency.short_name]


def test_a_life_event_leads_to_the_services_of_this_mall_and_says_what_is_not_here(place: Place) -> None:
    with wall.inside(place.mall.pk):
        service = writing.write_service(place.agency, name="Penerbitan akta kelahiran", at=NOW)
        writing.offer(service, place.outlet, at=NOW)
        publishing.publish(place.mall, at=NOW)

    told = page(place, "life/lahir/")

    assert "Penerbitan akta kelahiran" in told
    assert "Belum dilayani di MPP ini" in told
    assert Client().get(f"/m/{place.mall.slug}/life/menang/").status_code == 404


def test_csv_and_page_have_the_same_notices(place: Place, manager: Actor) -> None:
    for number in range(3):
        tell(place, manager, "question", f"Pertanyaan {number}", text="=1+1")

    told = client(manager).get(f"/m/{place.mall.slug}/notices/of/question/list.csv").content.decode("utf-8-sig")

    lines = told.splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["Pertanyaan 0", "Pertanyaan 1", "Pertanyaan 2"]
    assert lines[1].split(",")[1] == "'=1+1"


def test_all_notices_are_reached_page_by_page(place: Place, manager: Actor) -> None:
    for number in range(5):
        tell(place, manager, "question", f"Pertanyaan {number}")

    seen, cursor = [], ""
    with wall.inside(place.mall.pk):
        while True:
            part = notices.notices(place.mall, "question", cursor=cursor, size=2)
            seen += [row.title for row in part.items]
            if part.next is None:
                break
            cursor = part.next

    assert seen == [f"Pertanyaan {number}" for number in range(5)]


def test_more_notices_cost_no_more_queries(place: Place, manager: Actor) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(place)
        return len(seen)

    tell(place, manager, "question", "Pertanyaan", site=place.site)
    page(place)
    few = cost()
    for number in range(9):
        tell(place, manager, "question", f"Pertanyaan {number}", site=place.site)
        tell(place, manager, "facility", f"Sarana {number}", site=place.site)

    assert cost() == few
