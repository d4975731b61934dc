"""What django-allauth counts and remembers, kept in the database: each process sees the same, and none forgets it.

Keys are hashed and values sealed, since both name addresses of the network.
"""

import json
from datetime import UTC, datetime, timedelta

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.utils import timezone

from pendopo.kernel import crypto
from pendopo.people.actions import remembering

PURPOSE = "remembered"
FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


class Remembering(BaseCache):
    """A cache of Django in one table; values are what JSON can hold."""

    def __init__(self, _location: str, params: dict[str, object]) -> None:
        super().__init__(params)

    def add(self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Remember a value where none is; say whether it was so."""
        return remembering.remember_first(
            self._hashed(key, version), _sealed(value), until=self._until(timeout), at=timezone.now()
        )

    def get(self, key: str, default: object = None, version: int | None = None) -> object:
        """Return what is remembered."""
        found = remembering.recall(self._hashed(key, version), at=timezone.now())
        return default if found is None else json.loads(crypto.decrypt(PURPOSE, found))

    def set(self, key: str, value: object, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Remember a value in the place of another."""
        remembering.remember(self._hashed(key, version), _sealed(value), until=self._until(timeout))

    def _forget(self, key: str, version: int | None = None) -> bool:
        return remembering.forget(self._hashed(key, version))

    # Django's word for it; no row of a model is meant.
    delete = _forget

    def clear(self) -> None:
        """Forget everything."""
        remembering.forget_until(FOR_EVER)

    def _hashed(self, key: str, version: int | None) -> str:
        return crypto.keyed_hash(PURPOSE, self.make_and_validate_key(key, version=version)).hex()

    def _until(self, timeout: float | None) -> datetime:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return FOR_EVER if seconds is None else timezone.now() + timedelta(seconds=seconds)


def _sealed(value: object) -> bytes:
    return crypto.encrypt(PURPOSE, json.dumps(value))
