"""Standards: set by decree, never rewritten, published in part, counted as complete; and the papers made of them."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from openpyxl import load_workbook

from pendopo.agencies.actions import founding
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import publishing, standards, writing
from pendopo.catalogue.actions.standards import Decree, Involvement
from pendopo.catalogue.actions.writing import Case
from pendopo.catalogue.components import rules
from pendopo.catalogue.errors import NotYourAgency, PublishedAlready, StandardTooEarly
from pendopo.catalogue.models import Publication, Published, Service, Standard
from pendopo.catalogue.queries.standards import agency_states, completeness, service_states
from pendopo.inspections.tests.make import png
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotUnderstood
from pendopo.tenancy import wall
from pendopo.tenancy.actions.looks import Look, dress
from pendopo.tenancy.models import Mall
from pendopo.tenancy.queries import forget_malls

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)
# Of pages, which know no other day than the real one.
LONG_AGO = date(2026, 1, 5)
ALL = {each.code: f"Isi {each.code}" for each in rules().components}
DECREE = Decree("065/29/2026", date(2026, 11, 2), "sk-065.pdf")
FORUM = Involvement("Forum konsultasi publik", date(2026, 10, 5), "Berita acara 12")


class Hall:
    """A mall with two services, one of which has two variants, and who may set what."""

    def __init__(self) -> None:
        self.place: Place = make.place()
        self.mall: Mall = self.place.mall
        self.admin: Actor = make.staff(self.mall, Role.AGENCY_ADMIN, agency=self.place.agency)
        self.manager: Actor = make.staff(self.mall, Role.MANAGER)
        self.officer: Actor = make.staff(self.mall, Role.OFFICER, agency=self.place.agency)
        with wall.inside(self.mall.pk):
            self.card: Service = writing.write_service(
                self.place.agency,
                name="Kartu Keluarga",
                cases=[Case("Baru", requirements=("Buku nikah",)), Case("Hilang")],
                at=AT,
            )
            self.deed: Service = writing.write_service(self.place.agency, name="Akta Kelahiran", at=AT)
            for service in (self.card, self.deed):
                writing.offer(service, self.place.outlet, at=AT)
            publishing.publish(self.mall, at=AT)

    def set(self, service: Service | None = None, *, day: date = TODAY, **other: object) -> Standard:
        """Set a whole standard."""
        said: dict[str, object] = {"decree": DECREE, "involvement": FORUM, "reason": "Keputusan baru", "by": self.admin}
        said |= other
        components = said.pop("components", ALL)
        return standards.set_standard(service or self.card, components, valid_from=day, at=AT, **said)  # type: ignore[arg-type]

    def publish_in(self, standard: Standard, *media: Publication.Medium) -> None:
        """Note that it can be read in some media."""
        for medium in media:
            standards.note_publication(
                standard, medium, published_on=TODAY, evidence="https://contoh.test", by=self.admin, at=AT
            )


@pytest.fixture
def hall(db: None) -> Iterator[Hall]:
    """Stand in the mall."""
    found = Hall()
    with wall.inside(found.mall.pk):
        yield found


def signed_in(actor: Actor) -> Client:
    client = Client()
    assert actor.account
    client.force_login(actor.account)
    return client


def test_the_law_names_fourteen_components_of_which_six_are_public() -> None:
    assert (len(rules().components), len(rules().public), rules().media) == (14, 6, 4)
    assert [each.indonesian for each in rules().public][0:2] == ["Persyaratan", "Sistem, Mekanisme, dan Prosedur"]


def test_a_standard_is_set_audited_and_its_public_part_published(hall: Hall) -> None:
    standard = hall.set()

    published = Published.objects.filter(mall=hall.mall, service_code=hall.card.code)
    assert (standard.filled, standard.review_due_on) == (14, date(2027, 11, 23))
    assert {len(row.standards) for row in published} == {1}
    promise = published[0].standard_on(TODAY)
    assert promise
    assert set(promise["texts"]) == {each.code for each in rules().public}
    assert "basis" not in str(published[0].standards)
    assert published[0].standard_on(date(2026, 11, 22)) is None
    assert Entry.objects.filter(action="standard.set", reason="Keputusan baru").count() == 1


def test_publishing_anew_keeps_what_is_promised(hall: Hall) -> None:
    hall.set()
    before = list(Published.objects.filter(mall=hall.mall).order_by("code").values_list("code", "standards"))
    publishing.publish(hall.mall, at=AT)

    assert list(Published.objects.filter(mall=hall.mall).order_by("code").values_list("code", "standards")) == before


def test_a_new_standard_ends_the_old_and_changes_nothing_else_of_it(hall: Hall) -> None:
    first = hall.set()
    second = hall.set(day=date(2027, 1, 4), components={"fee": "Gratis"}, decree=Decree("7/2027", date(2027, 1, 2)))

    first.refresh_from_db()
    assert (first.valid_to, first.components) == (date(2027, 1, 3), ALL)
    assert (second.valid_to, second.filled) == (None, 1)
    row = Published.objects.get(mall=hall.mall, code=f"{hall.card.code}-1")
    held, later = row.standard_on(date(2027, 1, 3)), row.standard_on(date(2027, 1, 4))
    assert held and later  # noqa: PT018
    assert (held["decree"], later["decree"]) == (DECREE.number, "7/2027")


def test_a_standard_of_a_variant_goes_before_that_of_its_service(hall: Hall) -> None:
    hall.set()
    variant = hall.card.variants.get(position=2)
    hall.set(variant=variant, decree=Decree("8/2026", TODAY))

    found = {row.code: row.standard_on(TODAY) for row in Published.objects.filter(service_code=hall.card.code)}
    assert {code: held and held["decree"] for code, held in found.items()} == {
        f"{hall.card.code}-1": DECREE.number,
        f"{hall.card.code}-2": "8/2026",
    }


@pytest.mark.parametrize("day", [date(2026, 11, 22), TODAY])
def test_what_was_promised_is_not_rewritten(hall: Hall, day: date) -> None:
    standard = hall.set()

    with pytest.raises(StandardTooEarly):
        hall.set(day=day)

    assert list(Standard.objects.values_list("pk", "valid_to")) == [(standard.pk, None)]


def test_only_its_own_agency_and_the_manager_set_it(hall: Hall) -> None:
    stranger = founding.add_agency(hall.mall, code="PLN", name="PLN", short_name="PLN", at=AT)
    for nobody in (hall.officer, make.staff(hall.mall, Role.AGENCY_ADMIN, agency=stranger)):
        with pytest.raises(NotYourAgency):
            hall.set(by=nobody)
    assert not Standard.objects.exists()

    hall.set(by=hall.manager)
    assert Standard.objects.count() == 1


@pytest.mark.parametrize("components", [{"colour": "red"}, {"fee": "x" * 5001}])
def test_components_are_those_of_the_law_and_no_books(hall: Hall, components: dict[str, str]) -> None:
    with pytest.raises(NotUnderstood):
        hall.set(components=components)

    assert not Standard.objects.exists()


def test_the_database_refuses_two_in_force_and_rewriting(hall: Hall) -> None:
    standard = hall.set()
    again = {
        "mall": hall.mall, "service": hall.card, "decree_number": "x", "decree_on": TODAY,
        "valid_from": date(2026, 12, 1), "review_due_on": TODAY, "written_at": AT,
    }  # fmt: skip

    with pytest.raises(IntegrityError, match="standard_one_in_force"), transaction.atomic():
        Standard.objects.create(**again)
    with pytest.raises(IntegrityError, match="standard_by_decree"), transaction.atomic():
        Standard.objects.create(**again | {"service": hall.deed, "decree_number": ""})
    for statement in ("UPDATE catalogue_standard SET components = '{}'", "DELETE FROM catalogue_standard"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert Standard.objects.get() == standard


def test_where_it_can_be_read_is_noted_once(hall: Hall) -> None:
    standard = hall.set()
    hall.publish_in(standard, Publication.Medium.SIPP)

    with pytest.raises(PublishedAlready):
        hall.publish_in(standard, Publication.Medium.SIPP)
    with pytest.raises(NotUnderstood):
        standards.note_publication(
            standard, Publication.Medium.BOARD, published_on=date(2027, 1, 1), evidence="x", by=hall.admin, at=AT
        )
    with pytest.raises(NotYourAgency):
        standards.note_publication(
            standard, Publication.Medium.BOARD, published_on=TODAY, evidence="x", by=hall.officer, at=AT
        )

    assert Publication.objects.count() == 1
    assert Entry.objects.filter(action="standard.published").count() == 1


def test_an_agency_is_complete_by_what_its_services_have(hall: Hall) -> None:
    assert agency_states(hall.mall, TODAY)[0].figures == (2, 0, 0, 0, 0, 0, 0)

    whole = hall.set()
    hall.publish_in(whole, *list(Publication.Medium)[:4])
    hall.set(hall.deed, components={"fee": "Gratis"}, involvement=None)

    state = agency_states(hall.mall, TODAY)[0]
    assert (state.figures, state.share) == ((2, 2, 1, 1, 1, 0, 1), 50)
    assert completeness(hall.mall, TODAY) == (1, 2)
    assert completeness(hall.mall, date(2027, 11, 24)) == (0, 2)
    assert agency_states(hall.mall, date(2027, 11, 24))[0].figures == (2, 2, 1, 1, 1, 2, 0)


def test_a_service_has_a_standard_when_every_variant_has(hall: Hall) -> None:
    for variant in hall.card.variants.all():
        states, _next = service_states(hall.mall, hall.place.agency, TODAY)
        assert not states[0].is_set
        hall.set(variant=variant)

    states, _next = service_states(hall.mall, hall.place.agency, TODAY)
    assert states[0].is_set
    assert completeness(hall.mall, TODAY) == (0, 2)
    for standard in Standard.objects.all():
        hall.publish_in(standard, *list(Publication.Medium)[:4])
    assert completeness(hall.mall, TODAY) == (1, 2)


def test_services_are_shown_page_by_page(hall: Hall) -> None:
    first, after = service_states(hall.mall, hall.place.agency, TODAY, size=1)
    second, end = service_states(hall.mall, hall.place.agency, TODAY, after=after, size=1)

    assert [state.service for state in (*first, *second)] == [hall.card, hall.deed]
    assert end == ""


def test_the_tables_to_take_away_say_what_the_page_says(hall: Hall) -> None:
    hall.set(day=LONG_AGO)
    client = signed_in(hall.manager)
    path = f"/m/{hall.mall.slug}/standards/"

    page = client.get(path).content.decode()
    for query in ("", f"?agency={hall.place.agency.code}"):
        commas = list(csv.reader(io.StringIO(client.get(f"{path}table.csv{query}").content.decode("utf-8-sig"))))
        book = load_workbook(io.BytesIO(client.get(f"{path}table.xlsx{query}").content))
        cells = [["" if cell is None else str(cell) for cell in row] for row in book.worksheets[0].values]
        assert cells == commas
    assert commas[1][:3] == ["Kartu Keluarga", "DUKCAPIL-001", "14"]
    assert "<b>0 dari 2 layanan lengkap.</b>" in page


def test_figures_of_many_services_cost_no_more_questions(hall: Hall, django_assert_num_queries: object) -> None:
    assert callable(django_assert_num_queries)
    for number in range(8):
        hall.set(writing.write_service(hall.place.agency, name=f"Layanan {number}", at=AT))
    with django_assert_num_queries(5):
        agency_states(hall.mall, TODAY)


def form(**other: str) -> dict[str, str]:
    said = {
        "decree_number": "065/29/2026", "decree_on": "2026-11-02", "valid_from": "2026-11-03", "reason": "Baru",
        "forum": "FKP", "forum_on": "2026-10-05", "component_fee": "Gratis", "component_basis": "UU 24/2013",
    }  # fmt: skip
    return said | other


def test_the_page_sets_a_standard_and_the_public_reads_its_public_part(hall: Hall) -> None:
    path = f"/m/{hall.mall.slug}/services/{hall.deed.code}/standard/"

    told = signed_in(hall.admin).post(path, form())

    assert told.status_code == 302
    assert Standard.objects.get().components == {"fee": "Gratis", "basis": "UU 24/2013"}
    public = Client().get(f"/m/{hall.mall.slug}/services/{hall.deed.code}/").content.decode()
    assert "Ditetapkan dengan 065/29/2026." in public
    assert "UU 24/2013" not in public
    noted = signed_in(hall.admin).post(
        f"{path}publications/", {"medium": "sipp", "published_on": "2026-11-04", "evidence": "sippn.menpan.go.id"}
    )
    assert noted.status_code == 302
    assert Publication.objects.get().medium == "sipp"
    page = signed_in(hall.officer).get(path).content.decode()
    assert "SIPP Nasional" in page
    assert "Tetapkan standar baru" not in page


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"decree_number": ""}, "decree_number"),
        ({"decree_on": "2026-02-30"}, "decree_on"),
        ({"valid_from": "0026-01-01"}, "Periksa tahunnya."),
        ({"forum_on": ""}, "Isi forum dan tanggalnya"),
        ({"component_fee": "x" * 5001}, "component_fee"),
    ],
)
def test_a_form_that_cannot_be_meant_is_refused_in_words(hall: Hall, said: dict[str, str], why: str) -> None:
    told = signed_in(hall.admin).post(f"/m/{hall.mall.slug}/services/{hall.deed.code}/standard/", form(**said))

    assert told.status_code == 422
    assert why in told.content.decode()
    assert not Standard.objects.exists()


def test_an_officer_who_posts_is_refused(hall: Hall) -> None:
    told = signed_in(hall.officer).post(f"/m/{hall.mall.slug}/services/{hall.deed.code}/standard/", form())

    assert told.status_code == 422
    assert "Hanya admin instansi ini" in told.content.decode()
    assert not Standard.objects.exists()


@pytest.mark.parametrize("paper", ["charters/DUKCAPIL/charter.pdf", "services/DUKCAPIL-001/leaflet.pdf"])
def test_papers_are_pdf_for_the_archive(hall: Hall, paper: str) -> None:
    hall.set()
    told = Client().get(f"/m/{hall.mall.slug}/{paper}")

    assert (told.status_code, told["Content-Type"]) == (200, "application/pdf")
    assert told.content.startswith(b"%PDF")
    assert b"<pdfaid:part>2</pdfaid:part>" in told.content
    assert b"/Subtype/Image" not in told.content
    look = Look(hall.mall.name, hall.mall.government, logo=attachments.keep("logos/1", "lambang", png()).path)
    dress(hall.mall, look, reason="Lambang baru", at=AT)
    forget_malls()
    assert b"/Subtype/Image" in Client().get(f"/m/{hall.mall.slug}/{paper}").content


def test_the_charter_declares_and_names_the_services_that_it_stands_for(hall: Hall) -> None:
    hall.set(day=LONG_AGO)
    page = Client().get(f"/m/{hall.mall.slug}/charters/DUKCAPIL/").content.decode()

    assert "sanggup menyelenggarakan pelayanan sesuai standar pelayanan" in page
    assert page.count("065/29/2026") == 1
    assert "Kartu Keluarga" in page
    assert Client().get(f"/m/{hall.mall.slug}/charters/TIDAK-ADA/").status_code == 404


def test_the_leaflet_names_what_to_bring(hall: Hall) -> None:
    page = Client().get(f"/m/{hall.mall.slug}/services/DUKCAPIL-001/leaflet/").content.decode()

    assert "Buku nikah" in page
    assert "Syaratnya belum tercatat" in page
