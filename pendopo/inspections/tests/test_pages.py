"""The pages by their doors: who sees what, each part by a form, lists whole and paged, pictures and paper."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.templatetags.static import static
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escapejs

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place as Where
from pendopo.agencies.tests.make import client
from pendopo.agencies.types import Actor, Role
from pendopo.inspections.models import Answer, Finding, Opinion, Photo, Signature
from pendopo.inspections.tests import make
from pendopo.inspections.views.beginning import SHELL
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def where() -> Where:
    return agencies.place()


@pytest.fixture
def inspector(where: Where) -> Actor:
    return agencies.staff(where.mall, Role.INSPECTOR)


@pytest.fixture
def admin(where: Where) -> Actor:
    return agencies.staff(where.mall, Role.AGENCY_ADMIN, agency=where.agency)


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("x.png", make.png(12), "image/png")


def home(where: Where) -> str:
    return f"/m/{where.mall.slug}/"


def test_a_whole_inspection_by_its_forms(where: Where, inspector: Actor) -> None:
    browser, here = client(inspector), home(where)
    begun = browser.post(f"{here}inspections/new/", {"id": str(uuid4()), "sites": where.site.pk, "team": "BKPSDM"})
    form = begun.headers["Location"]

    def send(kind: str, **fields: object) -> tuple[int, object]:
        sent = {"kind": kind, "id": str(uuid4()), "at": timezone.now().isoformat(), "place": 1} | fields
        answer = browser.post(f"{form}parts/", sent, headers={"accept": "application/json"})
        return answer.status_code, json.loads(answer.content)

    assert send("signature", name="A", office="B", file=picture())[0] == 422
    assert send("answers", **{"a-ramp": "yes", "n-ramp": "Curam", "a-empty": "2"}) == (200, {"kept": True})
    for wrong in ({"a-ramp": "perhaps"}, {"a-empty": "-1"}, {"a-empty": "99999999"}, {"n-ramp": "a" * 301}):
        assert send("answers", **wrong)[0] == 422
    assert send("photo", file=picture(), latitude="-7.47", longitude="112.4312345", accuracy="11.6")[0] == 200
    assert send("photo")[0] == 422
    assert send("photo", file=SimpleUploadedFile("x.png", b"<script>", "image/png"))[0] == 422
    assert send("opinion", first="yes", second="no", words="Cepat")[0] == 200
    assert send("opinion", first="yes")[0] == 422
    due = (where.mall.local(NOW).date() + timedelta(days=3)).isoformat()
    assert send("finding", words="Lampu mati", owner=where.agency.pk, due_on=due, file=picture())[0] == 200
    assert send("finding", words="", owner="", due_on=due)[0] == 422
    page = browser.get(form).content.decode()
    assert "Lampu mati" in page
    assert "Curam" in page
    assert send("signature", name="Rina", office="Inspektur", summary="Cukup", file=picture())[0] == 200

    assert browser.get(form).status_code == 302
    status, told = send("opinion", first="yes", second="no")
    assert (status, told) == (409, {"code": "inspection_signed", "detail": told["detail"]})  # type: ignore[index]
    assert browser.get(form.replace("form/", "report.pdf")).content.startswith(b"%PDF-")
    with wall.inside(where.mall.pk):
        photo = Photo.objects.get(stage="scene")
        assert (str(photo.latitude), str(photo.longitude), photo.accuracy) == ("-7.47000", "112.43123", 12)
        assert (Answer.objects.count(), Opinion.objects.count(), Finding.objects.count()) == (2, 1, 1)
        assert Signature.objects.get().inspection.summary == "Cukup"


def test_a_refused_part_of_the_plain_page_is_told_there(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = make.inspection(where.mall, inspector, at=NOW)
    sent = {"kind": "photo", "id": str(uuid4()), "place": 1}
    answer = client(inspector).post(f"{home(where)}inspections/{of.pk}/form/parts/", sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_pictures_are_for_oversight_and_the_owner(where: Where, inspector: Actor, admin: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = make.inspection(where.mall, inspector, at=NOW)
        make.answered(of, inspector, at=NOW)
        make.found(of, inspector, at=NOW, agency=where.agency, picture=make.png())
        make.found(of, inspector, at=NOW, picture=make.png())
        make.signed(of, inspector, at=NOW)
        theirs, own = Photo.objects.order_by("pk")
    here = home(where)

    def seen(by: Client) -> list[int]:
        pages = [f"inspections/photos/{theirs.pk}/", f"inspections/photos/{own.pk}/", f"inspections/{of.pk}/signature/"]
        return [by.get(f"{here}{page}").status_code for page in pages]

    assert seen(client(inspector)) == [200, 200, 200]
    assert seen(client(admin)) == [200, 404, 403]
    assert seen(client(agencies.staff(where.mall, Role.OFFICER, agency=where.agency))) == [403, 403, 403]
    assert seen(Client()) == [302, 302, 302]
    assert b"eXIf" not in client(inspector).get(f"{here}inspections/photos/{theirs.pk}/").content


def test_an_admin_answers_the_own_findings_and_sees_no_others(where: Where, inspector: Actor, admin: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = make.inspection(where.mall, inspector, at=NOW)
        make.answered(of, inspector, at=NOW)
        theirs = make.found(of, inspector, at=NOW, agency=where.agency)
        own = make.found(of, inspector, at=NOW)
    browser, here = client(admin), home(where)
    assert browser.get(f"{here}findings/{theirs.pk}/").status_code == 404
    with wall.inside(where.mall.pk):
        make.signed(of, inspector, at=NOW)

    assert browser.get(f"{here}findings/{own.pk}/").status_code == 404
    assert browser.post(f"{here}findings/{own.pk}/reply/", {"words": "x"}).status_code == 404
    assert browser.post(f"{here}findings/{theirs.pk}/reply/", {"words": ""}).status_code == 422
    sent = {"words": "Sudah dipasang", "file": picture(), "id": str(uuid4())}
    assert browser.post(f"{here}findings/{theirs.pk}/reply/", sent).status_code == 302
    assert browser.post(f"{here}findings/{theirs.pk}/closing/", {"words": "x"}).status_code == 403
    looks = client(inspector)
    assert looks.post(f"{here}findings/{theirs.pk}/reopening/", {"words": "Masih kosong"}).status_code == 302
    assert looks.post(f"{here}findings/{theirs.pk}/closing/", {"words": "Sekarang ada"}).status_code == 302
    page = browser.get(f"{here}findings/{theirs.pk}/").content.decode()
    assert all(words in page for words in ("Sudah dipasang", "Masih kosong", "Sekarang ada", "Selesai"))


def test_lists_are_whole_and_paged_and_equal_their_tables(where: Where, inspector: Actor, admin: Actor) -> None:
    with wall.inside(where.mall.pk):
        for number in range(27):
            of = make.inspection(where.mall, inspector, at=NOW - timedelta(hours=number))
            if number == 0:
                make.answered(of, inspector, at=NOW)
                for day in range(30):
                    make.found(of, inspector, at=NOW, agency=where.agency if day % 2 else None, days=day // 3)
                make.signed(of, inspector, at=NOW)
    browser, here = client(inspector), home(where)
    first = browser.get(f"{here}findings/")
    rows, cursor = first.context["rows"], first.context["next"]
    rows = [*rows, *browser.get(f"{here}findings/", {"cursor": cursor}).context["rows"]]
    assert (len(first.context["rows"]), len(rows), len({row.pk for row, _state, _late in rows})) == (25, 30, 30)
    assert [row.due_on for row, _state, _late in rows] == sorted(row.due_on for row, _state, _late in rows)
    table = browser.get(f"{here}findings/table.csv").content.decode("utf-8-sig").splitlines()
    assert len(table) == 31
    assert browser.get(f"{here}findings/table.xlsx").content.startswith(b"PK")
    filtered = browser.get(f"{here}findings/table.csv", {"agency": where.agency.code}).content.decode()
    assert len(filtered.splitlines()) == 16
    assert len(browser.get(f"{here}findings/table.csv", {"state": "late"}).content.splitlines()) == 1
    assert len(client(admin).get(f"{here}findings/table.csv").content.splitlines()) == 16

    first = browser.get(f"{here}inspections/")
    more = browser.get(f"{here}inspections/", {"cursor": first.context["next"]})
    assert (len(first.context["rows"]), len(more.context["rows"]), more.context["next"]) == (25, 2, None)
    assert len(browser.get(f"{here}inspections/table.csv").content.splitlines()) == 28
    assert client(admin).get(f"{here}inspections/").status_code == 403


def test_no_more_queries_for_more(where: Where, inspector: Actor) -> None:
    browser, here = client(inspector), home(where)
    browser.get(f"{here}inspections/")
    counts = []
    for _round in range(2):
        with wall.inside(where.mall.pk):
            of = make.inspection(where.mall, inspector, at=NOW)
            make.answered(of, inspector, at=NOW)
            make.found(of, inspector, at=NOW, agency=where.agency, picture=make.png())
            if _round:
                make.found(of, inspector, at=NOW, picture=make.png())
        told = []
        for page in ("inspections/", f"inspections/{of.pk}/", f"inspections/{of.pk}/form/", "findings/"):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(f"{here}{page}").status_code == 200
            told.append(len(queries))
        with wall.inside(where.mall.pk):
            make.signed(of, inspector, at=NOW)
        counts.append(told)
    assert counts[0] == counts[1]


def test_the_worker_keeps_all_that_the_pages_ask_for(where: Where, inspector: Actor) -> None:
    with wall.inside(where.mall.pk):
        of = make.inspection(where.mall, inspector, at=NOW)
    here, browser = f"{home(where)}inspections/", client(inspector)
    worker = browser.get(f"{here}sw.js").content.decode()
    kept = {static(path).removeprefix("/static/") for path in SHELL}
    for page in ("new/", f"{of.pk}/form/"):
        told = browser.get(f"{here}{page}").content.decode()
        assert {part.split('"')[0].split("#")[0] for part in told.split('="/static/')[1:]} <= kept
    assert all(escapejs(static(path)) in worker for path in SHELL)
    assert client(agencies.staff(where.mall, Role.OFFICER)).get(f"{here}sw.js").status_code == 403
