"""Agreements: who has signed and who not and why, the paper, renewal, the end, and who may see which."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from pendopo.agencies.actions import agreements, founding
from pendopo.agencies.actions.agreements import Party, Signature
from pendopo.agencies.errors import AlreadySigned, AlreadyThere, DatesCrossed, SignerMissing
from pendopo.agencies.models import Agreement, Signatory, Standing
from pendopo.agencies.queries import agreements as shown
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotAllowed, NotFound, NotUnderstood, ReasonMissing
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n"
NOW = timezone.now()
TODAY = NOW.date()
POLICE = "Polres Contoh"
YEAR = timedelta(days=365)


def draft(place: Place, by: Actor, *, kind: str = Agreement.Kind.CONTRACT, **other: object) -> Agreement:
    """A PKS of the place's agency and the police, from a year ago on, for two more years."""
    told: dict[str, object] = {
        "title": "Penyelenggaraan MPP", "starts_on": TODAY - YEAR, "ends_on": TODAY + 2 * YEAR,
        "parties": [Party(place.agency, signer="Kepala Dinas"), Party(name=POLICE)],
    }  # fmt: skip
    return agreements.draft(place.mall, kind=kind, by=by, at=NOW, **(told | other))  # type: ignore[arg-type]


def sign(place: Place, by: Actor, *rows: Signatory, signer: str = "") -> None:
    given = [Signature(row, signer) for row in rows]
    day = place.mall.local(NOW).date()
    agreements.sign_together(place.mall, given, day=day, place="Pendopo", by=by, at=NOW)


def of_agency(agreement: Agreement) -> Signatory:
    return agreement.signatories.get(agency__isnull=False)


def of_police(agreement: Agreement) -> Signatory:
    return agreement.signatories.get(agency=None)


@pytest.fixture
def place() -> Place:
    return make.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return make.staff(place.mall, Role.MANAGER)


def texts(place: Place, actor: Actor, wanted: shown.Filter = shown.Filter()) -> dict[str, list[str]]:
    page = shown.matrix(place.mall, actor, TODAY, wanted)
    return {line.name: [cell.text for cell in line.cells] for line in page.items}


def test_the_matrix_says_who_signed_who_not_and_why(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        contract = draft(place, manager)
        sign(place, manager, of_agency(contract))
        agreements.note_standing(
            of_police(contract), state="not", reason="other", note="Menunggu Polda", next_step="Surat kedua",
            due_on=date(2031, 1, 2), by=manager, at=NOW,
        )  # fmt: skip

        found = texts(place, manager)

    assert found["Dinas Dukcapil"][2].startswith("Ditandatangani; ")
    assert found["Dinas Dukcapil"][0] == "Belum ada"
    assert found[POLICE][2] == (
        "Belum bersedia; Pertimbangan lain; Menunggu Polda; Berikutnya: Surat kedua; tenggat 2 Jan 2031"
    )


def test_a_refusal_needs_a_reason_and_a_signature_a_name(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        contract = draft(place, manager)
        police = of_police(contract)
        with pytest.raises(ReasonMissing):
            agreements.note_standing(police, state="not", by=manager, at=NOW)
        with pytest.raises(SignerMissing, match=POLICE):
            sign(place, manager, of_agency(contract), police)

        assert set(contract.signatories.values_list("state", "reason")) == {("underway", "")}
        with pytest.raises(IntegrityError), transaction.atomic():
            contract.signatories.update(state="signed")


def test_what_is_signed_stays_signed(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        contract = draft(place, manager)
        sign(place, manager, of_agency(contract))
        with pytest.raises(AlreadySigned):
            sign(place, manager, of_police(contract), of_agency(contract), signer="Kapolres")
        with pytest.raises(AlreadySigned):
            agreements.note_standing(of_agency(contract), state="underway", by=manager, at=NOW)

        assert of_agency(contract).state == "signed"
        assert of_police(contract).state == "underway"


def test_a_signing_is_recorded_when_it_has_been(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        row = of_agency(draft(place, manager))
        with pytest.raises(DatesCrossed):
            agreements.sign_together(
                place.mall, [Signature(row)], day=TODAY + timedelta(days=2), place="Pendopo", by=manager, at=NOW
            )
        with pytest.raises(NotUnderstood):
            agreements.sign_together(place.mall, [], day=TODAY, place="Pendopo", by=manager, at=NOW)
        row.refresh_from_db()
        assert row.state == "underway"


@pytest.mark.parametrize(
    ("days", "standing", "urgent"),
    [(91, Standing.SIGNED, False), (90, Standing.ENDING, False), (30, Standing.ENDING, True),
     (0, Standing.ENDING, True), (-1, Standing.EXPIRED, True)],
)  # fmt: skip
def test_it_warns_before_an_agreement_ends(
    place: Place, manager: Actor, days: int, standing: Standing, urgent: bool
) -> None:
    with wall.inside(place.mall.pk):
        contract = draft(place, manager)
        sign(place, manager, of_agency(contract))
        day = TODAY + 2 * YEAR - timedelta(days=days)
        cell = shown.matrix(place.mall, manager, day, shown.Filter()).items[0].cells[2]
        warned = shown.warnings(place.mall, manager, day)

        assert (cell.standing, cell.is_urgent) == (standing, urgent)
        assert [(each.agreement, each.is_urgent) for each in warned] == ([] if days > 90 else [(contract, urgent)])


def test_a_renewal_takes_over_and_silences_the_warning(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        contract = draft(place, manager, ends_on=TODAY + timedelta(days=20))
        sign(place, manager, of_agency(contract))
        later = agreements.renew(
            contract, starts_on=TODAY + timedelta(days=21), ends_on=TODAY + YEAR, by=manager, at=NOW
        )
        assert "perpanjangan disiapkan" in texts(place, manager)["Dinas Dukcapil"][2]
        assert shown.warnings(place.mall, manager, TODAY) == []
        with pytest.raises(AlreadyThere):
            agreements.renew(contract, starts_on=TODAY, ends_on=None, by=manager, at=NOW)
        assert Agreement.objects.count() == 2
        sign(place, manager, of_agency(later))

        assert texts(place, manager)["Dinas Dukcapil"][2].startswith("Ditandatangani")
        assert [str(row) for row in shown.signatories(later, manager)] == ["Dinas Dukcapil", POLICE]


def test_an_agreement_that_was_ended_binds_nobody(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        contract = draft(place, manager)
        sign(place, manager, of_agency(contract))
        with pytest.raises(ReasonMissing):
            agreements.end(contract, on=TODAY, reason="", by=manager, at=NOW)
        assert texts(place, manager)["Dinas Dukcapil"][2].startswith("Ditandatangani")
        agreements.end(contract, on=TODAY, reason="Instansi dilebur", by=manager, at=NOW)

        assert texts(place, manager)["Dinas Dukcapil"][2] == "Belum ada"
        with pytest.raises(AlreadyThere):
            agreements.end(contract, on=TODAY, reason="Lagi", by=manager, at=NOW)


def test_whoever_does_not_manage_changes_nothing(place: Place, manager: Actor) -> None:
    admin = make.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    head = make.staff(place.mall, Role.HEAD)
    with wall.inside(place.mall.pk):
        contract = draft(place, manager)
        entries = Entry.objects.count()
        for by in (admin, head):
            with pytest.raises(NotAllowed):
                draft(place, by)
            with pytest.raises(NotAllowed):
                sign(place, by, of_agency(contract))
            with pytest.raises(NotAllowed):
                agreements.attach(contract, "a.pdf", PDF, by=by, at=NOW)
        assert Agreement.objects.count() == 1
        assert Entry.objects.count() == entries


def test_the_database_refuses_what_the_rules_forbid(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        contract = draft(place, manager)
        for wrong in ({"agency": None, "name": ""}, {"agency": place.agency, "name": "x"}, {"name": POLICE}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Signatory.objects.create(mall=place.mall, agreement=contract, **wrong)
        with pytest.raises(DatesCrossed):
            draft(place, manager, ends_on=TODAY - 2 * YEAR)
        with pytest.raises(NotUnderstood):
            draft(place, manager, parties=[Party(name="A"), Party(name="a")])


def test_an_agency_admin_sees_the_own_agency_and_nothing_else(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        other = founding.add_agency(place.mall, code="PAJAK", name="Kantor Pajak", at=NOW)
        own, foreign = draft(place, manager), draft(place, manager, parties=[Party(other)])
        agreements.attach(foreign, "pks.pdf", PDF, by=manager, at=NOW)
        agreements.attach(own, "pks.pdf", PDF, by=manager, at=NOW)
    admin = make.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    with wall.inside(place.mall.pk):
        assert set(texts(place, admin)) == {"Dinas Dukcapil"}
        assert [str(row) for row in shown.signatories(own, admin)] == ["Dinas Dukcapil"]
        with pytest.raises(NotFound):
            shown.agreement(place.mall, admin, foreign.pk)
    browser, here = client(admin), f"/m/{place.mall.slug}/agreements/"
    # How many have signed is for those who oversee the mall.
    assert "standings" not in browser.get(here).content.decode()
    assert "standings" in client(manager).get(here).content.decode()
    assert browser.get(f"{here}{own.pk}/file/").content == PDF
    assert browser.get(f"{here}{foreign.pk}/file/").status_code == 404
    assert POLICE not in browser.get(f"{here}{own.pk}/").content.decode()
    assert client(make.staff(place.mall, Role.OFFICER)).get(f"{here}{own.pk}/file/").status_code == 403
    assert Client().get(f"{here}{own.pk}/file/").status_code == 302


def test_a_file_is_what_it_is_and_not_what_it_says(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        contract = draft(place, manager)
    browser, here = client(manager), f"/m/{place.mall.slug}/agreements/{contract.pk}/"

    def send(content: bytes, name: str = "pks.pdf") -> int:
        return browser.post(f"{here}file/", {"file": SimpleUploadedFile(name, content)}).status_code

    assert [send(b"<script>"), send(b"MZ" * 10), send(PDF + b"x" * 10 * 1024 * 1024)] == [422, 422, 422]
    assert browser.get(f"{here}file/").status_code == 404
    assert send(PDF, "../..\\PKS “1”.exe") == 302
    given = browser.get(f"{here}file/")
    assert (given["Content-Type"], given["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert given["Content-Disposition"].startswith("attachment;")
    assert "exe" not in given["Content-Disposition"]


def test_many_sign_at_once_by_the_page_or_nobody(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        contract = draft(place, manager)
        own, police = of_agency(contract), of_police(contract)
    browser, here = client(manager), f"/m/{place.mall.slug}/agreements/signing/"
    day = place.mall.local(NOW).date().isoformat()
    sent: dict[str, object] = {
        "day": day, "place": "Pendopo", "signed": [str(own.pk), str(police.pk)], f"signer-{own.pk}": "Kepala Dinas",
    }  # fmt: skip

    refused = browser.post(here, sent)
    assert refused.status_code == 422
    assert f"Tulis siapa yang menandatangani untuk {POLICE}." in refused.content.decode()
    with wall.inside(place.mall.pk):
        assert not Signatory.objects.filter(state="signed").exists()

    assert browser.post(here, sent | {f"signer-{police.pk}": "Kapolres"}).status_code == 302
    with wall.inside(place.mall.pk):
        assert Signatory.objects.filter(state="signed", signing__place="Pendopo").count() == 2


def test_an_agreement_is_written_renewed_and_ended_by_its_pages(place: Place, manager: Actor) -> None:
    browser, here = client(manager), f"/m/{place.mall.slug}/agreements/"
    written = browser.post(
        f"{here}new/",
        {"kind": "mou", "title": "Nota", "starts_on": "2026-01-01", "agencies": [place.agency.pk], "others": "Kodim\n"},
    )
    assert written.status_code == 302
    with wall.inside(place.mall.pk):
        made = Agreement.objects.get()
        row = made.signatories.get(name="Kodim")
    assert browser.post(f"{here}{made.pk}/standing/", {"signatory": row.pk, "state": "not"}).status_code == 422
    noted = {"signatory": row.pk, "state": "not", "reason": "not_ready", "next_step": "Rapat", "due_on": "2026-12-01"}
    assert browser.post(f"{here}{made.pk}/standing/", noted).status_code == 302
    page = browser.get(f"{here}{made.pk}/").content.decode()
    assert "Belum siap" in page
    assert "Rapat" in page
    assert browser.post(f"{here}{made.pk}/renewal/", {"starts_on": "2027-01-01"}).status_code == 302
    ended = {"on": "2026-12-31", "reason": "Diganti"}
    assert browser.post(f"{here}{made.pk}/ending/", ended).status_code == 302
    with wall.inside(place.mall.pk):
        assert Agreement.objects.get(pk=made.pk).ended_because == "Diganti"
        assert Agreement.objects.get(renews=made).starts_on == date(2027, 1, 1)


def test_lists_are_paged_filtered_and_equal_in_every_file(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        names = [f"Dinas {n:02}" for n in range(30)]
        for n, name in enumerate(names):
            founding.add_agency(place.mall, code=f"D{n}", name=name, at=NOW)
        contract = draft(place, manager)
        sign(place, manager, of_agency(contract))
        seen, cursor = [], ""
        while True:
            page = shown.matrix(place.mall, manager, TODAY, shown.Filter(), cursor=cursor)
            seen += [line.name for line in page.items]
            if not page.next:
                break
            cursor = page.next
        assert seen == sorted([*names, "Dinas Dukcapil", POLICE])
        assert set(texts(place, manager, shown.Filter(standing="signed"))) == {"Dinas Dukcapil"}
        assert set(texts(place, manager, shown.Filter("contract", "underway"))) == {POLICE}
        assert len(texts(place, manager, shown.Filter("contract", shown.NONE))) == 25
        assert set(texts(place, manager, shown.Filter(words="polres"))) == {POLICE}
    browser, here = client(manager), f"/m/{place.mall.slug}/agreements/"
    given = list(csv.reader(io.StringIO(browser.get(f"{here}matrix.csv?kind=contract").content.decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(browser.get(f"{here}matrix.xlsx?kind=contract").content))
    sheet = [[cell or "" for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    assert given == sheet
    assert [row[0] for row in given[1:]] == seen
    assert browser.get(f"{here}?cursor=x").status_code == 422
    assert browser.get(f"{here}?standing=x").status_code == 422


def test_the_matrix_asks_as_often_for_many_agencies_as_for_few(place: Place, manager: Actor) -> None:
    browser, here = client(manager), f"/m/{place.mall.slug}/agreements/"

    def queries() -> int:
        browser.get(here)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(here).status_code == 200
        return len(asked)

    with wall.inside(place.mall.pk):
        contract = draft(place, manager, ends_on=TODAY + timedelta(days=9))
        sign(place, manager, of_agency(contract))
    few = queries()
    with wall.inside(place.mall.pk):
        for n in range(20):
            agency = founding.add_agency(place.mall, code=f"D{n}", name=f"Dinas {n}", at=NOW)
            made = draft(place, manager, parties=[Party(agency)], ends_on=TODAY + timedelta(days=9))
            sign(place, manager, of_agency(made), signer="Kepala")

    assert queries() == few
