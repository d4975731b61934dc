"""Where granted money stands: at the gateway, to be paid by hand, paid and to be checked, back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from pendopo.agencies.types import Actor
from pendopo.payments.models import Bill, Checked, GatewayRefund, Refund, RefundAccount, Transfer
from pendopo.payments.models.returning import ACCOUNT
from pendopo.payments.types import Destination
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

PAGE = 25
# So many that a gateway which never answers holds the worker for minutes, not for hours.
MOST_AT_ONCE = 10
IN_HAND = (GatewayRefund.State.GRANTED, GatewayRefund.State.SENT)


def account_of(refund: Refund) -> RefundAccount | None:
    """Return where the money of a refund goes, as was said last; None where nobody has said it."""
    return RefundAccount.objects.filter(mall_id=refund.mall_id, refund=refund).order_by("-pk").first()


def destinations_of(mall: Mall, refunds: Iterable[Refund]) -> dict[int, Destination]:
    """Return by refund where its money goes, unsealed: for those who decide and pay, where somebody has said it.

    One query and one key however many there are. Stand inside the mall.
    """
    sealer = Sealer(mall.pk, ACCOUNT)
    rows = RefundAccount.objects.filter(mall=mall, refund__in=list(refunds)).order_by("pk")
    latest = {row.refund_id: row for row in rows}
    return {refund: row.said_by(sealer) for refund, row in latest.items()}


def is_at_gateway(refund: Refund) -> bool:
    """Whether the gateway gives it back, or may have."""
    rows = GatewayRefund.objects.filter(mall_id=refund.mall_id, refund=refund)
    return rows.filter(state__in=[*IN_HAND, GatewayRefund.State.RETURNED]).exists()


def due(mall: Mall, *, at: datetime) -> Sequence[GatewayRefund]:
    """Return the refunds of a mall that its gateway is to be asked for, again or for the first time."""
    rows = GatewayRefund.objects.filter(mall=mall, look_at__lte=at)
    return list(rows.order_by("look_at", "pk")[:MOST_AT_ONCE])


def is_to_be_paid(refund: Refund) -> bool:
    """Whether somebody has to pay a refund by hand, as the database has it now."""
    return _to_pay(Refund.objects.filter(mall_id=refund.mall_id, pk=refund.pk)).exists()


def to_be_paid(mall: Mall, actor: Actor, *, size: int = PAGE) -> Sequence[Refund]:
    """Return the granted refunds that somebody who may read them has to see paid by hand, the oldest first."""
    rows = Refund.objects.filter(mall=mall, settlement__bill__in=Bill.objects.visible_to(actor))
    related = _to_pay(rows).select_related("settlement__bill__agency", "at_gateway")
    return list(related.order_by("pk")[:size])


def waiting_transfers(mall: Mall, actor: Actor, *, size: int = PAGE) -> Sequence[Transfer]:
    """Return the transfers that somebody may read and that wait to be checked, the oldest first."""
    rows = Transfer.objects.filter(mall=mall, verdict=Checked.Verdict.WAITING)
    seen = rows.filter(refund__settlement__bill__in=Bill.objects.visible_to(actor))
    return list(seen.select_related("refund__settlement__bill__agency", "account").order_by("pk")[:size])


def transfers(bill: Bill) -> Sequence[Transfer]:
    """Return by what refunds of a bill were paid by hand, the latest first."""
    rows = Transfer.objects.filter(mall_id=bill.mall_id, refund__settlement__bill=bill)
    return list(rows.select_related("account", "checker").order_by("-pk"))


def _to_pay(rows: QuerySet[Refund]) -> QuerySet[Refund]:
    taken = Transfer.objects.filter(mall=OuterRef("mall"), refund=OuterRef("pk")).exclude(
        verdict=Checked.Verdict.REFUSED
    )
    by_hand = Q(at_gateway=None) | Q(at_gateway__state=GatewayRefund.State.REFUSED)
    granted = rows.filter(by_hand, verdict=Checked.Verdict.ACCEPTED, returned=None)
    return granted.filter(~Exists(taken))
