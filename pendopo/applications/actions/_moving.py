"""One step of a product: held, moved, noted."""

from datetime import datetime

from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.applications.models import Handover, Move
from pendopo.applications.queries.keepers import may_keep
from pendopo.audit import actions as audit
from pendopo.kernel.errors import MoveNotAllowed, NotAllowed

State = Handover.State


def held(product: Handover, by: Actor) -> Handover:
    """Lock a product, for whoever may move it. Raises NotAllowed. In a transaction."""
    if not may_keep(by, product.agency_id):
        raise NotAllowed(_("Hanya petugas instansi ini yang memindahkan produknya."))
    return Handover.objects.select_for_update(of=("self",)).get(pk=product.pk)


def moved(product: Handover, state: State, *, by: Actor, at: datetime, shelf: str = "", reason: str = "") -> Handover:
    """Take one step with a product that is held. Raises MoveNotAllowed."""
    if state not in product.next_states:
        said = {"is": product.get_state_display(), "wanted": state.label}
        raise MoveNotAllowed(_("Produk ini “%(is)s”, tidak bisa menjadi “%(wanted)s”.") % said)
    product.state, product.shelf, product.changed_at = state, shelf, at
    product.save(update_fields=["state", "shelf", "changed_at"])
    note(product, state, reason=reason, by=by, at=at)
    return product


def note(product: Handover, state: State, *, reason: str, by: Actor, at: datetime) -> None:
    """Keep what happened to a product, and who did it."""
    Move.objects.create(
        mall_id=product.mall_id, handover=product, kind=state, shelf=product.shelf, reason=reason, at=at,
        account=by.account,
    )  # fmt: skip
    after = {"state": state.value, "shelf": product.shelf}
    audit.record("handover.moved", f"handover:{product.pk}", by=by, at=at, after=after, reason=reason)
