"""Bills in their states: open, with a picture, waiting, paid; and the keys and numbers that addresses need."""

from datetime import datetime
from uuid import uuid4

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.catalogue.actions import writing
from pendopo.catalogue.actions.writing import Case, Price
from pendopo.kernel.money import Money
from pendopo.payments.actions import billing, photos, settling
from pendopo.payments.models import Bill
from pendopo.payments.queries.bills import last_moment
from pendopo.payments.types import How, Payment
from pendopo.tenancy.models import Mall

FEE = 50_000
# The smallest PDF that is known as one.
PAPER = b"%PDF-1.4\n%%EOF\n"


def charge(mall: Mall, *, by: Actor, at: datetime, word: str = "") -> dict[str, int | str]:
    """Bill a case of the first agency three times; return what the addresses need."""
    agency = Agency.objects.filter(mall=mall).order_by("code")[0]
    price = Price(FEE, f"Perda Kota Contoh 4/2024 {word}".strip())
    service = writing.write_service(agency, name=f"Izin reklame {word}".strip(), cases=[Case(price=price)], at=at)
    variant = service.variants.get()

    def bill() -> Bill:
        return billing.bill(variant, shown=Money(FEE), part=uuid4(), expires_at=last_moment(at, 3), by=by, at=at)

    waiting, paid, unpaid = bill(), bill(), bill()
    photo = photos.send(unpaid, PAPER, at=at)
    payment = Payment(How.DESK, Money(FEE), waiting.day, f"STS 1 {word}".strip())
    deposit = settling.record(waiting, payment, part=uuid4(), by=by, at=at)
    return {
        "bill": unpaid.pk, "bill_key": unpaid.key, "paid_key": paid.key, "variant": variant.pk,
        "receipt_photo": photo.pk, "deposit": deposit.pk,
    }  # fmt: skip
