"""The keys of a mall: made when first needed, opened by the master key that wrapped them, once a process."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pendopo.kernel import envelopes, events
from pendopo.kernel.envelopes import CannotOpen
from pendopo.kernel.master_keys import MasterKey, master_key
from pendopo.tenancy.events import KeyChanged
from pendopo.tenancy.models import Mall, MallKey


def current_key(mall_id: int, kind: str) -> MallKey:
    """Return the key under which a mall seals or searches now; its first one is made here."""
    current = MallKey.objects.filter(mall=mall_id, kind=kind, retired_at=None).first()
    return current or _first_key(mall_id, kind)


def key_of(mall_id: int, kind: str, number: int) -> MallKey:
    """Return a key by its number. Raises CannotOpen when the mall has none such."""
    found = MallKey.objects.filter(mall=mall_id, kind=kind, number=number).first()
    if found is None:
        raise CannotOpen(f"The mall has no key {number}.")
    return found


def for_purpose(key: MallKey, purpose: str) -> bytes:
    """Return the 32 bytes that a key is for one purpose. Raises CannotOpen without its master key."""
    return _for_purpose(key.master, bytes(key.wrapped), bound_to(key), purpose)


def unwrapped(key: MallKey) -> bytes:
    """Return the key itself, to wrap it anew. Raises CannotOpen without its master key."""
    return _master(key.master).unwrap(bytes(key.wrapped), bound_to=bound_to(key))


def wrap(key: MallKey, secret: bytes) -> None:
    """Put a secret into a key's row, under the master key of today."""
    master = _masters()[0]
    key.wrapped, key.master = master.wrap(secret, bound_to=bound_to(key)), master.fingerprint


def bound_to(key: MallKey) -> str:
    """Say for which row a key was wrapped: in another it does not open."""
    return f"mall:{key.mall_id}:{key.kind}:{key.number}"


def make_key(mall_id: int, kind: str, number: int, *, at: datetime) -> MallKey:
    """Make a mall's current key. The caller holds the mall's row and has retired the one before."""
    key = MallKey(mall_id=mall_id, kind=kind, number=number, created_at=at)
    wrap(key, envelopes.new_key())
    key.save(force_insert=True)
    return key


@transaction.atomic
def _first_key(mall_id: int, kind: str) -> MallKey:
    Mall.objects.select_for_update(no_key=True).get(pk=mall_id)
    # Another may have been first while this one waited.
    made = MallKey.objects.filter(mall=mall_id, kind=kind, retired_at=None).first()
    if made is None:
        at = timezone.now()
        made = make_key(mall_id, kind, 1, at=at)
        events.publish(KeyChanged("key.made", mall_id, kind, 1, at, None))
    return made


@lru_cache(maxsize=4096)
def _for_purpose(fingerprint: str, wrapped: bytes, bound: str, purpose: str) -> bytes:
    return envelopes.derived(_master(fingerprint).unwrap(wrapped, bound_to=bound), purpose)


def _masters() -> list[MasterKey]:
    """Return the installation's master key, and the one before it while keys are wrapped anew."""
    return [master_key(told) for told in (settings.MASTER_KEY, settings.MASTER_KEY_BEFORE) if told]


def _master(fingerprint: str) -> MasterKey:
    for each in _masters():
        if each.fingerprint == fingerprint:
            return each
    raise CannotOpen(f"The master key {fingerprint} is not here.")
