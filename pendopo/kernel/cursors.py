"""Where the next page of a list begins: the name and number of the last row shown, as one opaque word."""

import base64
import binascii
import json

from django.utils.translation import gettext as _

from pendopo.kernel.errors import NotUnderstood

LARGEST = 2**63 - 1


def write_cursor(name: str, number: int) -> str:
    """Name a place in a list that is ordered by a name and then by a number."""
    return base64.urlsafe_b64encode(json.dumps([name, number]).encode()).decode()


def read_cursor(text: str) -> tuple[str, int]:
    """Return the place that a word names. Raises NotUnderstood for a word that we did not make."""
    try:
        name, number = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
    except (ValueError, TypeError, binascii.Error) as error:
        raise NotUnderstood(_("“cursor” tidak dikenal; mulai lagi dari halaman pertama.")) from error
    if not (isinstance(name, str) and "\x00" not in name and isinstance(number, int) and 0 <= number <= LARGEST):
        raise NotUnderstood(_("“cursor” tidak dikenal; mulai lagi dari halaman pertama."))
    return name, number
