"""What stands in a QRIS: fields of two digits tag, two digits length and a value, closed by a checksum (EMVCo QR Code
Specification for Payment Systems, Merchant-Presented Mode; Bank Indonesia: PADG 21/18/PADG/2019).

A QRIS that can be paid is given out by an acquirer. Nothing here makes one: an agency's own registered code is read,
checked, and given the amount and number of one bill.
"""

import binascii
import re
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.money import Money

VERSION, INITIATION, CATEGORY, CURRENCY, AMOUNT, COUNTRY = "00", "01", "52", "53", "54", "58"
NAME, CITY, POSTAL_CODE, ADDITIONAL, CHECKSUM = "59", "60", "61", "62", "63"
TIPS: Final = ("55", "56", "57")
# How a tip is asked: whoever pays types it, a sum, a share; the latter two in a field of their own.
TIP_ASKED: Final = {"01": "prompt", "02": "fixed", "03": "percent"}
TIP_FIELD: Final = {"02": "56", "03": "57"}
STATIC, DYNAMIC = "11", "12"
RUPIAH, INDONESIA = "360", "ID"
BILL_NUMBER, REFERENCE, TERMINAL = "01", "05", "07"
NATIONAL = "51"
# Templates hold fields themselves: accounts of acquirers (26 to 45), reserved ones, the national one, additional data.
ACCOUNTS: Final = tuple(f"{tag:02}" for tag in range(26, 52))
CARD_ACCOUNTS: Final = tuple(f"{tag:02}" for tag in range(2, 26))
TEMPLATES: Final = (*ACCOUNTS, ADDITIONAL)
REQUIRED: Final = (VERSION, CATEGORY, CURRENCY, COUNTRY, NAME, CITY)
LABELS: Final = tuple(f"{tag:02}" for tag in range(1, 9))
LONGEST, LONGEST_VALUE, LONGEST_LABEL = 512, 99, 25
LIMITS: Final = {AMOUNT: 13, NAME: 25, CITY: 15, POSTAL_CODE: 10}
FORMS: Final = {VERSION: "01", INITIATION: "1[12]", CATEGORY: "[0-9]{4}"}
TOO_LONG = gettext_lazy("Kolom %(tag)s pada QRIS ini kosong atau terlalu panjang.")


class NotQris(RuleViolation):
    """A text is no QRIS that we understand."""

    code: ClassVar[str] = "qris_not_understood"
    status = 422


class LengthWrong(NotQris):
    """A field is cut off, empty, or longer than it may be."""

    code = "qris_length"


class ChecksumWrong(NotQris):
    """The checksum does not fit what was read: a letter is wrong."""

    code = "qris_checksum"


class FieldMissing(NotQris):
    """A field is missing without which nobody can pay."""

    code = "qris_field_missing"


class FieldTwice(NotQris):
    """A field stands twice, so that two apps may read two things."""

    code = "qris_field_twice"


class FieldWrong(NotQris):
    """A field holds what it may not hold."""

    code = "qris_field"


class NotRupiah(NotQris):
    """It asks for another currency, or another country's."""

    code = "qris_not_rupiah"


class AmountWrong(NotQris):
    """The amount is no whole number of rupiah above zero."""

    code = "qris_amount"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its tag of two digits and its value. Checks itself when made."""

    tag: str
    value: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{2}", self.tag):
            raise FieldWrong(_("QRIS ini memuat kolom yang tidak bernomor."))
        if not 1 <= len(self.value) <= LONGEST_VALUE:
            raise LengthWrong(TOO_LONG % {"tag": self.tag})
        if not (self.value.isascii() and self.value.isprintable()):
            raise FieldWrong(_("Kolom %(tag)s pada QRIS ini memuat huruf yang tidak diterima.") % {"tag": self.tag})

    def __str__(self) -> str:
        return f"{self.tag}{len(self.value):02}{self.value}"


@dataclass(frozen=True, slots=True)
class Account:
    """Where the money goes: the acquirer's or the national template as it is registered."""

    tag: str
    domain: str
    pan: str
    merchant: str
    criteria: str

    @property
    def nns(self) -> str:
        """The National Numbering System's number of the acquirer (9360…), "" where none is told."""
        return self.pan[:8] if self.pan.startswith("9360") else ""


@dataclass(frozen=True, slots=True)
class Qris:
    """A QRIS as its fields in their order, without the checksum. Checks itself when made, so that each can be paid.

    Fields that we do not know are kept as they are.
    """

    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        _once(self.fields)
        self._check_presence()
        self._check_forms()
        _check_amount(self.value(AMOUNT))
        self._check_tip()
        self._check_parts()
        if len(self.build()) > LONGEST:
            raise LengthWrong(_("QRIS ini terlalu panjang."))

    def _check_presence(self) -> None:
        for tag in REQUIRED:
            if not self.value(tag):
                raise FieldMissing(_("QRIS ini tidak memuat kolom %(tag)s.") % {"tag": tag})
        if not any(each.tag in {*ACCOUNTS, *CARD_ACCOUNTS} for each in self.fields):
            raise FieldMissing(_("QRIS ini tidak menyebut rekening penerima."))

    def _check_forms(self) -> None:
        if self.fields[0].tag != VERSION or self.value(CHECKSUM):
            raise FieldWrong(_("Kolom QRIS ini tidak pada tempatnya."))
        for tag, form in FORMS.items():
            if self.value(tag) and not re.fullmatch(form, self.value(tag)):
                raise FieldWrong(_("Kolom %(tag)s pada QRIS ini tidak dikenal.") % {"tag": tag})
        for tag, most in LIMITS.items():
            if len(self.value(tag)) > most:
                raise LengthWrong(TOO_LONG % {"tag": tag})
        if (self.value(CURRENCY), self.value(COUNTRY)) != (RUPIAH, INDONESIA):
            raise NotRupiah(_("QRIS ini bukan untuk pembayaran rupiah di Indonesia."))

    def _check_tip(self) -> None:
        asked = self.value(TIPS[0])
        if asked and asked not in TIP_ASKED:
            raise FieldWrong(_("Kolom %(tag)s pada QRIS ini tidak dikenal.") % {"tag": TIPS[0]})
        needed = TIP_FIELD.get(asked, "")
        if needed and not re.fullmatch(r"[0-9]{1,13}(\.[0-9]{0,2})?", self.value(needed)):
            raise FieldMissing(_("QRIS ini tidak memuat kolom %(tag)s.") % {"tag": needed})

    def _check_parts(self) -> None:
        for each in self.fields:
            if each.tag in TEMPLATES:
                _once(_fields(each.value))
        if any(len(each.value) > LONGEST_LABEL for each in self.additional if each.tag in LABELS):
            raise LengthWrong(TOO_LONG % {"tag": ADDITIONAL})

    def value(self, tag: str) -> str:
        """Return a field's value; "" where it is missing."""
        return next((each.value for each in self.fields if each.tag == tag), "")

    @property
    def is_dynamic(self) -> bool:
        """Whether it was made for one payment; without a word it is for all."""
        return self.value(INITIATION) == DYNAMIC

    @property
    def amount(self) -> Money | None:
        """What is to be paid; None where whoever pays types it."""
        text = self.value(AMOUNT)
        return Money(int(text.partition(".")[0])) if text else None

    @property
    def tip(self) -> str:
        """How a tip is asked above the amount: "prompt", "fixed" or "percent"; "" where none is."""
        return TIP_ASKED.get(self.value(TIPS[0]), "")

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Where the money goes."""
        return tuple(_account(each) for each in self.fields if each.tag in ACCOUNTS)

    @property
    def nmid(self) -> str:
        """The National Merchant ID of whoever is paid; "" where none is told."""
        return next((each.merchant for each in self.accounts if each.tag == NATIONAL), "")

    @property
    def additional(self) -> tuple[Field, ...]:
        """The fields of the template 62."""
        text = self.value(ADDITIONAL)
        return _fields(text) if text else ()

    def label(self, tag: str) -> str:
        """Return a field of the template 62, as BILL_NUMBER; "" where it is missing."""
        return next((each.value for each in self.additional if each.tag == tag), "")

    def build(self) -> str:
        """Write it as its picture says it, checksum at the end."""
        body = "".join(map(str, self.fields)) + f"{CHECKSUM}04"
        return body + _checksum(body)

    def for_bill(self, amount: Money, number: str) -> Self:
        """Return the same merchant's code for one bill: dynamic, with its amount and number.

        A tip is left out: whoever pays a fee pays what the rule says (UU 25/2009 art. 31) and nothing above.
        Raises NotQris.
        """
        labels = {each.tag: each for each in self.additional} | {BILL_NUMBER: Field(BILL_NUMBER, number)}
        kept = {each.tag: each for each in self.fields if each.tag not in TIPS}
        kept |= {
            INITIATION: Field(INITIATION, DYNAMIC),
            AMOUNT: Field(AMOUNT, str(amount.rupiah)),
            ADDITIONAL: Field(ADDITIONAL, "".join(str(labels[tag]) for tag in sorted(labels))),
        }
        return type(self)(tuple(kept[tag] for tag in sorted(kept)))


def parse(text: str) -> Qris:
    """Read what a QRIS says. Raises NotQris, and nothing else, for whatever is none."""
    if not text.isascii() or not 8 < len(text) <= LONGEST:
        raise LengthWrong(_("QRIS ini terlalu panjang.")) if len(text) > LONGEST else NotQris(_("Ini bukan kode QRIS."))
    body, told = text[:-4], text[-4:]
    if not body.endswith(f"{CHECKSUM}04"):
        raise FieldMissing(_("QRIS ini tidak memuat kolom %(tag)s.") % {"tag": CHECKSUM})
    if told != _checksum(body):
        raise ChecksumWrong(_("Jumlah periksa QRIS ini tidak cocok. Pindai ulang kodenya."))
    return Qris(_fields(body[:-4]))


def _fields(text: str) -> tuple[Field, ...]:
    found: list[Field] = []
    place = 0
    while place < len(text):
        head = text[place : place + 4]
        if not re.fullmatch(r"[0-9]{4}", head):
            raise LengthWrong(_("QRIS ini terpotong."))
        tag, length = head[:2], int(head[2:])
        value = text[place + 4 : place + 4 + length]
        if len(value) != length:
            raise LengthWrong(_("QRIS ini terpotong."))
        found.append(Field(tag, value))
        place += 4 + length
    return tuple(found)


def _once(fields: tuple[Field, ...]) -> None:
    tags = [each.tag for each in fields]
    if len(set(tags)) != len(tags):
        raise FieldTwice(_("Satu kolom QRIS ini tertulis dua kali."))


def _account(field: Field) -> Account:
    told = {each.tag: each.value for each in _fields(field.value)}
    if field.tag == NATIONAL:
        return Account(field.tag, told.get("00", ""), "", told.get("02", ""), told.get("03", ""))
    return Account(field.tag, *(told.get(tag, "") for tag in ("00", "01", "02", "03")))


def _check_amount(text: str) -> None:
    # Rupiah has no smaller coin; "25000.00" is 25000, and so is "25000.", as the specification writes it too.
    if text and not (re.fullmatch(r"[0-9]+(\.0{0,2})?", text) and int(text.partition(".")[0])):
        raise AmountWrong(_("Jumlah pada QRIS ini bukan rupiah bulat."))


def _checksum(body: str) -> str:
    """CRC-16/CCITT-FALSE over everything up to and including the tag and length of the checksum itself."""
    return f"{binascii.crc_hqx(body.encode('ascii'), 0xFFFF):04X}"
