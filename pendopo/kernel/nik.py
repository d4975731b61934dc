"""What stands in a NIK (UU 23/2006 Article 13, Perpres 96/2018): where and when it was given for whom. No check digit.

`PPKKCC DDMMYY SSSS`: province, regency and district of the first registration; the day of birth, with 40 added for
women; a serial number.
"""

from dataclasses import dataclass
from datetime import date

LENGTH = 16
FOR_WOMEN = 40


class NotANik(ValueError):
    """These digits cannot be a NIK."""


class WrongLength(NotANik):
    """It has not sixteen digits."""


class NoSuchDay(NotANik):
    """The digits of the birth date are no day."""


class NoSerial(NotANik):
    """The last four digits begin at 0001."""


@dataclass(frozen=True, slots=True)
class Nik:
    """The parts of a NIK. `district` is a Kemendagri code with dots, of any edition since the person was registered."""

    district: str
    is_woman: bool
    day: int
    month: int
    year: int

    @property
    def province(self) -> str:
        """The code of the province."""
        return self.district[:2]

    @property
    def regency(self) -> str:
        """The code of the regency or city."""
        return self.district[:5]

    def born_on(self, today: date) -> date:
        """Return the day of birth: two digits of a year mean the last century when this one's would be to come."""
        year = 2000 + self.year
        if (year, self.month, self.day) > (today.year, today.month, today.day):
            year -= 100
        return date(year, self.month, self.day)


def read(text: str) -> Nik:
    """Take a NIK apart. Raises WrongLength, NoSuchDay, NoSerial."""
    if not (len(text) == LENGTH and text.isascii() and text.isdigit()):
        raise WrongLength("A NIK has sixteen digits.")
    day, month, year = int(text[6:8]), int(text[8:10]), int(text[10:12])
    is_woman = day > FOR_WOMEN
    day -= FOR_WOMEN if is_woman else 0
    try:
        # 29 February is a day in 2000 and none in 1900: either century will do here.
        date(2000 + year, month, day)
    except ValueError:
        raise NoSuchDay("Digits 7 to 12 are no day.") from None
    if text[12:] == "0000":
        raise NoSerial("The serial number begins at 0001.")
    return Nik(f"{text[:2]}.{text[2:4]}.{text[4:6]}", is_woman, day, month, year)
