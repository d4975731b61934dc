"""A product from the printer to the right hands, by owners and proxies, twice pressed and at the same time."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.applications.actions import handing, keeping, owning
from pendopo.applications.actions.handing import Signed
from pendopo.applications.actions.pick_up import set_pick_up
from pendopo.applications.errors import NotTheirs, ShelfTaken
from pendopo.applications.models import SIGNATURE, Handover, Move, Receipt
from pendopo.applications.queries import handovers as shown
from pendopo.applications.tests import make
from pendopo.catalogue.actions import writing
from pendopo.kernel.errors import AnotherBody, MoveNotAllowed, NotAllowed, NotUnderstood, ReasonMissing
from pendopo.notifications.models import Message
from pendopo.people.actions import representing
from pendopo.people.models import Organisation, Party
from pendopo.tenancy import sealing, wall

pytestmark = pytest.mark.django_db
BOOK, LINK = Signed("book"), make.LINK


@pytest.fixture
def place() -> Iterator[Place]:
    made = make_agencies.place()
    with wall.inside(made.mall.pk):
        yield made


@pytest.fixture
def officer(place: Place) -> Actor:
    return make_agencies.staff(place.mall, Role.OFFICER, agency=place.agency)


def test_from_the_printer_to_the_owner_each_step_has_its_witness(place: Place, officer: Actor) -> None:
    at = timezone.now()
    product = make.ready(place, officer, at=at, shelf="A7")
    assert shown.free_shelf(place.mall) == "1"
    keeping.fetch(product, by=officer, at=at)

    receipt = handing.hand(product, Signed("drawn", make.drawn()), by=officer, at=at)

    product.refresh_from_db()
    assert (product.state, product.shelf) == ("handed", "")
    assert receipt.person == product.owner.person
    assert receipt.representation is None
    opened = sealing.Sealer(place.mall.pk, SIGNATURE).unseal(bytes(receipt.signature_sealed))
    assert opened.startswith(b"\x89PNG")
    assert b"IHDR" not in bytes(receipt.signature_sealed)
    assert [each.kind for each in Move.objects.order_by("pk")] == ["printed", "ready", "called", "handed"]


def test_pressed_twice_it_is_the_same_product_and_the_same_receipt(place: Place, officer: Actor) -> None:
    at, request = timezone.now(), uuid4()
    owner = owning.owner_of(place.mall, name="Siti Contoh", nik="", phone="", by=officer, at=at)

    def bring(product: str = "KTP-el") -> Handover:
        return keeping.bring(
            place.agency, place.site, owner, product=product, number="7", request_id=request, by=officer, at=at
        )

    one, two = bring(), bring()
    assert one == two
    with pytest.raises(AnotherBody):
        bring("Paspor")
    keeping.shelve(one, "1", link=LINK, by=officer, at=at)
    keeping.shelve(one, "1", link=LINK, by=officer, at=at)
    first = handing.hand(one, BOOK, by=officer, at=at)
    assert handing.hand(one, BOOK, by=officer, at=at + timedelta(minutes=1)) == first
    assert Move.objects.filter(handover=one).count() == 3


def test_a_known_owner_is_not_noted_twice(place: Place, officer: Actor) -> None:
    at, nik = timezone.now(), "3576014101900001"
    one = make.product(place, officer, at=at, nik=nik, phone="081234567890")
    two = make.product(place, officer, at=at, nik=nik, name="Siti C.")
    assert one.owner == two.owner


def test_a_proxy_takes_with_a_paper_that_is_in_force_and_nobody_else(place: Place, officer: Actor) -> None:
    at = timezone.now()
    product = make.ready(place, officer, at=at)
    other = make.ready(place, officer, at=at, shelf="2", name="Budi Contoh")
    proxy = owning.new_proxy(
        product.owner, name="Ani Contoh", basis="attorney", document="Kuasa 3-1-2026", by=officer, at=at
    )
    with pytest.raises(NotTheirs):
        handing.hand(other, BOOK, proxy=proxy, by=officer, at=at)
    with pytest.raises(NotTheirs):
        handing.hand(product, BOOK, proxy=proxy, by=officer, at=at + timedelta(days=60))

    receipt = handing.hand(product, BOOK, proxy=proxy, by=officer, at=at)

    assert receipt.representation == proxy
    assert receipt.person is None


def test_an_ended_representation_lets_nobody_take(place: Place, officer: Actor) -> None:
    at = timezone.now()
    product = make.ready(place, officer, at=at)
    proxy = owning.new_proxy(product.owner, name="Ani", basis="guardian", document="Akta", by=officer, at=at)
    owner = product.owner.person
    assert owner
    representing.end_power(owner, proxy.pk, by=officer, at=at)
    proxy.refresh_from_db()
    with pytest.raises(NotTheirs):
        handing.hand(product, BOOK, proxy=proxy, by=officer, at=at)


def test_for_an_organisation_somebody_comes_with_a_right(place: Place, officer: Actor) -> None:
    at = timezone.now()
    firm = Party.objects.create(
        mall=place.mall, organisation=Organisation.objects.create(mall=place.mall, name="CV Contoh")
    )
    product = keeping.bring(
        place.agency, place.site, firm, product="NIB", number="", request_id=uuid4(), by=officer, at=at
    )
    keeping.shelve(product, "9", link=LINK, by=officer, at=at)
    with pytest.raises(NotTheirs):
        handing.hand(product, BOOK, by=officer, at=at)


def test_the_shelf_of_another_is_refused_in_words_and_nothing_moves(place: Place, officer: Actor) -> None:
    at = timezone.now()
    make.ready(place, officer, at=at)
    second = make.product(place, officer, at=at)
    with pytest.raises(ShelfTaken, match="1"):
        keeping.shelve(second, "1", link=LINK, by=officer, at=at)
    second.refresh_from_db()
    assert second.state == "printed"
    assert shown.free_shelf(place.mall) == "2"


def test_what_leaves_has_a_reason_and_comes_back(place: Place, officer: Actor) -> None:
    at = timezone.now()
    product = make.ready(place, officer, at=at)
    with pytest.raises(ReasonMissing):
        keeping.send(product, courier=" ", by=officer, at=at)
    with pytest.raises(NotUnderstood):
        handing.hand(product, Signed("courier"), by=officer, at=at)
    keeping.send(product, courier="Pos, resi 12", by=officer, at=at)
    assert shown.by_key(place.mall, product.key).courier == "Pos, resi 12"
    keeping.give_back(product, reason="Alamat tidak ditemukan", by=officer, at=at)
    keeping.shelve(product, "3", link=LINK, by=officer, at=at)
    with pytest.raises(MoveNotAllowed):
        keeping.shelve(handing.hand(product, BOOK, by=officer, at=at).handover, "4", link=LINK, by=officer, at=at)


def test_another_agencys_officer_moves_nothing(place: Place, officer: Actor) -> None:
    at = timezone.now()
    product = make.ready(place, officer, at=at)
    stranger = make_agencies.staff(place.mall, Role.SIGNER, agency=place.agency)
    for act in (
        lambda: keeping.fetch(product, by=stranger, at=at),
        lambda: handing.hand(product, BOOK, by=stranger, at=at),
        lambda: make.product(place, stranger, at=at),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("sent", ["", "data:image/png;base64,!!", "data:image/png;base64,AAAA", "data:text/html,x"])
def test_a_drawing_that_is_none_is_refused(place: Place, officer: Actor, sent: str) -> None:
    product = make.ready(place, officer, at=timezone.now())
    with pytest.raises(NotUnderstood):
        handing.hand(product, Signed("drawn", sent), by=officer, at=timezone.now())
    assert not Receipt.objects.exists()


def test_the_database_refuses_what_the_rules_forbid(place: Place, officer: Actor) -> None:
    product = make.ready(place, officer, at=timezone.now())
    for change in ({"shelf": ""}, {"state": "handed"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Handover.objects.filter(pk=product.pk).update(**change)


def test_the_owner_is_told_once_each_time_it_comes_to_a_shelf(place: Place, officer: Actor) -> None:
    at = timezone.now()
    owner = owning.owner_of(place.mall, name="Siti Contoh", nik="", phone="081234567890", by=officer, at=at)
    product = keeping.bring(
        place.agency, place.site, owner, product="KTP-el", number="", request_id=uuid4(), by=officer, at=at
    )
    keeping.shelve(product, "1", link=LINK, by=officer, at=at)
    keeping.fetch(product, by=officer, at=at)
    keeping.shelve(product, "2", link=LINK, by=officer, at=at)
    assert [each.template for each in Message.objects.all()] == ["product_ready"]
    keeping.give_back(product, reason="Salah cetak", by=officer, at=at)
    keeping.shelve(product, "1", link=LINK, by=officer, at=at + timedelta(hours=1))
    assert Message.objects.count() == 2


def test_a_pick_up_queue_is_set_by_whoever_steers_the_agency(place: Place, officer: Actor) -> None:
    at, admin = timezone.now(), make_agencies.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    service = writing.write_service(place.agency, name="Ambil KTP-el", at=at)
    with pytest.raises(NotAllowed):
        set_pick_up(place.agency, service, reason="Rapat", by=officer, at=at)
    with pytest.raises(ReasonMissing):
        set_pick_up(place.agency, service, reason=" ", by=admin, at=at)
    product = make.ready(place, officer, at=at)
    set_pick_up(place.agency, service, reason="Rapat", by=admin, at=at)
    assert shown.by_key(place.mall, product.key).service == service.code
    set_pick_up(place.agency, None, reason="Sepi", by=admin, at=at)
    assert shown.by_key(place.mall, product.key).service is None
