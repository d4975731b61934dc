"""A product is given to its owner, or to somebody who may take it for them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.applications.actions._moving import State, held, moved
from pendopo.applications.errors import NotTheirs
from pendopo.applications.models import SIGNATURE, Handover, Receipt
from pendopo.applications.signatures import drawing
from pendopo.kernel.errors import NotUnderstood
from pendopo.people.models import Representation
from pendopo.people.queries.proxies import acts_for
from pendopo.tenancy import sealing


@dataclass(frozen=True, slots=True)
class Signed:
    """How whoever took it has signed: `how` of Receipt.Signed, and the drawing as a data URL when it is drawn."""

    how: str
    drawn: str = ""


@transaction.atomic
def hand(product: Handover, signed: Signed, *, by: Actor, at: datetime, proxy: Representation | None = None) -> Receipt:
    """Give a product to its owner, or to a proxy whose representation is in force today; keep how they signed.

    Done again by a retrying browser it is the receipt that is there. Raises NotAllowed, MoveNotAllowed, NotTheirs,
    NotUnderstood.
    """
    product = held(product, by)
    if product.state == State.HANDED:
        return Receipt.objects.get(mall_id=product.mall_id, handover=product)
    person = None
    if proxy is None:
        person = product.owner.person
        if person is None:
            raise NotTheirs(_("Pemiliknya sebuah badan: yang mengambil adalah pengurus atau kuasanya."))
    elif not acts_for(proxy, product.owner, product.mall.local(at).date()):
        raise NotTheirs(_("Kuasa ini tidak berlaku hari ini untuk pemilik produk."))
    drawn = drawing(signed.drawn) if signed.how == Receipt.Signed.DRAWN else b""
    if signed.how == Receipt.Signed.COURIER and product.state != State.SENT:
        raise NotUnderstood(_("Produk ini tidak dikirim lewat kurir."))
    moved(product, State.HANDED, by=by, at=at)
    return Receipt.objects.create(
        mall_id=product.mall_id, handover=product, person=person, representation=proxy, signed=signed.how,
        signature_sealed=sealing.Sealer(product.mall_id, SIGNATURE).seal(drawn) if drawn else b"", at=at,
        account=by.account,
    )  # fmt: skip
