"""What sign-in remembers for a while, for every process: hashed keys, sealed values."""

from datetime import datetime

from django.db import connection

from pendopo.people.models import Remembered

FIRST = (
    "INSERT INTO people_remembered (key, value, until) VALUES (%s, %s, %s) ON CONFLICT (key) DO UPDATE"
    " SET value = excluded.value, until = excluded.until WHERE people_remembered.until <= %s RETURNING key"
)


def remember(key: str, value: bytes, *, until: datetime) -> None:
    """Remember a value until a moment, in the place of another."""
    Remembered.objects.update_or_create(key=key, defaults={"value": value, "until": until})


def remember_first(key: str, value: bytes, *, until: datetime, at: datetime) -> bool:
    """Remember a value where none is; say whether it was so. Of two at once one is first."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST, [key, value, until, at])
        return cursor.fetchone() is not None


def recall(key: str, *, at: datetime) -> bytes | None:
    """Return what is remembered."""
    found = Remembered.objects.filter(key=key, until__gt=at).values_list("value", flat=True).first()
    return None if found is None else bytes(found)


def forget(key: str) -> bool:
    """Forget one; say whether it was remembered."""
    return Remembered.objects.filter(key=key).delete()[0] > 0


def forget_until(until: datetime) -> int:
    """Forget what was to be remembered until this moment at most; say how many."""
    return Remembered.objects.filter(until__lte=until).delete()[0]
