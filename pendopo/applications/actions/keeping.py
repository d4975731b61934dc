"""A product comes in, and is put on a shelf, fetched, sent or sent back: each step with its witness."""

import contextlib
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.applications.actions._moving import held, moved, note
from pendopo.applications.errors import ShelfTaken
from pendopo.applications.models import Handover
from pendopo.applications.queries.keepers import may_keep
from pendopo.kernel.errors import AnotherBody, NotAllowed, NotUnderstood
from pendopo.kernel.ids import new_key
from pendopo.kernel.reasons import stated
from pendopo.notifications.actions import writing
from pendopo.notifications.errors import NobodyToTell
from pendopo.people.models import Party
from pendopo.queues.models import ForwardedCase
from pendopo.tenancy.models import Site

State = Handover.State


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
                mall_id=agency.mall_id, key=new_key(), agency=agency, site=site, owner=owner, product=product,
                number=number, case=case, request_id=request_id, made_at=at, changed_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise NotUnderstood(_("Produk dengan nomor ini sudah tercatat.")) from error
    note(made, State.PRINTED, reason="", by=by, at=at)
    return made


@transaction.atomic
def shelve(product: Handover, shelf: str, *, link: str, by: Actor, at: datetime) -> Handover:
    """Put a product on a shelf and tell its owner, with the address of the product's page, that it is ready.

    Put back after it was called for, or on another shelf, it tells nobody again. Raises NotAllowed, MoveNotAllowed,
    NotUnderstood, ShelfTaken.
    """
    if not shelf.strip():
        raise NotUnderstood(_("Tulis nomor raknya."))
    product = held(product, by)
    if product.state == State.READY and product.shelf == shelf.strip():
        return product
    is_news = product.state != State.CALLED
    try:
        with transaction.atomic():
            moved(product, State.READY, shelf=shelf.strip(), by=by, at=at)
    except IntegrityError as error:
        raise ShelfTaken(_("Rak %(shelf)s sudah berisi produk lain. Pilih rak lain.") % {"shelf": shelf}) from error
    if is_news:
        _tell_ready(product, link, by=by, at=at)
    return product


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


def _tell_ready(product: Handover, link: str, *, by: Actor, at: datetime) -> None:
    data = {
        "product": product.product, "place": product.site.name, "mall": product.mall.name, "link": link,
    }  # fmt: skip
    # Once for each time that it comes to a shelf. A body without an officer is told at the counter.
    with contextlib.suppress(NobodyToTell):
        writing.write(
            product.mall, to=product.owner, template="product_ready", data=data, about=f"handover:{product.pk}",
            key=f"handover:{product.pk}:ready:{at.timestamp():.0f}", at=at, by=by,
        )  # fmt: skip
