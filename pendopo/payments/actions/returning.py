"""A granted refund goes back as it came: written down with the decision, asked of the gateway outside of any
transaction, its answer kept in another one.

However often the gateway is asked, it is asked under the refund's one number, so that it gives back once. What it may
have done is never given up: a lost answer is asked for again, and a refusal counts only when the gateway, asked what
became of the payment, does not say that it was given back.
"""

from datetime import UTC, datetime, timedelta
from functools import partial

from procrastinate.contrib.django import app

from pendopo.audit import actions as audit
from pendopo.payments.actions import _telling as telling
from pendopo.payments.actions._gateway import gateway
from pendopo.payments.gateways import GatewayAway, GatewayRefused, GivenBack, NotKnownThere, WantedBack
from pendopo.payments.models import GatewayRefund, Return
from pendopo.payments.types import Told
from pendopo.tenancy import wall

A_DAY = timedelta(days=1)
# Nobody's own words go to the gateway.
WHY = "Pengembalian pembayaran"


@app.task(name="payments.send_back", pass_context=False)
def send_back(mall: int, refund: int) -> None:
    """Ask the gateway to give back what was granted."""
    with wall.inside(mall):
        found = GatewayRefund.objects.filter(pk=refund).first()
    if found:
        send(found, at=datetime.now(UTC))


def send(wanted: GatewayRefund, *, at: datetime) -> GatewayRefund:
    """Ask the gateway for a refund, unless somebody does so now, and keep its answer. Stand outside of transactions."""
    with wall.inside(wanted.mall_id):
        found = _locked(wanted)
        if found.look_at is None or found.look_at > at:
            return found
        charge = found.charge
        if found.state == GatewayRefund.State.GRANTED:
            audit.record("refund.sent", f"bill:{charge.bill_id}", by=None, at=at, after={"number": found.number})
        # From here on it may have been done, whatever we hear.
        found.rest(at)
        spoken = gateway(charge.merchant, charge)
        asked = WantedBack(charge.reference, charge.gateway_reference, found.number, charge.money, WHY)
    try:
        kept = partial(_returned, given=spoken.refund(asked))
    except GatewayAway:
        # It stays sent; the next look comes when it is due.
        return found
    except GatewayRefused as refusal:
        # The number of the call was taken (X-EXTERNAL-ID): it was not even looked at. The next one has another.
        if refusal.answer[:3] == "409" and refusal.answer[5:] == "00":
            return found
        try:
            told = spoken.query(charge.reference, charge.gateway_reference).told
        except NotKnownThere:
            told = Told.NOT_FOUND
        except (GatewayAway, GatewayRefused):
            return found
        is_back = told is Told.REFUNDED
        kept = partial(_returned, given=GivenBack()) if is_back else partial(_refused, refusal=refusal)
    with wall.inside(wanted.mall_id):
        found = _locked(wanted)
        return kept(found, at=at) if found.look_at is not None else found


def _locked(wanted: GatewayRefund) -> GatewayRefund:
    rows = GatewayRefund.objects.select_for_update(of=("self",), no_key=True)
    related = rows.select_related("charge__bill__mall", "charge__merchant", "refund__settlement__bill__person")
    return related.get(pk=wanted.pk)


def _returned(found: GatewayRefund, *, given: GivenBack, at: datetime) -> GatewayRefund:
    refund, bill = found.refund, found.charge.bill
    # A day that nobody can mean is not written on ours.
    is_likely = given.at is not None and found.asked_at - A_DAY <= given.at <= at + A_DAY
    returned_at = given.at if given.at and is_likely else at
    found.end(GatewayRefund.State.RETURNED, gateway_number=given.gateway_number, returned_at=returned_at)
    Return.objects.create(
        mall_id=found.mall_id, refund=refund, settlement_id=refund.settlement_id, at_gateway=found,
        day=bill.mall.local(returned_at).date(), at=at,
    )  # fmt: skip
    audit.record("refund.returned", f"bill:{bill.pk}", by=None, at=at, after={"number": found.number})
    telling.tell_returned(refund, mark=found.number, by=None, at=at)
    return found


def _refused(found: GatewayRefund, *, refusal: GatewayRefused, at: datetime) -> GatewayRefund:
    found.end(GatewayRefund.State.REFUSED, code=refusal.answer, said=refusal.said)
    after = {"number": found.number, "code": refusal.answer}
    audit.record("refund.refused_by_gateway", f"bill:{found.charge.bill_id}", by=None, at=at, after=after)
    telling.tell_refused_by_gateway(found.refund, by=None, at=at)
    return found
