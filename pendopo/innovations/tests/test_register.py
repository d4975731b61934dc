"""The register and One Agency One Innovation: what enters, what counts, what lives, who took it over."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pendopo.agencies.actions import founding
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.innovations.actions import living, proposing, register
from pendopo.innovations.actions.register import Told
from pendopo.innovations.errors import AlreadyThere, DatesCrossed, NameTaken
from pendopo.innovations.models import Award, Innovation, Life, Replication, Usage
from pendopo.innovations.queries import register as shown
from pendopo.innovations.queries.standing import InnovationStanding, State, lines, standing
from pendopo.innovations.tests import make
from pendopo.innovations.tests.make import AT, DAY, Town
from pendopo.kernel.errors import NotAllowed, NotFound, ReasonMissing
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return make.town()


def life(innovation: Innovation, day: date) -> str:
    return Innovation.objects.living(day).get(pk=innovation.pk).life


def test_each_agency_has_one_of_a_year_or_has_none(town: Town) -> None:
    with wall.inside(town.mall.pk):
        assert standing(town.mall, 2026) == InnovationStanding(having=0, lacking=2)
        first = town.innovation("Antar KK")
        town.innovation("Lama", of=1, year=2025)
        assert standing(town.mall, 2026) == InnovationStanding(having=1, lacking=1)
        shown_lines = lines(town.mall, town.manager, 2026).items
        assert [(line.agency.code, line.state, line.names, line.earlier) for line in shown_lines] == [
            ("DUKCAPIL", State.HAVING, "Antar KK", 0),
            ("DINKES", State.NONE, "", 1),
        ]
        # What was ended in the year is none at its end.
        register.end_innovation(first, on=date(2026, 2, 1), reason="Sepi", by=town.admins[0], at=AT)
        assert standing(town.mall, 2026) == InnovationStanding(having=0, lacking=2)


def test_a_proposal_handed_in_counts_and_a_draft_does_not(town: Town) -> None:
    with wall.inside(town.mall.pk):
        old, competition = town.innovation("Lama", of=1, year=2024), town.competition()
        draft = proposing.begin_proposal(old, competition, group="general", by=town.admins[1], at=AT)
        [line] = lines(town.mall, town.admins[1], 2026).items
        assert (line.state, standing(town.mall, 2026).having) == (State.DRAFTING, 0)
        proposing.save_draft(draft, make.texts(), by=town.admins[1], at=AT)
        proposing.submit_proposal(draft, by=town.admins[1], at=AT)
        [line] = lines(town.mall, town.admins[1], 2026).items
        assert (line.state, line.names, standing(town.mall, 2026).having) == (State.HAVING, "Lama", 1)
        assert lines(town.mall, town.manager, 2026, state="none").items[0].agency == town.agencies[0]


def test_the_pages_of_agencies_and_their_tables_agree(town: Town) -> None:
    with wall.inside(town.mall.pk):
        town.innovation("=Antar KK")
        for number in range(30):
            founding.add_agency(town.mall, code=f"LAIN{number}", name=f"Lain {number:02}", at=AT)
    browser = make.client(town.manager)
    page = browser.get(f"{town.here}agencies/?year=2026").content.decode()
    assert "Antar KK" in page
    assert page.count('<th scope="row">') == 25
    assert "cursor=" in page
    for query in ("year=2026", "year=2026&state=none", "year=2026&q=lain"):
        commas = list(
            csv.reader(io.StringIO(browser.get(f"{town.here}agencies/table.csv?{query}").content.decode("utf-8-sig")))
        )
        book = load_workbook(io.BytesIO(browser.get(f"{town.here}agencies/table.xlsx?{query}").content))
        cells = [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].values]
        # A name that begins like a formula is quoted in the one, and no formula in the other.
        assert [[cell.replace("'=", "=") for cell in row] for row in commas] == cells
    assert len(commas) == 31


def test_only_who_leads_the_agency_registers(town: Town) -> None:
    inspector = make_agencies.staff(town.mall, Role.INSPECTOR)
    with wall.inside(town.mall.pk):
        for stranger in (town.admins[1], inspector):
            with pytest.raises(NotAllowed):
                register.register_innovation(town.agencies[0], Told("Baru", 2026), by=stranger, at=AT)
        made = register.register_innovation(town.agencies[0], Told("Baru", 2026), by=town.admins[0], at=AT)
        with pytest.raises(NameTaken):
            register.register_innovation(town.agencies[1], Told("BARU", 2026), by=town.manager, at=AT)
        with pytest.raises(NotAllowed):
            register.show_to_public(made, is_published=True, by=town.admins[0], at=AT)
        with pytest.raises(NotFound):
            shown.innovation(town.mall, town.admins[1], made.pk, AT.date())
        assert list(Innovation.objects.values_list("name", "is_published")) == [("Baru", False)]


def test_what_is_not_known_stays_empty_and_is_said(town: Town) -> None:
    with wall.inside(town.mall.pk):
        bare = town.innovation("MAGIS", started_on=None)
    page = make.client(town.manager).get(f"{town.here}{bare.pk}/").content.decode()
    assert page.count("belum diketahui") == 7
    with wall.inside(town.mall.pk):
        with pytest.raises(DatesCrossed):
            register.change_innovation(bare, Told("MAGIS", 2026, started_in=2027), by=town.manager, at=AT)
        with pytest.raises(DatesCrossed):
            register.change_innovation(bare, Told("MAGIS", 2026, started_on=date(2026, 4, 1)), by=town.manager, at=AT)
        told = Told("MAGIS", 2026, started_on=date(2025, 4, 1), kind="digital", legal_basis="Perda 8/2024")
        changed = register.change_innovation(bare, told, by=town.admins[0], at=AT)
        assert (changed.started_in, changed.kind, changed.legal_basis) == (2025, "digital", "Perda 8/2024")
        town.innovation("Lain")
        with pytest.raises(NameTaken):
            register.change_innovation(bare, Told("lain", 2026), by=town.manager, at=AT)
    assert "Perda 8/2024" in make.client(town.manager).get(f"{town.here}{bare.pk}/").content.decode()
    assert "Perda 8/2024" in make.client(town.manager).get(town.here).content.decode()


def test_it_lives_by_the_use_that_is_noted(town: Town) -> None:
    with wall.inside(town.mall.pk):
        made = town.innovation()
        assert life(made, date(2026, 3, 2)) == Life.UNKNOWN
        log: dict[str, Any] = {"unit": "surat", "source": "Log", "by": town.admins[0], "at": AT}
        living.note_usage(made, month=date(2026, 2, 14), count=120, **log)
        assert life(made, date(2026, 8, 31)) == Life.ALIVE
        assert life(made, date(2026, 9, 1)) == Life.ASLEEP
        # A month in which nobody used it does not wake it.
        living.note_usage(made, month=date(2026, 3, 1), count=0, **log)
        assert life(made, date(2026, 9, 1)) == Life.ASLEEP
        corrected = living.note_usage(
            made, month=date(2026, 3, 9), count=4, unit="surat", source="Log 2", by=town.admins[0], at=AT
        )
        assert (corrected.month, life(made, date(2026, 9, 1))) == (date(2026, 3, 1), Life.ALIVE)
        assert Usage.objects.count() == 2
        with pytest.raises(DatesCrossed):
            living.note_usage(made, month=date(2026, 4, 1), count=1, unit="surat", source="Log", by=town.manager, at=AT)
        with pytest.raises(NotAllowed):
            living.note_usage(made, month=date(2026, 1, 1), count=1, unit="x", source="x", by=town.admins[1], at=AT)
        with pytest.raises(ReasonMissing):
            register.end_innovation(made, on=AT.date(), reason="", by=town.manager, at=AT)
        register.end_innovation(made, on=AT.date(), reason="Diganti", by=town.manager, at=AT)
        assert life(made, AT.date()) == Life.ENDED
        with pytest.raises(AlreadyThere):
            register.end_innovation(made, on=AT.date(), reason="Diganti", by=town.manager, at=AT)
        with pytest.raises(DatesCrossed):
            living.note_usage(
                made, month=date(2026, 4, 1), count=1, unit="x", source="x", by=town.manager, at=AT + 60 * DAY
            )


def test_who_took_it_over_and_what_it_won(town: Town) -> None:
    with wall.inside(town.mall.pk):
        made = town.innovation("Antar KK")
        told: dict[str, Any] = {"since": date(2025, 5, 1), "source": "Surat 12", "by": town.manager, "at": AT}
        living.note_replication(made, agency=town.agencies[1], **told)
        living.note_replication(made, taker="Kabupaten Contoh", giver="Dinas Kesehatan", **told)
        wrongs: list[dict[str, Any]] = [{"taker": ""}, {"taker": "Kabupaten Contoh"}]
        wrongs += [{"agency": town.agencies[1], "taker": "x"}, {"agency": town.agencies[0]}]
        for wrong in wrongs:
            with pytest.raises(AlreadyThere):
                living.note_replication(made, **told | wrong)
        with pytest.raises(DatesCrossed):
            living.note_replication(made, taker="Lain", **told | {"since": date(2022, 1, 1)})
        assert Replication.objects.count() == 2
        living.note_award(made, name="Top 45 KIPP", year=2025, source="menpan.go.id", by=town.admins[0], at=AT)
        with pytest.raises(AlreadyThere):
            living.note_award(made, name="Top 45 KIPP", year=2025, source="x", by=town.admins[0], at=AT)
        with pytest.raises(DatesCrossed):
            living.note_award(made, name="Top 99 KIPP", year=2027, source="x", by=town.admins[0], at=AT)
        assert Award.objects.count() == 1
    browser = make.client(town.manager)
    commas = browser.get(f"{town.here}replications/table.csv").content.decode("utf-8-sig").splitlines()
    assert commas[1:] == [
        "Antar KK,Dinas Dukcapil,Dinas Kesehatan,1 Mei 2025,Surat 12",
        "Antar KK,Dinas Kesehatan,Kabupaten Contoh,1 Mei 2025,Surat 12",
    ]
    page = browser.get(f"{town.here}replications/").content.decode()
    assert "Kabupaten Contoh" in page
    # Whoever took it over sees that line, and no other agency's innovation by it.
    assert "Dinas Kesehatan" in make.client(town.admins[1]).get(f"{town.here}replications/").content.decode()


def test_the_public_reads_what_is_published_and_nothing_else(town: Town) -> None:
    with wall.inside(town.mall.pk):
        made = town.innovation("Antar KK", expansion="Antar Kartu Keluarga")
        town.innovation("Rahasia", of=1)
        register.show_to_public(made, is_published=True, by=town.manager, at=AT)
    page = Client().get(f"{town.here}public/").content.decode()
    assert "Antar Kartu Keluarga" in page
    assert "Rahasia" not in page
    assert "Tidak ada inovasi yang cocok." in Client().get(f"{town.here}public/?q=zzz").content.decode()
    assert Client().get(f"{town.here}{made.pk}/").status_code == 302


def test_the_database_refuses_what_nobody_may_write(town: Town) -> None:
    with wall.inside(town.mall.pk):
        made = town.innovation("Satu")
        town.innovation("Dua")
        for wrong in ({"name": "dua"}, {"name": ""}, {"ended_on": AT.date()}, {"started_in": 2020}, {"year": 1999}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Innovation.objects.filter(pk=made.pk).update(**wrong)
        with pytest.raises(IntegrityError), transaction.atomic():
            Usage.objects.create(
                mall=town.mall, innovation=made, month=date(2026, 1, 2), count=1, unit="x", source="x", noted_at=AT
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Replication.objects.create(mall=town.mall, innovation=made, since=AT.date(), source="x")


def test_longer_lists_ask_no_more(town: Town) -> None:
    with wall.inside(town.mall.pk):
        competition = town.competition()
    browser = make.client(town.manager)
    paths = ["", "table.csv", "agencies/?year=2026", "replications/", "public/", "competitions/"]
    paths += [f"competitions/{competition.pk}/", "iga/?year=2026", "novelty/?name=Inovasi"]

    def counts() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(town.here + path).status_code == 200
            found.append(len(asked))
        return found

    def grow(many: int) -> None:
        with wall.inside(town.mall.pk):
            for number in range(many):
                made = town.proposal(competition, of=number % 2).innovation
                register.show_to_public(made, is_published=True, by=town.manager, at=AT)
                living.note_award(made, name="Top", year=2025, source="x", by=town.manager, at=AT)
                living.note_replication(made, taker="Kota", since=date(2025, 1, 1), source="x", by=town.manager, at=AT)

    grow(2)
    counts()  # The first request of all also learns which mall this is.
    few = counts()
    grow(8)
    assert counts() == few


def test_an_innovation_by_its_pages(town: Town) -> None:
    browser = make.client(town.admins[0])
    told = {"agency": town.agencies[0].pk, "name": "Antar KK", "year": "2026", "started_in": "2023"}
    assert browser.post(f"{town.here}new/", told).status_code == 302
    assert browser.post(f"{town.here}new/", told).status_code == 422
    assert browser.post(f"{town.here}new/", told | {"agency": town.agencies[1].pk, "name": "x"}).status_code == 422
    with wall.inside(town.mall.pk):
        one = f"{town.here}{Innovation.objects.get().pk}/"
    sent = {
        "change/": {"name": "Antar KK", "year": "2026", "summary": "Diantar"},
        "usage/": {"usage-month": "2026-01", "usage-count": "9", "usage-unit": "KK", "usage-source": "Log"},
        "award/": {"award-name": "Top 99", "award-year": "2025", "award-source": "Situs"},
        "replication/": {
            "replication-taker": "Kota B", "replication-since": "2026-01-02", "replication-source": "Surat",
        },
    }  # fmt: skip
    for path, body in sent.items():
        assert browser.post(one + path, body).status_code == 302, path
        assert browser.post(one + path, {}).status_code == 422, path
        assert make.client(town.admins[1]).post(one + path, body).status_code == 404, path
    assert browser.post(f"{one}publication/", {"published": "on"}).status_code == 422
    assert make.client(town.manager).post(f"{one}publication/", {"published": "on"}).status_code == 302
    page = browser.get(one).content.decode()
    for words in ("Diantar", "Januari 2026", "9 KK", "Top 99", "Kota B", "Tampil pada halaman umum."):
        assert words in page, words
    assert browser.post(f"{one}ending/", {"end-on": "2026-02-01", "end-reason": "Diganti"}).status_code == 302
    assert "Dihentikan 1 Feb 2026: Diganti" in browser.get(one).content.decode()
    listed = browser.get(f"{town.here}table.csv?life=ended").content.decode("utf-8-sig").splitlines()
    assert listed[1].startswith("Antar KK,,Dinas Dukcapil,2026,,Dihentikan,Januari 2026,Top 99 (2025)")
    # Whoever only reads sees the record and no forms.
    read = make.client(make_agencies.staff(town.mall, Role.INSPECTOR))
    assert "Catat penghargaan" not in read.get(one).content.decode()
