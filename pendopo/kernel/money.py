"""Money is integer rupiah. A fee that is not known is None, never zero: zero is free."""

from dataclasses import dataclass
from typing import Final

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

# PostgreSQL's bigint, in which amounts are kept.
MOST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in whole rupiah, never below zero; checks itself when made."""

    rupiah: int

    def __post_init__(self) -> None:
        if type(self.rupiah) is not int:
            raise TypeError(f"Rupiah must be a whole number, not {type(self.rupiah).__name__}.")
        if not 0 <= self.rupiah <= MOST:
            raise ValueError("Jumlah uang tidak boleh kurang dari nol atau terlalu besar.")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.rupiah + other.rupiah)

    def __bool__(self) -> bool:
        """Whether anything is to be paid."""
        return self.rupiah > 0

    def __str__(self) -> str:
        """Write it for people: "Rp1.250.000", and "Gratis" when nothing is to be paid."""
        return self.figure if self else _("Gratis")

    @property
    def figure(self) -> str:
        """Write it for bills and sums, where zero is a figure too: "Rp0".

        The separators stay Indonesian in every language: the amount must look as it does on the bill.
        """
        return "Rp" + format_decimal(self.rupiah, format="#,##0", locale="id_ID")
