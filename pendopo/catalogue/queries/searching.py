import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.catalogue.models import Published
from pendopo.catalogue.names import folded
from pendopo.kernel.errors import NotUnderstood
from pendopo.tenancy.models import Mall

PAGE = 30


@dataclass(frozen=True, slots=True)
class Page:
    """Some published variants, and where the next page begins (None: this was the last)."""

    items: Sequence[Published]
    next: str | None


def search(mall: Mall, *, words: str = "", agency: str = "", cursor: str = "", size: int = PAGE) -> Page:
    """Return the published variants whose text holds every word, by name; one round trip, keyset-paged.

    Raises NotUnderstood for a cursor that we did not make.
    """
    found = Published.objects.of_mall(mall)
    for word in folded(words).split()[:8]:
        found = found.filter(search_text__contains=word)
    if agency:
        found = found.filter(agency_code=agency)
    if cursor:
        name, code = _read_cursor(cursor)
        found = found.filter(Q(name__gt=name) | Q(name=name, code__gt=code))
    items = list(found.order_by("name", "code")[: size + 1])
    following = _write_cursor(items[size - 1]) if len(items) > size else None
    return Page(items[:size], following)


def _write_cursor(row: Published) -> str:
    return base64.urlsafe_b64encode(json.dumps([row.name, row.code]).encode()).decode()


def _read_cursor(text: str) -> tuple[str, str]:
    try:
        name, code = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
    except (ValueError, binascii.Error, UnicodeError) as error:
        raise NotUnderstood(_("“cursor” tidak dikenal; mulai lagi dari halaman pertama.")) from error
    if not (isinstance(name, str) and isinstance(code, str)):
        raise NotUnderstood(_("“cursor” tidak dikenal; mulai lagi dari halaman pertama."))
    return name, code
