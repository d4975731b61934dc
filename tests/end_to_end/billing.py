"""Bills in their states: open with a picture, waiting, unpaid; and the keys and numbers that addresses need."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.models import Fee
from pendopo.kernel.money import Money
from pendopo.payments.actions import billing, photos, settling, wishing
from pendopo.payments.models import Bill
from pendopo.payments.queries.bills import last_moment
from pendopo.payments.types import Destination, How, Payment
from pendopo.tenancy.models import Mall
from tests.end_to_end.returning import give_back

# The smallest PDF that is known as one.
PAPER = b"%PDF-1.4\n%%EOF\n"


def _paid(
    mall: Mall, bill: Callable[[], Bill], price: Money, *, by: Actor, at: datetime, word: str
) -> dict[str, int | str]:
    """Let two bills be paid, and the money of one be asked back."""
    day, checker = mall.local(at).date(), make_agencies.staff(mall, Role.MANAGER)
    paid, asked, *given = (bill() for _each in range(5))
    for number, each in enumerate((paid, asked, *given), start=7):
        recorded = settling.record(
            each, Payment(How.DESK, price, day, f"STS {number}/XI/2026"), part=uuid4(), by=by, at=at
        )  # fmt: skip
        settling.accept(recorded, by=checker, at=at)
    reason, to = f"Terbayar dua kali {word}".strip(), Destination(f"Bank {word}".strip()[:40], "0012341234", "Contoh")
    wishing.wish(asked, reason, to=to, part=uuid4(), by=Actor(mall=mall), at=at)
    return {"paid_key": paid.key, "asked_key": asked.key, **give_back(mall, given, by=by, at=at, word=word)}


def charge(mall: Mall, *, by: Actor, at: datetime, word: str = "") -> dict[str, int | str]:
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
        **_paid(mall, bill, price, by=by, at=at, word=word),
        "bill": unpaid.pk, "bill_key": unpaid.key, "waiting_key": waiting.key, "other_key": other.key,
        "variant": variant.pk, "receipt_photo": photo.pk, "deposit": deposit.pk,
    }  # fmt: skip
