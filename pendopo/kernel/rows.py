"""One row by its number."""

from django.db.models import Model, QuerySet

from pendopo.kernel.errors import NotFound
from pendopo.kernel.shapes import LARGEST_ID


def row_of[M: Model](rows: QuerySet[M], number: int, missing: str) -> M:
    """Return the row of a number. Raises NotFound, in the words given, also for a number larger than any can be."""
    found = rows.filter(pk=number).first() if number <= LARGEST_ID else None
    if found is None:
        raise NotFound(missing)
    return found
