"""Codes that live are looked after: wanted ones asked for, unneeded ones taken back, open ones asked about.

Refunds are sent likewise. Each look that says nothing new is followed by a longer rest. Nothing is held while the
gateway thinks.
"""

from collections.abc import Callable
from datetime import datetime

from pendopo.audit import actions as audit
from pendopo.payments.actions import charging, noticing, returning
from pendopo.payments.actions._gateway import gateway
from pendopo.payments.actions._rights import locked
from pendopo.payments.gateways import Answer, GatewayAway, GatewayRefused, NotKnownThere
from pendopo.payments.models import Charge
from pendopo.payments.models.codes import State
from pendopo.payments.queries import returning as shown
from pendopo.payments.types import Told
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

# So many that a gateway which never answers holds the worker for minutes, not for hours.
MOST_AT_ONCE = 20
WHY_CANCELLED = "Tagihan dibatalkan"


def follow(mall: Mall, *, at: datetime) -> int:
    """Look after the codes and refunds of a mall that are due; return how many. Stand outside of any transaction."""
    with wall.inside(mall.pk):
        due = list(Charge.objects.filter(mall=mall, look_at__lte=at).order_by("look_at", "pk")[:MOST_AT_ONCE])
    for charge in due:
        if charge.state == State.ASKED and not charge.is_to_cancel:
            charging.obtain(charge, at=at)
        else:
            look(charge, at=at)
    with wall.inside(mall.pk):
        granted = shown.due(mall, at=at)
    for each in granted:
        returning.send(each, at=at)
    return len(due) + len(granted)


def look(charge: Charge, *, at: datetime) -> Charge:
    """Ask what became of a code, or take it back where its bill is not asked any more, and keep the answer."""
    with wall.inside(charge.mall_id):
        rows = Charge.objects.select_for_update(of=("self",)).select_related("bill", "merchant")
        found = rows.get(pk=charge.pk)
        if found.look_at is None or found.look_at > at:
            return found
        found.rest(at)
        spoken = gateway(found.merchant, found)
    try:
        if found.is_to_cancel and found.is_live:
            return _taken_back(found, spoken.cancel, at)
        answer = spoken.query(found.reference, found.gateway_reference)
    except NotKnownThere:
        answer = Answer(Told.NOT_FOUND)
    except (GatewayAway, GatewayRefused):
        return found
    with wall.inside(charge.mall_id):
        return noticing.take_answer(found, answer, at=at)


def _taken_back(charge: Charge, cancel: Callable[[str, str, str], None], at: datetime) -> Charge:
    try:
        cancel(charge.reference, charge.gateway_reference, WHY_CANCELLED)
    except NotKnownThere:
        pass
    except GatewayRefused:
        # It may have been paid in the meantime: the next look asks.
        with wall.inside(charge.mall_id):
            Charge.objects.filter(pk=charge.pk).update(is_to_cancel=False)
        return charge
    with wall.inside(charge.mall_id):
        locked(charge.bill.agency_id)
        found = Charge.objects.get(pk=charge.pk)
        if found.is_live:
            found.move_to(State.CANCELLED)
            found.look_at = None
            found.save(update_fields=["look_at"])
            audit.record("charge.cancelled", f"bill:{found.bill_id}", by=None, at=at)
        return found
