"""Money that whoever paid asks back on the bill's page: why, and where to; sealed."""

import json
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q

from pendopo.payments.models.returning import ACCOUNT, unsealed_destination
from pendopo.payments.models.settling import Refund, Settlement
from pendopo.payments.types import Destination
from pendopo.tenancy import sealing
from pendopo.tenancy.fields import SealedField
from pendopo.tenancy.models import Mall

# For what the words are sealed.
WISH = "payments.refund_wish"


@dataclass(frozen=True, slots=True)
class Wished:
    """What somebody asks: why, and to which account, named by its bank and last digits; no bank: at the counter."""

    reason: str
    bank: str = ""
    last_digits: str = ""


class RefundWish(models.Model):
    """That whoever holds a bill asks for what was paid. Nothing is decided by it: an officer puts it forward as a
    refund, which another one decides. At most one of a settlement is open; `ended_at` is when it was decided.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="wishes")
    part = models.UUIDField()
    # Who had signed in, if anybody: they neither put it forward nor decide it.
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    wished = SealedField(purpose=WISH)
    # The whole account; empty where the money goes back as it came, and in what was asked before accounts were.
    destination = SealedField(purpose=ACCOUNT, blank=True, default=b"", db_default=b"")
    refund = models.OneToOneField(Refund, models.PROTECT, related_name="wish", null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "part"], name="refund_wish_part_once"),
            models.UniqueConstraint(
                fields=["mall", "settlement"], condition=Q(ended_at=None), name="refund_wish_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(refund__isnull=False), name="refund_wish_ends_by_a_refund"
            ),
        ]

    @property
    def said(self) -> Wished:
        """What was asked, unsealed: for those who handle it. Stand inside the mall."""
        return Wished(**json.loads(sealing.unseal(self.mall_id, WISH, bytes(self.wished))))

    @property
    def goes_to(self) -> Destination | None:
        """Where to, unsealed, for those who decide and pay; None: nothing whole was said. Stand inside the mall."""
        if self.destination:
            return unsealed_destination(self.mall_id, bytes(self.destination))
        return None if self.said.bank or self.settlement.charge_id else Destination()

    @staticmethod
    def sealed(mall_id: int, wished: Wished) -> bytes:
        """Seal what is asked. Stand inside the mall."""
        return sealing.seal(mall_id, WISH, json.dumps(asdict(wished)))
