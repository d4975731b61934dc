"""How often something may be tried: counted in the database, so that every process counts the same."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from pendopo.kernel import crypto
from pendopo.people.errors import TooOften
from pendopo.people.models import Tally

COUNT = (
    "INSERT INTO people_tally (what, of_whom, begins_at, times) VALUES (%s, %s, %s, 1)"
    " ON CONFLICT (what, of_whom, begins_at) DO UPDATE SET times = people_tally.times + 1 RETURNING times"
)


def spend(what: str, of_whom: str, *, most: int, within: timedelta, at: datetime) -> None:
    """Count one more try of somebody in this stretch of time. Raises TooOften past the most.

    What was counted stays counted only where the caller lets the refusal out of its transaction, or has none.
    """
    seconds = int(within.total_seconds())
    begins = datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)
    whose = crypto.keyed_hash("tally", f"{what}:{of_whom}").hex()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [what, whose, begins])
        row = cursor.fetchone()
    if row is not None and row[0] > most:
        minutes = max(1, round((begins + within - at).total_seconds() / 60))
        raise TooOften(_("Terlalu sering dicoba. Coba lagi dalam %(minutes)d menit.") % {"minutes": minutes})


def forget(*, before: datetime) -> int:
    """Remove what was counted before a moment; say how many rows."""
    return Tally.objects.filter(begins_at__lt=before).delete()[0]
