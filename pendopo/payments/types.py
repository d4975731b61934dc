import re
from dataclasses import dataclass, field
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
ACCOUNT_NUMBER = re.compile(r"[0-9]{6,20}")
LONGEST_BANK, LONGEST_HOLDER = 40, 80


class How(StrEnum):
    """How a bill was paid where no gateway tells us."""

    DESK = "desk"
    CODE = "code"


class Way(TextChoices):
    """By which way money comes, what a paper shows or a code that a gateway sees paid; and by which it goes back."""

    DESK = "desk", gettext_lazy("Loket kas bank")
    CODE = "code", gettext_lazy("Kode billing dan NTPN")
    QRIS = "qris", "QRIS"
    BACK = "back", gettext_lazy("Pengembalian lewat QRIS")
    GIVE = "give", gettext_lazy("Pengembalian dengan transfer")

    @property
    def goes_back(self) -> bool:
        """Whether money leaves by it."""
        return self in {Way.BACK, Way.GIVE}


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
class Destination:
    """Where money goes back to: a bank account, or the counter where nothing is said of one; never printed.

    Checks itself when made; raises NotUnderstood.
    """

    bank: str = ""
    number: str = field(default="", repr=False)
    holder: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not (self.bank or self.number or self.holder):
            return
        if not 1 <= len(self.bank) <= LONGEST_BANK or not 1 <= len(self.holder) <= LONGEST_HOLDER:
            raise NotUnderstood(_("Tulis nama bank dan nama pemilik rekening."))
        if not ACCOUNT_NUMBER.fullmatch(self.number):
            raise NotUnderstood(_("Nomor rekening terdiri dari 6 sampai 20 angka."))

    @property
    def is_account(self) -> bool:
        """Whether it is an account, and not the counter."""
        return bool(self.bank)

    @property
    def last_digits(self) -> str:
        """The end of its number, for those who need no more."""
        return self.number[-4:]


@dataclass(frozen=True, slots=True)
class Sent:
    """What the paper of a transfer says: its number as printed, and its day. Checks itself; raises NotUnderstood."""

    number: str
    day: date

    def __post_init__(self) -> None:
        if not 1 <= len(self.number.strip()) <= LONGEST_NUMBER or len(self.mark) > LONGEST_NUMBER:
            raise NotUnderstood(_("Tulis nomor transfer seperti yang tercetak."))

    @property
    def mark(self) -> str:
        """By what the same transfer is known again."""
        return " ".join(self.number.upper().split())


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
