"""The coverage desk: what is in the mall and what not, by whose decision; no service is served twice unseen."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.actions import founding, hotlines
from pendopo.agencies.models import HotlineTest
from pendopo.agencies.queries import hotlines as numbers
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions import covering, writing
from pendopo.catalogue.errors import ProofMissing
from pendopo.catalogue.models import Coverage, CoverageDecision, Offering, OwnOffice, Published, Service
from pendopo.catalogue.queries import coverage as shown
from pendopo.kernel.errors import NotAllowed, NotFound, NotUnderstood, ReasonMissing
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

NOW = timezone.now()
PHOTO = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def place() -> Place:
    return make.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return make.staff(place.mall, Role.MANAGER)


@pytest.fixture
def admin(place: Place) -> Actor:
    return make.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)


def service(place: Place, name: str = "Akta kelahiran") -> Service:
    return writing.write_service(place.agency, name=name, at=NOW)


def decide(place: Place, by: Actor, what: Service, coverage: str, reason: str = "") -> CoverageDecision:
    return covering.decide_coverage(what, coverage, outlet=place.outlet, reason=reason, by=by, at=NOW)


def close(place: Place, by: Actor, what: Service, *, days: int = 0) -> OwnOffice:
    on = place.mall.local(NOW).date() + timedelta(days=days)
    return covering.prove_closing(what, closed_on=on, decree="SK 12/2026", photo=("f.png", PHOTO), by=by, at=NOW)


def how(place: Place, by: Actor, what: Service) -> str:
    return shown.covered(place.mall, by, what.code).coverage


def test_a_decision_is_what_the_public_reads(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        akta = service(place)
        assert how(place, manager, akta) == ""
        for coverage, reason in ((Coverage.IN, ""), (Coverage.FORWARD, "Dikerjakan di kantor"), (Coverage.IN, "")):
            decide(place, manager, akta, coverage, reason)
            assert how(place, manager, akta) == coverage
            assert Published.objects.get(mall=place.mall).service_code == akta.code
        decide(place, manager, akta, Coverage.FRONT_DESK, "Hanya berkas")
        assert how(place, manager, akta) == Coverage.FRONT_DESK
        decide(place, manager, akta, Coverage.NOT, "Alat tidak dapat dipindah")

        assert how(place, manager, akta) == Coverage.NOT
        assert not Published.objects.filter(mall=place.mall).exists()
        assert [each.coverage for each in shown.decisions(akta)] == ["not", "front_desk", "in", "forward", "in"]


def test_less_than_all_has_a_reason_and_what_is_here_an_outlet(place: Place, manager: Actor, admin: Actor) -> None:
    with wall.inside(place.mall.pk):
        akta = service(place)
        other = founding.add_agency(place.mall, code="PAJAK", name="Kantor Pajak", at=NOW)
        foreign = founding.add_outlet(place.mall, place.site, agency=other, at=NOW)
        for coverage in (Coverage.NOT, Coverage.FORWARD, Coverage.FRONT_DESK):
            with pytest.raises(ReasonMissing):
                decide(place, manager, akta, coverage)
        for outlet in (None, foreign):
            with pytest.raises(NotUnderstood):
                covering.decide_coverage(akta, Coverage.IN, outlet=outlet, by=manager, at=NOW)
        with pytest.raises(NotAllowed):
            decide(place, admin, akta, Coverage.IN)

        assert not CoverageDecision.objects.exists()
        assert not Offering.objects.exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            CoverageDecision.objects.create(mall=place.mall, service=akta, coverage="not", decided_at=NOW)


def test_a_decision_is_never_changed(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        made = decide(place, manager, service(place), Coverage.IN)
        with pytest.raises(ProgrammingError), transaction.atomic():
            CoverageDecision.objects.filter(pk=made.pk).update(reason="lain")
        with pytest.raises(ProgrammingError), transaction.atomic():
            CoverageDecision.objects.all().delete()


def test_a_service_counts_as_served_twice_until_the_closing_is_proven(
    place: Place, manager: Actor, admin: Actor
) -> None:
    with wall.inside(place.mall.pk):
        akta = service(place)

        def twice() -> list[str]:
            return [each.office_text for each in shown.twice(place.mall, manager).items]

        assert twice() == []
        decide(place, manager, akta, Coverage.IN)
        assert twice() == ["Belum diperiksa"]
        covering.note_own_office(akta, state="serves", place="Jalan Melati", by=manager, at=NOW)
        assert twice() == ["Masih melayani: Jalan Melati"]
        on = place.mall.local(NOW).date()
        for decree, photo in (("", ("f.png", PHOTO)), ("SK 1", None), ("SK 1", ("f.pdf", b"%PDF-1.7"))):
            with pytest.raises(ProofMissing):
                covering.prove_closing(akta, closed_on=on, decree=decree, photo=photo, by=manager, at=NOW)
        with pytest.raises(ProofMissing):
            close(place, manager, akta, days=2)
        with pytest.raises(ProofMissing):
            covering.note_own_office(akta, state="closed", place="", by=manager, at=NOW)
        with pytest.raises(NotAllowed):
            close(place, admin, akta)
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnOffice.objects.update(state="closed")
        assert twice() == ["Masih melayani: Jalan Melati"]
        close(place, manager, akta)
        assert twice() == []
        # Opened again: it is there again.
        covering.note_own_office(akta, state="serves", place="Jalan Melati", by=manager, at=NOW)
        assert twice() == ["Masih melayani: Jalan Melati"]
        decide(place, manager, akta, Coverage.NOT, "Dibawa kembali")
        assert twice() == []


def test_the_desk_by_its_pages(place: Place, manager: Actor, admin: Actor) -> None:
    with wall.inside(place.mall.pk):
        akta, kartu = service(place), service(place, "Kartu keluarga")
    here = f"/m/{place.mall.slug}/coverage/"
    one = f"{here}services/{akta.code}/"
    browser = client(manager)
    assert browser.post(one, {"coverage": "not"}).status_code == 422
    assert browser.post(one, {"coverage": "in", "outlet": ""}).status_code == 422
    assert browser.post(one, {"coverage": "in", "outlet": place.outlet.pk}).status_code == 302
    told = {"coverage": "not", "reason": "Alat berat", "evidence": "Notula desk"}
    assert browser.post(f"{here}services/{kartu.code}/", told).status_code == 302
    assert browser.post(f"{one}office/", {"state": "serves", "place": "Jalan Melati"}).status_code == 302
    day = str(place.mall.local(NOW).date())
    proof = {"closed_on": day, "decree": "SK 9"}
    assert browser.post(f"{one}closing/", proof).status_code == 422
    assert browser.get(f"{one}closing/").status_code == 404
    listed = browser.get(f"{here}list.csv").content.decode("utf-8-sig").splitlines()
    assert listed[1] == "Dinas Dukcapil,2,1,0,0,1,0,1,0,0"
    assert browser.get(f"{here}twice/list.csv").content.decode("utf-8-sig").count("Jalan Melati") == 1
    assert browser.post(f"{one}closing/", proof | {"file": SimpleUploadedFile("f.png", PHOTO)}).status_code == 302
    assert browser.get(f"{one}closing/").content == PHOTO
    assert "Tidak ada pelayanan ganda." in browser.get(f"{here}twice/").content.decode()
    page = browser.get(f"{here}of/{place.agency.code}/").content.decode()
    assert "Alat berat" in page
    rows = browser.get(f"{here}of/{place.agency.code}/list.csv").content.decode("utf-8-sig").splitlines()
    assert rows[2].startswith("Kartu keluarga,Tidak dibawa ke MPP,Alat berat,Notula desk,")
    for path in ("list.xlsx", "twice/list.xlsx", f"of/{place.agency.code}/list.xlsx"):
        assert browser.get(here + path).content.startswith(b"PK")
    assert client(admin).get(one).status_code == 200
    assert client(admin).post(one, told).status_code == 422
    stranger = client(make.staff(place.mall, Role.AGENCY_ADMIN))
    assert [stranger.get(path).status_code for path in (one, f"{one}closing/", f"{here}of/{place.agency.code}/")] == [
        404, 404, 404,
    ]  # fmt: skip
    assert Client().get(f"{one}closing/").status_code == 302
    with wall.inside(place.mall.pk), pytest.raises(NotFound):
        shown.covered(place.mall, manager, "TIDAK-ADA")


def test_lists_are_paged_and_ask_as_often_for_many(place: Place, manager: Actor) -> None:
    browser = client(manager)
    here = f"/m/{place.mall.slug}/coverage/"
    pages = (here, f"{here}of/{place.agency.code}/", f"{here}twice/")

    def queries() -> list[int]:
        found = []
        for path in pages:
            browser.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(path).status_code == 200
            found.append(len(asked))
        return found

    with wall.inside(place.mall.pk):
        decide(place, manager, service(place), Coverage.IN)
    few = queries()
    with wall.inside(place.mall.pk):
        for n in range(30):
            each = service(place, f"Layanan {n:02}")
            decide(place, manager, each, Coverage.IN)
            other = founding.add_agency(place.mall, code=f"D{n}", name=f"Dinas {n:02}", at=NOW)
            writing.write_service(other, name="Izin", at=NOW)
        first = shown.services_of(place.mall, place.agency)
        assert first.next
        rest = shown.services_of(place.mall, place.agency, cursor=first.next)
        names = [each.service.name for each in (*first.items, *rest.items)]
        assert (names, rest.next) == (sorted(names), None)
        assert len(names) == 31
        top = shown.coverage(place.mall, manager, NOW.date())
        assert top.next
        assert len(shown.coverage(place.mall, manager, NOW.date(), cursor=top.next).items) == 6

    assert queries() == few


def test_a_hotline_is_shown_and_tested_each_month(place: Place, manager: Actor, admin: Actor) -> None:
    with wall.inside(place.mall.pk):
        akta = service(place)
        decide(place, manager, akta, Coverage.IN)

        def state(days: int = 0) -> str:
            return numbers.hotlines(place.mall, manager, NOW + timedelta(days=days)).items[0].state

        assert state() == "Belum ada hotline"
        with pytest.raises(NotUnderstood):
            hotlines.set_hotline(place.agency, number="--", by=admin, at=NOW)
        line = hotlines.set_hotline(place.agency, number="0341 555-100", hours="08.00–15.00", by=admin, at=NOW)
        assert state() == "Belum diuji bulan ini"
        with pytest.raises(NotAllowed):
            hotlines.try_hotline(line, is_answered=True, by=admin, at=NOW)
        assert not HotlineTest.objects.exists()
        hotlines.try_hotline(line, is_answered=False, by=manager, at=NOW)
        assert state() == "Tidak dijawab"
        hotlines.try_hotline(line, is_answered=True, by=manager, at=NOW)
        assert (state(), state(32)) == ("Dijawab", "Belum diuji bulan ini")
        # Another number was never tested.
        hotlines.set_hotline(place.agency, number="112", by=manager, at=NOW)
        assert state() == "Belum diuji bulan ini"
    page = Client().get(f"/m/{place.mall.slug}/services/{akta.code}/").content.decode()
    assert 'href="tel:112"' in page


def test_hotlines_by_their_pages(place: Place, manager: Actor, admin: Actor) -> None:
    here = f"/m/{place.mall.slug}/hotlines/"
    of = f"{here}of/{place.agency.code}/"
    assert client(manager).post(f"{of}test/", {"is_answered": "yes"}).status_code == 422
    assert client(admin).post(of, {"number": "javascript:x"}).status_code == 422
    assert client(admin).post(of, {"number": "0341 555"}).status_code == 302
    assert client(admin).post(f"{of}test/", {"is_answered": "yes"}).status_code == 422
    assert client(manager).post(f"{of}test/", {"is_answered": "no", "note": "Tidak diangkat"}).status_code == 302
    assert "Tidak dijawab" in client(admin).get(here).content.decode()
    listed = client(manager).get(f"{here}list.csv").content.decode("utf-8-sig").splitlines()
    assert listed[1].startswith("Dinas Dukcapil,0341 555,,Tidak dijawab,")
    assert client(manager).get(f"{here}list.xlsx").content.startswith(b"PK")
    stranger = make.staff(place.mall, Role.AGENCY_ADMIN)
    assert client(stranger).post(of, {"number": "112"}).status_code == 404
    with wall.inside(place.mall.pk):
        assert HotlineTest.objects.get().is_answered is False
