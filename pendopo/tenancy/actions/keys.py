"""A mall's keys are followed by others, and wrapped anew when the installation's master key changes.

Everything stays readable while this goes on: an envelope names its key, and retired keys stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import connection, models, transaction

from pendopo.kernel import events
from pendopo.tenancy import keyring, sealing, wall
from pendopo.tenancy.events import KeyChanged
from pendopo.tenancy.fields import SealedField, SearchHashField
from pendopo.tenancy.models import Mall, MallKey

BATCH = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How many values of a column were sealed anew so far."""

    table: str
    column: str
    done: int


def rotate_seal_key(mall: Mall, *, at: datetime, account_id: int | None = None) -> MallKey:
    """Let a mall seal under a new key from now on. What was sealed before is read as before, until `reseal`."""
    with wall.inside(mall.pk):
        key = _follow(mall, MallKey.Kind.SEAL, at)
        events.publish(KeyChanged("key.rotated", mall.pk, key.kind, key.number, at, account_id))
    return key


def reseal(mall: Mall) -> Iterator[Progress]:
    """Seal under the current key whatever stands under older ones, so many rows a transaction; may be broken off."""
    with wall.inside(mall.pk):
        number = keyring.current_key(mall.pk, MallKey.Kind.SEAL).number
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, SealedField):
                yield from _reseal_column(mall, model, field, number)


def rotate_search_key(mall: Mall, *, at: datetime, account_id: int | None = None) -> int:
    """Make every keyed hash of a mall anew under a new key, in one transaction; return how many.

    Whoever adds a value waits until it is done (`hold_search_key`); whoever looks for one looks twice.
    """
    done = 0
    with wall.inside(mall.pk):
        hold_search_key(mall)
        key = _follow(mall, MallKey.Kind.SEARCH, at)
        for model in apps.get_models():
            for field in model._meta.local_fields:
                if isinstance(field, SearchHashField):
                    done += _rehash_column(mall, model, field, key)
        events.publish(KeyChanged("key.rotated", mall.pk, key.kind, key.number, at, account_id))
    return done


@transaction.atomic
def hold_search_key(mall: Mall) -> MallKey:
    """Return the mall's search key, and keep it current until the transaction ends: who adds a hash calls this."""
    key = sealing.search_key(mall.pk)
    while True:
        held = MallKey.objects.select_for_update(no_key=True).get(pk=key.pk)
        if held.retired_at is None:
            return held
        key = sealing.search_key(mall.pk)


def rewrap(mall: Mall, *, at: datetime, account_id: int | None = None) -> int:
    """Wrap a mall's keys under the master key of today, where another wrapped them; return how many.

    Raises CannotOpen when the master key before is not here.
    """
    done = 0
    with wall.inside(mall.pk):
        for key in MallKey.objects.select_for_update(no_key=True).filter(mall=mall).order_by("pk"):
            before = key.master
            keyring.wrap(key, keyring.unwrapped(key))
            if key.master != before:
                key.save(update_fields=["wrapped", "master"])
                done += 1
        if done:
            events.publish(KeyChanged("key.rewrapped", mall.pk, "", done, at, account_id))
    return done


def _follow(mall: Mall, kind: str, at: datetime) -> MallKey:
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)
    last = keyring.current_key(mall.pk, kind)
    MallKey.objects.filter(pk=last.pk).update(retired_at=at)
    return keyring.make_key(mall.pk, kind, last.number + 1, at=at)


def _reseal_column(mall: Mall, model: type[models.Model], field: SealedField, number: int) -> Iterator[Progress]:
    table, column = (connection.ops.quote_name(name) for name in (model._meta.db_table, field.attname))
    # The two bytes of the envelope that name its key.
    older = f"""
        SELECT id, {column} FROM {table} WHERE mall_id = %s AND id > %s
        AND CASE WHEN length({column}) > 2 THEN get_byte({column}, 1) * 256 + get_byte({column}, 2) END < %s
        ORDER BY id LIMIT %s FOR NO KEY UPDATE
    """  # noqa: S608 - names of our own tables
    done, last = 0, 0
    while True:
        with wall.inside(mall.pk), connection.cursor() as cursor:
            cursor.execute(older, [mall.pk, last, number, BATCH])
            rows = cursor.fetchall()
            sealer = sealing.Sealer(mall.pk, field.purpose)
            fresh = [(sealer.seal(sealer.unseal(bytes(sealed))), pk) for pk, sealed in rows]
            cursor.executemany(f"UPDATE {table} SET {column} = %s WHERE id = %s", fresh)  # noqa: S608 - our own names
        if not rows:
            return
        done, last = done + len(rows), rows[-1][0]
        yield Progress(model._meta.db_table, field.attname, done)


def _rehash_column(mall: Mall, model: type[models.Model], field: SearchHashField, key: MallKey) -> int:
    sealed = model._meta.get_field(field.of)
    assert isinstance(sealed, SealedField)
    sealer = sealing.Sealer(mall.pk, sealed.purpose)
    rows = list(model._default_manager.filter(mall=mall).order_by("pk"))
    for row in rows:
        plain = sealer.unseal(bytes(getattr(row, sealed.attname))).decode()
        setattr(row, field.attname, sealing.search_hash(key, sealed.purpose, plain))
    model._default_manager.bulk_update(rows, [field.name], batch_size=BATCH)
    return len(rows)
