"""Numbers of the state, telephone numbers and addresses: what they may look like, and how much of them is shown."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumbers import NumberParseException, PhoneNumberFormat

from pendopo.kernel import nik
from pendopo.people.errors import WrongNumber
from pendopo.people.models import Contact, Identifier

SHOWN = 4
BETWEEN = re.compile(r"[\s.\-]+")
# What each kind looks like, and the sentence for what does not. A KK is built as a NIK is, with the day it was issued.
SHAPES = {
    Identifier.Kind.KK: (re.compile(r"\d{16}"), gettext_lazy("Nomor KK terdiri dari 16 angka.")),
    Identifier.Kind.PASSPORT: (
        re.compile(r"[A-Z]{1,2}\d{6,7}"),
        gettext_lazy("Nomor paspor terdiri dari satu atau dua huruf dan enam atau tujuh angka."),
    ),
    Identifier.Kind.KITAS: (
        re.compile(r"[A-Z0-9]{8,16}"),
        gettext_lazy("Nomor KITAS terdiri dari 8 sampai 16 huruf dan angka."),
    ),
    Identifier.Kind.BPJS: (re.compile(r"\d{13}"), gettext_lazy("Nomor BPJS terdiri dari 13 angka.")),
}


def identifier_of(kind: str, text: str) -> str:
    """Return a number as it is kept: without blanks, in capitals. Raises WrongNumber, with what is wrong in words."""
    value = BETWEEN.sub("", text).upper()
    if kind == Identifier.Kind.NIK:
        return _nik(value)
    shape, sentence = SHAPES[Identifier.Kind(kind)]
    if not (value.isascii() and shape.fullmatch(value)):
        raise WrongNumber(sentence)
    return value


def contact_of(kind: str, text: str) -> str:
    """Return a telephone number as +62…, or an e-mail address in small letters. Raises WrongNumber."""
    return _phone(text) if kind == Contact.Kind.PHONE else _email(text)


def kind_of(text: str) -> str:
    """Tell an e-mail address from a telephone number: by its @, and a word without a digit is meant for one."""
    is_word = not any(letter.isdigit() for letter in text)
    return Contact.Kind.EMAIL if "@" in text or is_word else Contact.Kind.PHONE


def contact_in(text: str) -> str:
    """Return an e-mail address or a telephone number, whichever was written, in its one form. Raises WrongNumber."""
    return contact_of(kind_of(text), text)


def spellings(contact: str) -> tuple[str, str, str]:
    """Return how an account's contact may have been written when it was opened: always as many."""
    if kind_of(contact) == Contact.Kind.EMAIL:
        return contact, contact, contact
    national = "0" + contact.removeprefix("+62") if contact.startswith("+62") else contact
    return contact, national, contact.removeprefix("+")


def masked(value: str) -> str:
    """Return what is shown of a number: its last four characters."""
    return "•" * max(len(value) - SHOWN, 0) + value[-SHOWN:]


def _nik(value: str) -> str:
    try:
        nik.read(value)
    except nik.WrongLength:
        found = sum(letter.isdigit() for letter in value)
        raise WrongNumber(_("NIK terdiri dari 16 angka; yang ditulis %(count)d.") % {"count": found}) from None
    except nik.NoSuchDay:
        raise WrongNumber(
            _("Angka ke-7 sampai ke-12 NIK adalah tanggal lahir (perempuan: tanggal ditambah 40). Periksa lagi.")
        ) from None
    except nik.NoSerial:
        raise WrongNumber(_("Empat angka terakhir NIK bukan 0000. Periksa lagi.")) from None
    return value


def _phone(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "ID")
    except NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise WrongNumber(_("Tulis nomor telepon seperti 0812-3456-7890."))
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _email(text: str) -> str:
    value = text.strip().lower()
    try:
        validate_email(value)
    except ValidationError:
        raise WrongNumber(_("Tulis alamat surel seperti nama@contoh.id.")) from None
    return value
