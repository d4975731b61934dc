"""A product comes in, and is put on a shelf, fetched, sent or sent back: each step with its witness."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.applications.errors import ShelfTaken
from pendopo.applications.models import Handover, Move
from pendopo.audit import actions as audit
from pendopo.kernel.errors import AnotherBody, MoveNotAllowed, NotAllowed, NotUnderstood
from pendopo.kernel.reasons import stated
from pendopo.people.models import Party
from pendopo.queues.models import ForwardedCase
from pendopo.tenancy.models import Site

State = Handover.State


def may_keep(by: Actor, agency_id: int) -> bool:
    """Whether somebody keeps and hands over an agency's products: whoever serves it or works behind it."""
    return by.works_for(agency_id) or by.works_behind(agency_id)


@transaction.atomic
def bring(
    agency: Agency,
    site: Site,
    owner: Party,
    *,
    product: str,
    number: str,
    request_id: UUID,
    by: Actor,
    at: datetime,
    case: ForwardedCase | None = None,
) -> Handover:
    """Note a product that was printed for its owner; the same request again is the same product.

    Raises NotAllowed, NotUnderstood for a number that is there already, AnotherBody.
    """
    if not may_keep(by, agency.pk):
        raise NotAllowed(_("Hanya petugas instansi ini yang mencatat produknya."))
    if before := Handover.objects.filter(mall_id=agency.mall_id, request_id=request_id).first():
        if (before.agency_id, before.owner_id, before.product) != (agency.pk, owner.pk, product):
            raise AnotherBody(_("Permintaan ini sudah dipakai untuk produk lain. Muat ulang halaman ini."))
        return before
    try:
        with transaction.atomic():
            made = Handover.objects.create(
                mall_id=agency.mall_id, agency=agency, site=site, owner=owner, product=product, number=number,
                case=case, request_id=request_id, made_at=at, changed_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise NotUnderstood(_("Produk dengan nomor ini sudah tercatat.")) from error
    _noted(made, State.PRINTED, reason="", by=by, at=at)
    return made


@transaction.atomic
def shelve(product: Handover, shelf: str, *, by: Actor, at: datetime) -> Handover:
    """Put a product on a shelf, so that it can be picked up. Raises NotAllowed, MoveNotAllowed, ShelfTaken."""
    if not shelf.strip():
        raise NotUnderstood(_("Tulis nomor raknya."))
    product = held(product, by)
    if product.state == State.READY and product.shelf == shelf.strip():
        return product
    try:
        with transaction.atomic():
            return moved(product, State.READY, shelf=shelf.strip(), by=by, at=at)
    except IntegrityError as error:
        raise ShelfTaken(_("Rak %(shelf)s sudah berisi produk lain. Pilih rak lain.") % {"shelf": shelf}) from error


@transaction.atomic
def fetch(product: Handover, *, by: Actor, at: datetime) -> Handover:
    """Ask for a product from its shelf: its owner stands at the counter. Done again: nothing."""
    product = held(product, by)
    if product.state == State.CALLED:
        return product
    return moved(product, State.CALLED, shelf=product.shelf, by=by, at=at)


@transaction.atomic
def send(product: Handover, *, courier: str, by: Actor, at: datetime) -> Handover:
    """Send a product by a courier, named with the number of the parcel. Raises ReasonMissing."""
    said = stated(courier, _("Tulis nama kurir dan nomor resinya."))
    return moved(held(product, by), State.SENT, reason=said, by=by, at=at)


@transaction.atomic
def give_back(product: Handover, *, reason: str, by: Actor, at: datetime) -> Handover:
    """Send a product back to its agency. Raises ReasonMissing."""
    said = stated(reason, _("Tulis mengapa produk ini dikembalikan."))
    return moved(held(product, by), State.RETURNED, reason=said, by=by, at=at)


def held(product: Handover, by: Actor) -> Handover:
    """Lock a product, for whoever may move it. Raises NotAllowed. In a transaction."""
    if not may_keep(by, product.agency_id):
        raise NotAllowed(_("Hanya petugas instansi ini yang memindahkan produknya."))
    return Handover.objects.select_for_update(of=("self",)).get(pk=product.pk)


def moved(
    product: Handover, state: State, *, by: Actor, at: datetime, shelf: str = "", reason: str = ""
) -> Handover:
    """Take one step with a product that is held. Raises MoveNotAllowed."""
    if state not in product.next_states:
        said = {"is": product.get_state_display(), "wanted": state.label}
        raise MoveNotAllowed(_("Produk ini “%(is)s”, tidak bisa menjadi “%(wanted)s”.") % said)
    product.state, product.shelf, product.changed_at = state, shelf, at
    product.save(update_fields=["state", "shelf", "changed_at"])
    _noted(product, state, reason=reason, by=by, at=at)
    return product


def _noted(product: Handover, state: State, *, reason: str, by: Actor, at: datetime) -> None:
    Move.objects.create(
        mall_id=product.mall_id, handover=product, kind=state, shelf=product.shelf, reason=reason, at=at,
        account=by.account,
    )  # fmt: skip
    after = {"state": state.value, "shelf": product.shelf}
    audit.record("handover.moved", f"handover:{product.pk}", by=by, at=at, after=after, reason=reason)
