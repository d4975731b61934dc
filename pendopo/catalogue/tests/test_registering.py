"""What a registrar writes: published at once, by whom it may be, with a reason, and never lost."""

import csv
import io
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from pendopo.agencies.actions import founding
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import client
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import charters, covering, fees, registering, variants, writing
from pendopo.catalogue.actions.registering import Channels, Words
from pendopo.catalogue.actions.writing import Case
from pendopo.catalogue.errors import FeeInForce, FeeOverlaps, LastVariant, NameTaken, NotYourAgency, OfferEnded
from pendopo.catalogue.models import CharterSigner, CoverageDecision, Fee, Offering, Published, Service, Variant
from pendopo.catalogue.queries.searching import search
from pendopo.kernel.errors import NotUnderstood, ReasonMissing
from pendopo.queues.actions import taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.errors import PeopleWait
from pendopo.queues.tests import make as halls
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

# A Monday in Jakarta, nine in the morning.
AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def hall() -> Hall:
    return halls.hall()


@pytest.fixture
def manager(hall: Hall) -> Actor:
    return make.staff(hall.mall, Role.MANAGER)


@pytest.fixture
def admin(hall: Hall) -> Actor:
    return make.staff(hall.mall, Role.AGENCY_ADMIN, agency=hall.place.agency)


def page(hall: Hall, actor: Actor, path: str) -> str:
    response = client(actor).get(f"/m/{hall.mall.slug}/settings/{path}")
    assert response.status_code == 200
    return response.content.decode()


def variant(hall: Hall) -> Variant:
    return Variant.objects.select_related("service__mall").get(service=hall.service, position=1)


def test_a_registrar_publishes_a_service_on_monday_and_search_finds_it_at_once(hall: Hall, admin: Actor) -> None:
    browser = client(admin)
    form = browser.get(f"/m/{hall.mall.slug}/settings/services/new/").content.decode()
    assert "Layanan baru" in form
    said = {
        "agency": hall.place.agency.pk, "name": "Surat pindah domisili", "group": "Pindah", "kind": "here",
        "description": "Untuk yang pindah alamat.", "procedure": "", "name_en": "Change of residence letter",
        "requirements": "KTP\n\n Kartu Keluarga \n", "duration": "1 hari kerja", "outlet": hall.place.outlet.pk,
        "amount": "gratis", "basis": "UU 24/2013", "reason": "Layanan baru Perwal 3/2026",
    }  # fmt: skip

    response = browser.post(f"/m/{hall.mall.slug}/settings/services/new/", said)

    assert response.status_code == 302
    (found,) = search(hall.mall, words="pindah domisili").items
    assert (found.name, found.requirements, found.fee_amount) == (
        "Surat pindah domisili", ["KTP", "Kartu Keluarga"], 0,
    )  # fmt: skip
    assert search(hall.mall, words="residence").items[0].code == found.code
    public = Client().get(f"/m/{hall.mall.slug}/services/{found.code}/")
    assert "Gratis" in public.content.decode()
    english = Client(headers={"cookie": "django_language=en"})
    english.cookies["django_language"] = "en"
    with wall.inside(hall.mall.pk):
        assert Entry.objects.get(action="service.opened").reason == "Layanan baru Perwal 3/2026"
        assert CoverageDecision.objects.get(service__code=found.service_code).coverage == "in"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("reason", "", "Alasan: "),
        ("amount", "murah", "Tulis jumlah rupiah"),
        ("basis", "", "juga bila gratis"),
        ("name", "KARTU keluarga", "sudah punya layanan"),
        ("agency", "0", "pilihan"),
        ("requirements", "x" * 301, "paling panjang"),
    ],
)
def test_what_is_not_clear_is_asked_again_and_nothing_is_written(
    hall: Hall, admin: Actor, field: str, value: str, words: str
) -> None:
    said = {
        "agency": hall.place.agency.pk, "name": "Surat pindah", "kind": "here", "amount": "0", "basis": "UU",
        "reason": "Baru", "outlet": hall.place.outlet.pk,
    } | {field: value}  # fmt: skip

    response = client(admin).post(f"/m/{hall.mall.slug}/settings/services/new/", said)

    assert response.status_code == 422
    assert words in response.content.decode()
    with wall.inside(hall.mall.pk):
        assert Service.objects.count() == 1


def test_a_name_in_english_is_read_in_english(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        words = Words(
            "Kartu Keluarga", description="Kartu.", texts={"name_en": "Family card", "description_en": "Card."}
        )
        registering.change_service(hall.service, words, reason="Inggris", by=manager, at=AT)
    browser = Client()
    path = f"/m/{hall.mall.slug}/services/{hall.service.code}/"
    assert "<h1>Kartu Keluarga</h1>" in browser.get(path).content.decode()
    browser.cookies["django_language"] = "en"

    read = browser.get(path).content.decode()

    assert "<h1>Family card</h1>" in read
    assert "Card." in read


def test_strangers_and_acts_without_reason_change_nothing(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        other = founding.add_agency(hall.mall, code="PAJAK", name="Kantor Pajak", at=AT)
        stranger = make.staff(hall.mall, Role.AGENCY_ADMIN, agency=other)
        words, case, first = Words("Lain"), Case(), variant(hall)
        fee = fees.set_fee(first, amount=5, basis="Perwal 1", valid_from=TODAY, reason="Baru", by=manager, at=AT)
        before = Entry.objects.count()
        for by, reason, error in (
            (stranger, "x", NotYourAgency),
            (hall.officer, "x", NotYourAgency),
            (manager, " ", ReasonMissing),
        ):
            said = {"reason": reason, "by": by, "at": AT}
            for act in (
                lambda said=said: registering.open_service(hall.place.agency, words, case, outlet=None, **said),
                lambda said=said: registering.change_service(hall.service, words, **said),
                lambda said=said: registering.end_service(hall.service, **said),
                lambda said=said: registering.resume_service(hall.service, **said),
                lambda said=said: registering.set_offering(
                    hall.service, hall.place.outlet, status="in", channels=Channels(), **said
                ),
                lambda said=said: variants.add_variant(hall.service, name="B", requirements=[], duration="", **said),
                lambda said=said: variants.change_variant(first, name="B", requirements=[], duration="", **said),
                lambda said=said: variants.end_variant(first, **said),
                lambda said=said: variants.resume_variant(first, **said),
                lambda said=said: fees.set_fee(first, amount=1, basis="x", valid_from=TODAY, **said),
                lambda said=said: fees.withdraw_fee(fee, **said),
                lambda said=said: charters.name_signer(
                    hall.place.agency, office="a", name="b", decree="c", decree_on=TODAY, **said
                ),
            ):
                with pytest.raises(error):
                    act()
        assert Entry.objects.count() == before
        assert (Service.objects.count(), Variant.objects.count(), Fee.objects.count()) == (1, 1, 1)


def test_a_service_ends_when_nobody_waits_and_comes_back_under_its_code(hall: Hall, manager: Actor) -> None:
    browser, path = client(manager), f"/m/{hall.mall.slug}/settings/services/{hall.service.code}/"
    with wall.inside(hall.mall.pk):
        halls.taken(hall)
    refused = browser.post(path + "ending/", {"reason": "Pindah"})
    assert refused.status_code == 422
    assert "1 orang masih menunggu." in refused.content.decode()
    with wall.inside(hall.mall.pk):
        service = Service.objects.get()
        assert service.ended_at is None
        with pytest.raises(PeopleWait):
            registering.end_service(service, reason="Pindah", by=manager, at=AT)
        from pendopo.queues.actions import serving
        from pendopo.queues.models import Ticket

        serving.cancel(Ticket.objects.get(), by=None, at=timezone.now())

    assert browser.post(path + "ending/", {"reason": "Pindah ke kantor"}).status_code == 302

    assert not Published.objects.filter(mall=hall.mall).exists()
    assert Client().get(f"/m/{hall.mall.slug}/services/{hall.service.code}/").status_code == 404
    assert "Diakhiri" in browser.get(path).content.decode()
    with wall.inside(hall.mall.pk):
        assert CoverageDecision.objects.get().coverage == "not"
        with pytest.raises(OfferEnded):
            covering.decide_coverage(hall.service, "in", outlet=hall.place.outlet, by=manager, at=AT)
        with pytest.raises(OfferEnded):
            registering.change_service(hall.service, Words("Lain"), reason="x", by=manager, at=AT)
    assert browser.post(path + "resumption/", {"reason": "Kembali"}).status_code == 302
    said = {"outlet": hall.place.outlet.pk, "status": "in", "channels": ["is_direct"], "reason": "Kembali"}
    assert browser.post(path + "offerings/", said).status_code == 302
    assert Published.objects.get(mall=hall.mall).service_code == hall.service.code


def test_where_a_service_is_given_is_published_and_decided(hall: Hall, admin: Actor) -> None:
    path = f"/m/{hall.mall.slug}/settings/services/{hall.service.code}/offerings/"
    said: dict[str, object] = {"outlet": hall.place.outlet.pk, "status": "front_desk", "reason": "Alat di kantor"}
    nothing = client(admin).post(path, said)
    assert nothing.status_code == 422
    assert "paling sedikit satu cara" in nothing.content.decode()

    assert client(admin).post(path, said | {"channels": ["is_electronic", "is_mobile"]}).status_code == 302

    with wall.inside(hall.mall.pk):
        offering = Offering.objects.get()
        assert (offering.status, offering.is_direct, offering.is_electronic, offering.is_mobile) == (
            "front_desk", False, True, True,
        )  # fmt: skip
        assert (CoverageDecision.objects.get().coverage, CoverageDecision.objects.get().reason) == (
            "front_desk", "Alat di kantor",
        )  # fmt: skip
        foreign = founding.add_outlet(
            hall.mall, hall.place.site, agency=founding.add_agency(hall.mall, code="P", name="Pajak", at=AT), at=AT
        )
        with pytest.raises(NotUnderstood):
            registering.set_offering(
                hall.service, foreign, status="in", channels=Channels(), reason="x", by=admin, at=AT
            )
    assert client(admin).post(path, said | {"status": "not", "reason": "Tutup"}).status_code == 302
    assert not Published.objects.filter(mall=hall.mall).exists()


def test_variants_keep_their_codes_and_an_ended_one_gives_no_number(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        first = variant(hall)
        with pytest.raises(LastVariant):
            variants.end_variant(first, reason="x", by=manager, at=AT)
        with pytest.raises(NotUnderstood, match="Beri nama"):
            variants.add_variant(hall.service, name="", requirements=[], duration="", reason="x", by=manager, at=AT)
        variants.change_variant(first, name="Baru", requirements=["KTP"], duration="", reason="x", by=manager, at=AT)
        with pytest.raises(NameTaken):
            variants.add_variant(hall.service, name="baru", requirements=[], duration="", reason="x", by=manager, at=AT)
        lost = variants.add_variant(
            hall.service,
            name="Hilang",
            requirements=["Surat polisi", "KTP"],
            duration="",
            reason="x",
            by=manager,
            at=AT,
        )
        assert lost.code == f"{hall.service.code}-2"
        assert [row.code for row in Published.objects.filter(mall=hall.mall).order_by("position")] == [
            hall.service.code, lost.code,
        ]  # fmt: skip

        variants.end_variant(first, reason="Tidak ada lagi", by=manager, at=AT)

        assert Published.objects.get(mall=hall.mall).code == lost.code
        assert list(Variant.objects.order_by("position").values_list("code", "position")) == [
            (lost.code, 1), (hall.service.code, 2),
        ]  # fmt: skip
        with pytest.raises(OfferEnded):
            fees.set_fee(first, amount=1, basis="x", valid_from=TODAY, reason="x", by=manager, at=AT)
    # The ended variant's code is the service's own, and that means the first that stands.
    taken = taking.take(
        hall.mall, hall.service.code, origin=Origin.DESK, request_id=uuid4(), by=Caller(), at=timezone.now()
    )
    assert taken.service == lost.code
    with wall.inside(hall.mall.pk):
        variants.resume_variant(first, reason="Kembali", by=manager, at=AT)
        assert Variant.objects.get(pk=first.pk).position == 2
        third = variants.add_variant(
            hall.service, name="Ketiga", requirements=[], duration="", reason="x", by=manager, at=AT
        )
        assert third.code == f"{hall.service.code}-3"


def test_fees_follow_each_other_and_a_mistake_is_withdrawn(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        first = variant(hall)

        def fee(amount: int, day: date, at: datetime = AT) -> Fee:
            return fees.set_fee(
                first, amount=amount, basis=f"Perwal {amount}", valid_from=day, reason="x", by=manager, at=at
            )

        def held() -> list[tuple[int, date, date | None]]:
            rows = Fee.objects.standing().order_by("valid_from")
            return list(rows.values_list("amount", "valid_from", "valid_to"))

        old = fee(10_000, date(2026, 1, 1), datetime(2026, 1, 1, 5, tzinfo=UTC))
        fee(30_000, date(2027, 1, 1))
        fee(20_000, date(2026, 12, 1))
        assert held() == [
            (10_000, date(2026, 1, 1), date(2026, 11, 30)),
            (20_000, date(2026, 12, 1), date(2026, 12, 31)),
            (30_000, date(2027, 1, 1), None),
        ]
        with pytest.raises(FeeOverlaps, match="1 Des 2026"):
            fee(1, date(2026, 12, 1))
        for amount, basis in ((-1, "x"), (1, " ")):
            with pytest.raises(NotUnderstood):
                fees.set_fee(first, amount=amount, basis=basis, valid_from=TODAY, reason="x", by=manager, at=AT)
        with pytest.raises(FeeInForce):
            fees.withdraw_fee(Fee.objects.get(pk=old.pk), reason="x", by=manager, at=AT)
        assert len(held()) == 3
        wrong = Fee.objects.get(amount=20_000)
        fees.withdraw_fee(wrong, reason="Salah ketik", by=manager, at=AT)
        fees.withdraw_fee(Fee.objects.get(pk=wrong.pk), reason="Salah ketik", by=manager, at=AT)
        assert held() == [(10_000, date(2026, 1, 1), date(2026, 12, 31)), (30_000, date(2027, 1, 1), None)]
        assert Entry.objects.filter(action="fee.withdrawn").count() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            Fee.objects.create(mall=hall.mall, variant=first, amount=1, basis="x", valid_from=date(2026, 6, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            Fee.objects.create(
                mall=hall.mall,
                variant=first,
                amount=1,
                basis="",
                valid_from=date(1999, 1, 1),
                valid_to=date(1999, 1, 2),
            )


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15)])
def test_a_fee_begins_at_the_malls_own_midnight(zone: str, hour: int, monkeypatch: pytest.MonkeyPatch) -> None:
    hall = halls.hall(make.mall(timezone_name=zone))
    manager = make.staff(hall.mall, Role.MANAGER)
    midnight = datetime(2026, 12, 31, hour, tzinfo=UTC)
    with wall.inside(hall.mall.pk):
        first = variant(hall)
        for amount, day in ((0, date(2026, 1, 1)), (25_000, date(2027, 1, 1))):
            fees.set_fee(first, amount=amount, basis="Perwal 9", valid_from=day, reason="x", by=manager, at=AT)
    for at, shown, told in (
        (datetime(2026, 12, 31, hour - 1, 59, 59, tzinfo=UTC), "Gratis", True),
        (midnight, "Rp25.000", False),
    ):
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        read = " ".join(Client().get(f"/m/{hall.mall.slug}/services/{hall.service.code}/").content.decode().split())
        assert f"<dd>{shown}" in read
        assert ("Mulai Jumat, 1 Januari 2027: Rp25.000 (Perwal 9)" in read) is told
        api = Client().get(f"/api/v1/malls/{hall.mall.slug}/services/{hall.service.code}").json()
        assert api["variants"][0]["fee"] == (25_000 if not told else 0)


def test_the_list_is_the_same_as_file_and_shows_what_is_missing(hall: Hall, manager: Actor, admin: Actor) -> None:
    with wall.inside(hall.mall.pk):
        other = founding.add_agency(hall.mall, code="PAJAK", name="Kantor Pajak", at=AT)
        writing.write_service(other, name="NPWP", at=AT)
        ended = writing.write_service(hall.place.agency, name="Akta lama", at=AT)
        registering.end_service(ended, reason="Diganti", by=manager, at=AT)
    browser = client(manager)

    def rows(query: str) -> list[list[str]]:
        text = browser.get(f"/m/{hall.mall.slug}/settings/services/list.csv{query}").content.decode("utf-8-sig")
        book = load_workbook(io.BytesIO(browser.get(f"/m/{hall.mall.slug}/settings/services/list.xlsx{query}").content))
        cells = [[str(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
        found = list(csv.reader(io.StringIO(text)))
        assert found == cells
        return found[1:]

    assert [row[0] for row in rows("")] == ["Kartu Keluarga", "NPWP"]
    assert [row[0] for row in rows("?state=no-queue")] == ["NPWP"]
    assert [row[0] for row in rows("?state=no-fee&agency=DUKCAPIL")] == ["Kartu Keluarga"]
    assert [row[0] for row in rows("?state=ended")] == ["Akta lama"]
    assert [row[0] for row in rows("?q=npwp")] == ["NPWP"]
    assert "Tanpa antrean" in page(hall, manager, "services/?state=no-queue")
    assert "NPWP" not in page(hall, admin, "services/")
    assert client(admin).get(f"/m/{hall.mall.slug}/settings/services/PAJAK-001/").status_code == 404
    assert browser.get(f"/m/{hall.mall.slug}/settings/services/?state=x").status_code == 422


def test_the_list_costs_the_same_for_many(hall: Hall, manager: Actor) -> None:
    browser = client(manager)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get(f"/m/{hall.mall.slug}/settings/services/")
        return len(seen)

    cost()
    before = cost()
    with wall.inside(hall.mall.pk):
        for number in range(40):
            writing.write_service(hall.place.agency, name=f"Layanan {number}", at=AT)

    assert cost() == before
    first = page(hall, manager, "services/")
    assert first.count('class="line"') == 30
    assert "cursor=" in first


def test_who_signs_the_maklumat_is_on_page_and_pdf_and_never_rewritten(hall: Hall, admin: Actor) -> None:
    path = f"/m/{hall.mall.slug}/settings/charters/DUKCAPIL/"
    said = {
        "office": "Kepala Dinas", "name": "Ratna Contoh", "decree": "065/9/2026", "decree_on": "2026-01-05",
        "reason": "Pejabat baru",
    }  # fmt: skip
    public = Client().get(f"/m/{hall.mall.slug}/charters/DUKCAPIL/").content.decode()
    assert "belum dicatat" in public
    late = client(admin).post(path, said | {"decree_on": "2099-01-01"})
    assert late.status_code == 422

    assert client(admin).post(path, said).status_code == 302

    public = Client().get(f"/m/{hall.mall.slug}/charters/DUKCAPIL/").content.decode()
    assert "Ratna Contoh" in public
    assert "065/9/2026" in public
    assert Client().get(f"/m/{hall.mall.slug}/charters/DUKCAPIL/charter.pdf").content.startswith(b"%PDF")
    with wall.inside(hall.mall.pk):
        with pytest.raises(ProgrammingError), transaction.atomic():
            CharterSigner.objects.update(name="Lain")
        assert Entry.objects.get(action="charter.signer_named").reason == "Pejabat baru"
