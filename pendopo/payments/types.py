import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

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
        if not 1 <= len(self.number.strip()) <= LONGEST_NUMBER:
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
