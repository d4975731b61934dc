import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.money import Money

# As they are printed on the receipt of a payment to the treasury (Bukti Penerimaan Negara).
BILLING_CODE = re.compile(r"[0-9]{15}")
NTPN = re.compile(r"[0-9A-Z]{16}")
LONGEST_NUMBER = 40


class How(StrEnum):
    """How a bill was paid where no gateway tells us."""

    DESK = "desk"
    CODE = "code"


class Way(TextChoices):
    """By which way money comes: what a paper shows, or a code that a gateway sees paid."""

    DESK = "desk", gettext_lazy("Loket kas bank")
    CODE = "code", gettext_lazy("Kode billing dan NTPN")
    QRIS = "qris", "QRIS"


class Told(StrEnum):
    """What SNAP says of a payment (latestTransactionStatus); the last two are of some providers only."""

    SUCCESS = "00"
    INITIATED = "01"
    PAYING = "02"
    PENDING = "03"
    REFUNDED = "04"
    CANCELLED = "05"
    FAILED = "06"
    NOT_FOUND = "07"
    EXPIRED = "08"
    REJECTED = "09"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a gateway tells of a payment, read and checked for its shape; nobody's name is among it.

    `external` is its number of the day (X-EXTERNAL-ID), `sent_at` its own moment (X-TIMESTAMP).
    """

    external: str
    sent_at: datetime
    digest: bytes
    reference: str
    told: Told
    gateway_reference: str = ""
    amount: Money | None = None
    paid_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """What the paper says of a payment: of the bank's cash desk its number, of the treasury billing code and NTPN.

    Checks itself when made; raises NotUnderstood.
    """

    how: How
    amount: Money
    paid_on: date
    number: str
    ntpn: str = ""

    def __post_init__(self) -> None:
        # In capitals some letters are two or three.
        if not 1 <= len(self.number.strip()) <= LONGEST_NUMBER or len(self.mark) > LONGEST_NUMBER:
            raise NotUnderstood(_("Tulis nomor bukti setor seperti yang tercetak."))
        if self.how is How.CODE and not BILLING_CODE.fullmatch(self.number):
            raise NotUnderstood(_("Kode billing terdiri dari 15 angka."))
        if self.how is How.CODE and not NTPN.fullmatch(self.ntpn):
            raise NotUnderstood(_("NTPN terdiri dari 16 angka atau huruf kapital."))
        if self.how is How.DESK and self.ntpn:
            raise NotUnderstood(_("Bukti loket bank tidak memuat NTPN."))

    @property
    def mark(self) -> str:
        """By what the same payment is known again: the NTPN, or the number that the bank's desk has printed."""
        return self.ntpn if self.how is How.CODE else " ".join(self.number.upper().split())
