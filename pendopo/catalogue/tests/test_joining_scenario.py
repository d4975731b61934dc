"""Sragen, 16 November 2022, as the press told it: 29 agencies sign, five do not and say why.

Public works brings three of its seven services; rooms are ready on the 20th, the soft opening is on 15 December; no
service is given twice.

What the report leaves open (which three services, the names of most agencies) is numbered here, not invented.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import agreements, founding, milestones, preparing
from pendopo.agencies.actions.agreements import Party
from pendopo.agencies.actions.preparing import Needed
from pendopo.agencies.models import Agency, Agreement, Milestone, Outlet, Signatory
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions import writing
from pendopo.catalogue.models import Service
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

SIGNED_AT = datetime(2022, 11, 16, 2, tzinfo=UTC)
DAY, ROOMS, OPENING = date(2022, 11, 16), date(2022, 11, 20), date(2022, 12, 15)
PUBLIC_WORKS = "Dinas Pekerjaan Umum"
NAMED = [
    PUBLIC_WORKS, "Dinas Perumahan Rakyat Kawasan Permukiman", "Dinas Pendidikan dan Kebudayaan", "Dinas Kesehatan",
]  # fmt: skip
MISSING = {
    "Polres Sragen": "not_ready",
    "Kantor Imigrasi Kelas I TPI Surakarta": "superior",
    "PT Jasa Raharja Perwakilan Surakarta": "other",
    "UP2D Samsat Bapenda Provinsi": "other",
    "DPMPTSP Provinsi Jawa Tengah": "superior",
}
REFUSED = ["Sedot tinja", "Penebangan pohon", "Sewa bahu jalan", "Pertanahan"]
BROUGHT = ["Layanan 1", "Layanan 2", "Layanan 3"]
KINDS = [Agreement.Kind.MOU, Agreement.Kind.PLAN, Agreement.Kind.CONTRACT]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is that morning."""
    monkeypatch.setattr(timezone, "now", lambda: SIGNED_AT)


@pytest.fixture
def place(clock: None) -> Place:
    return make.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return make.staff(place.mall, Role.MANAGER, at=SIGNED_AT)


@pytest.fixture
def browser(manager: Actor) -> Client:
    found = Client()
    assert manager.account
    found.force_login(manager.account)
    return found


def invite(place: Place, by: Actor) -> list[Agency]:
    """29 agencies with their three papers, and the five who have been asked too."""
    names = [*NAMED, *(f"Instansi {n:02}" for n in range(5, 30))]
    agencies = [founding.add_agency(place.mall, code=f"I{n}", name=name, at=SIGNED_AT) for n, name in enumerate(names)]
    parties = [Party(each, signer=f"Kepala {each.name}") for each in agencies]
    for kind in KINDS:
        agreements.draft(
            place.mall, kind=kind, title="Mal Pelayanan Publik Sragen", parties=parties, starts_on=DAY, by=by,
            at=SIGNED_AT,
        )  # fmt: skip
    missing = agreements.draft(
        place.mall, kind=Agreement.Kind.MOU, title="Mal Pelayanan Publik Sragen",
        parties=[Party(name=name) for name in MISSING], starts_on=DAY, by=by, at=SIGNED_AT,
    )  # fmt: skip
    for row in Signatory.objects.filter(agreement=missing):
        agreements.note_standing(
            row, state="not", reason=MISSING[row.name], next_step="Surat bupati", due_on=date(2022, 11, 30), by=by,
            at=SIGNED_AT,
        )  # fmt: skip
    return agencies


def test_29_sign_in_one_morning_and_five_say_why_not(place: Place, manager: Actor, browser: Client) -> None:
    here = f"/m/{place.mall.slug}/agreements/"
    with wall.inside(place.mall.pk):
        invite(place, manager)
        rows = list(Signatory.objects.filter(state="underway").values_list("pk", flat=True))
    assert len(rows) == 87
    sent = {"day": "2022-11-16", "place": "Pendopo Sumonegaran", "signed": rows}

    assert browser.post(f"{here}signing/", sent).status_code == 302

    listed = browser.get(f"{here}matrix.csv?kind=contract&standing=signed").content.decode("utf-8-sig").splitlines()
    assert len(listed) - 1 == 29
    assert all(line.count("Ditandatangani") == 3 for line in listed[1:])
    refused = browser.get(f"{here}?kind=mou&standing=not").content.decode()
    assert all(name in refused for name in MISSING)
    assert refused.count("Pertimbangan lain") >= 2
    assert "Berikutnya: Surat bupati" in refused
    # Still open: nobody signs for those who do not want to.
    with wall.inside(place.mall.pk):
        assert Signatory.objects.filter(state="not").count() == len(MISSING)


def test_can_we_open_on_15_december(place: Place, manager: Actor, browser: Client) -> None:
    here = f"/m/{place.mall.slug}/opening-day/"
    with wall.inside(place.mall.pk):
        works = invite(place, manager)[0]
        rows = Signatory.objects.filter(agency__isnull=False)
        given = [agreements.Signature(row) for row in rows]
        agreements.sign_together(place.mall, given, day=DAY, place="Pendopo", by=manager, at=SIGNED_AT)
        ready = milestones.plan_milestone(
            place.mall, kind="step", name="Ruang siap", owner="DPMPTSP", planned_on=ROOMS, by=manager, at=SIGNED_AT
        )
        soft = milestones.plan_milestone(
            place.mall, kind="soft_opening", name="Soft opening", owner="DPMPTSP", planned_on=OPENING, needs=[ready],
            by=manager, at=SIGNED_AT,
        )  # fmt: skip
        milestones.plan_milestone(
            place.mall, kind="grand_opening", name="Peresmian oleh menteri", owner="KemenPANRB", needs=[soft],
            by=manager, at=SIGNED_AT,
        )  # fmt: skip
        item = preparing.begin_preparation(
            works, [Needed("equipment", "Komputer", ROOMS)], filled_from=ROOMS, by=manager, at=SIGNED_AT
        ).items.get()

    asked = browser.get(f"{here}?day=2022-12-15").content.decode()
    assert "Belum, tetapi semuanya dijanjikan selesai sebelum hari itu." in asked
    assert "Tonggak “Ruang siap” belum selesai." in asked
    assert PUBLIC_WORKS in asked
    too_soon = browser.get(f"{here}?day=2022-11-18").content.decode()
    assert "Tidak, ada yang menghalangi." in too_soon
    with wall.inside(place.mall.pk):
        later = SIGNED_AT + timedelta(days=4)
        admin = make.staff(place.mall, Role.AGENCY_ADMIN, agency=works, at=SIGNED_AT)
        preparing.fill_item(item, is_ready=True, by=admin, at=later)
        milestones.finish_milestone(ready, on=ROOMS, evidence="Berita acara ruang", by=manager, at=later)
    assert "Ya, semuanya siap." in browser.get(f"{here}?day=2022-12-15").content.decode()
    with wall.inside(place.mall.pk):
        assert Milestone.objects.filter(done_on=None).count() == 2


def test_public_works_brings_three_of_seven_and_none_is_given_twice(
    place: Place, manager: Actor, browser: Client
) -> None:
    here = f"/m/{place.mall.slug}/coverage/"
    with wall.inside(place.mall.pk):
        works = founding.add_agency(place.mall, code="DPU", name=PUBLIC_WORKS, at=SIGNED_AT)
        outlet: Outlet = founding.add_outlet(place.mall, place.site, agency=works, at=SIGNED_AT)
        codes = {name: writing.write_service(works, name=name, at=SIGNED_AT).code for name in [*BROUGHT, *REFUSED]}
    for name in BROUGHT:
        told = {"coverage": "in", "outlet": outlet.pk}
        assert browser.post(f"{here}services/{codes[name]}/", told).status_code == 302
    for name in REFUSED:
        told = {"coverage": "not", "reason": "Dikerjakan di lapangan"}
        assert browser.post(f"{here}services/{codes[name]}/", told).status_code == 302
    page = browser.get(here).content.decode()
    assert "3 dari 7 layanan di MPP" in page
    assert "4 tidak dibawa" in page
    assert "3 pelayanan ganda" in page

    # The regent: taken in at the mall even if the work is done elsewhere.
    told = {"coverage": "forward", "outlet": outlet.pk, "reason": "Diterima di MPP, dikerjakan DPU"}
    assert browser.post(f"{here}services/{codes['Sedot tinja']}/", told).status_code == 302
    assert "4 dari 7 layanan di MPP" in browser.get(here).content.decode()
    assert "Sedot tinja" in Client().get(f"/m/{place.mall.slug}/").content.decode()
    for name in [*BROUGHT, "Sedot tinja"]:
        proof = {"closed_on": "2022-11-16", "decree": "SK 1", "file": SimpleUploadedFile("loket.png", PNG)}
        assert browser.post(f"{here}services/{codes[name]}/closing/", proof).status_code == 302

    assert "Tidak ada pelayanan ganda." in browser.get(f"{here}twice/").content.decode()
    with wall.inside(place.mall.pk):
        assert Service.objects.get(code=codes["Sedot tinja"]).kind == Service.Kind.FORWARD
