"""A page of a list, and where the next begins: the name and number of the last row shown, as one opaque word."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.texts import is_fit

LARGEST = 2**63 - 1


class UnknownCursor(NotUnderstood):
    """A cursor that we did not make."""

    def __init__(self) -> None:
        super().__init__(_("“cursor” tidak dikenal; mulai lagi dari halaman pertama."))


@dataclass(frozen=True, slots=True)
class Page[T]:
    """Some rows of a list in its order, and where the next page begins; None: these were the last."""

    items: Sequence[T]
    next: str | None = None

    def showing[S](self, items: Sequence[S]) -> "Page[S]":
        """Return the same page with what is shown of its rows."""
        return Page(items, self.next)


def page_of[M: Model, R: Model](rows: QuerySet[M, R], cursor: str, size: int, *, by: str = "name") -> Page[R]:
    """Return at most `size` rows behind a cursor, ordered by a text (`by`, as in a query) and then by their number.

    Raises UnknownCursor.
    """
    if cursor:
        name, number = read_cursor(cursor)
        rows = rows.filter(Q(**{f"{by}__gt": name}) | Q(**{by: name, "pk__gt": number}))
    found = list(rows.order_by(by, "pk")[: size + 1])
    if len(found) <= size:
        return Page(found)
    last = found[size - 1]
    return Page(found[:size], write_cursor(str(reduce(getattr, by.split("__"), last)), last.pk))


def write_cursor(name: str, number: int) -> str:
    """Name a place in a list that is ordered by a name and then by a number."""
    return base64.urlsafe_b64encode(json.dumps([name, number]).encode()).decode()


def read_cursor(text: str) -> tuple[str, int]:
    """Return the place that a word names. Raises UnknownCursor."""
    told = read_place(text)
    match told:
        case [str() as name, int() as number] if 0 <= number <= LARGEST:
            return name, number
    raise UnknownCursor


def read_place(text: str) -> list[object]:
    """Return what a word was written from, a list, in which every text can be looked for. Raises UnknownCursor."""
    try:
        told = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
    # RecursionError: brackets without end.
    except (ValueError, RecursionError) as error:
        raise UnknownCursor from error
    if not isinstance(told, list) or not all(is_fit(each) for each in told if isinstance(each, str)):
        raise UnknownCursor
    return told


def page_by_time[M: Model](rows: QuerySet[M], cursor: str, size: int, *, by: str, latest_first: bool = True) -> Page[M]:
    """Return at most `size` rows behind a cursor, ordered by a day or moment (`by`) and then by their number.

    Raises UnknownCursor.
    """
    sign, beyond = ("-", "lt") if latest_first else ("", "gt")
    if cursor:
        text, number = read_cursor(cursor)
        told = read_time(text)
        rows = rows.filter(Q(**{f"{by}__{beyond}": told}) | Q(**{by: told, f"pk__{beyond}": number}))
    found = list(rows.order_by(f"{sign}{by}", f"{sign}pk")[: size + 1])
    if len(found) <= size:
        return Page(found)
    last = found[size - 1]
    return Page(found[:size], write_cursor(getattr(last, by).isoformat(), last.pk))


def read_time(text: str) -> date:
    """Return the day, or the moment with its zone, that a cursor holds. Raises UnknownCursor."""
    try:
        told: date = datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError as error:
        raise UnknownCursor from error
    # At either end of the calendar a moment cannot be turned into another zone's.
    if not 1900 <= told.year < 2200 or (isinstance(told, datetime) and told.tzinfo is None):
        raise UnknownCursor
    return told


def page_by_number[M: Model](rows: QuerySet[M], cursor: str, size: int) -> Page[M]:
    """Return at most `size` rows behind a cursor, those with the highest number first.

    Raises UnknownCursor.
    """
    if cursor:
        rows = rows.filter(pk__lt=read_cursor(cursor)[1])
    found = list(rows.order_by("-pk")[: size + 1])
    if len(found) <= size:
        return Page(found)
    return Page(found[:size], write_cursor("", found[size - 1].pk))
