"""Bills in their states: open with a picture, waiting, unpaid; and the keys and numbers that addresses need."""

from datetime import datetime
from uuid import uuid4

from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Fee
from pendopo.kernel.money import Money
from pendopo.payments.actions import billing, photos, settling
from pendopo.payments.models import Bill
from pendopo.payments.queries.bills import last_moment
from pendopo.payments.types import How, Payment
from pendopo.tenancy.models import Mall

# The smallest PDF that is known as one.
PAPER = b"%PDF-1.4\n%%EOF\n"


def charge(mall: Mall, *, by: Actor, at: datetime) -> dict[str, int | str]:
    """Bill the first case that costs something three times; return what the addresses need."""
    day = mall.local(at).date()
    fees = Fee.objects.in_force(day).filter(mall=mall, amount__gt=0).select_related("variant__service")
    fee = fees.order_by("pk")[0]
    variant, price = fee.variant, Money(fee.amount)

    def bill() -> Bill:
        return billing.bill(variant, shown=price, part=uuid4(), expires_at=last_moment(at, 3), by=by, at=at)

    waiting, other, unpaid = bill(), bill(), bill()
    photo = photos.send(unpaid, PAPER, at=at)
    deposit = settling.record(waiting, Payment(How.DESK, price, day, "STS 1/XI/2026"), part=uuid4(), by=by, at=at)
    return {
        "bill": unpaid.pk, "bill_key": unpaid.key, "waiting_key": waiting.key, "other_key": other.key,
        "variant": variant.pk, "receipt_photo": photo.pk, "deposit": deposit.pk,
    }  # fmt: skip
