"""What is sealed under a mall's keys, and found again by a keyed hash. Stand inside the mall.

A sealed value is bound to its mall and its purpose: copied into a column of another purpose, or into another mall, it
does not open.
"""

import hashlib
import hmac
from pathlib import Path

from django.conf import settings

from pendopo.kernel import envelopes
from pendopo.kernel.attachments import write_whole
from pendopo.tenancy.keyring import current_key, for_purpose, key_of
from pendopo.tenancy.models import MallKey

# Each file has one key, which never changes.
NUMBER = 1


class Sealer:
    """Seals and opens values of one mall for one purpose; asks for each key once. For one transaction."""

    def __init__(self, mall_id: int, purpose: str) -> None:
        self._mall_id, self._purpose = mall_id, purpose
        self._bound = f"mall:{mall_id}:{purpose}"
        self._current: MallKey | None = None
        self._opened: dict[int, bytes] = {}

    def seal(self, plain: bytes) -> bytes:
        """Seal bytes under the mall's current key; the same ones give another result each time."""
        self._current = self._current or current_key(self._mall_id, MallKey.Kind.SEAL)
        secret = for_purpose(self._current, self._purpose)
        return envelopes.seal(secret, self._current.number, plain, bound_to=self._bound)

    def unseal(self, sealed: bytes) -> bytes:
        """Give back the bytes. Raises CannotOpen when altered, or sealed for another purpose or mall."""
        number = envelopes.number_of(sealed)
        if number not in self._opened:
            self._opened[number] = for_purpose(key_of(self._mall_id, MallKey.Kind.SEAL, number), self._purpose)
        return envelopes.unseal(self._opened[number], sealed, bound_to=self._bound)


def seal(mall_id: int, purpose: str, text: str) -> bytes:
    """Seal a text under the mall's current key."""
    return Sealer(mall_id, purpose).seal(text.encode())


def unseal(mall_id: int, purpose: str, sealed: bytes) -> str:
    """Give back the text. Raises CannotOpen."""
    return Sealer(mall_id, purpose).unseal(sealed).decode()


def search_key(mall_id: int) -> MallKey:
    """Return the key under which a mall's values are found now; `actions.keys.hold_search_key` keeps it so."""
    return current_key(mall_id, MallKey.Kind.SEARCH)


def search_hash(key: MallKey, purpose: str, value: str) -> bytes:
    """Return 32 bytes by which a value is found without being stored (HMAC-SHA256, RFC 2104), under a search key."""
    return hmac.digest(for_purpose(key, purpose), value.encode(), hashlib.sha256)


def keep_file(mall_id: int, path: str, content: bytes, *, purpose: str, bound_to: str) -> bytes:
    """Write a file, whole or not at all, and return its key, sealed for a purpose.

    What a refused transaction leaves behind nobody can open: its key went with the row.
    """
    key = envelopes.new_key()
    sealed_key = Sealer(mall_id, purpose).seal(key)
    write_whole(Path(settings.MEDIA_ROOT) / path, envelopes.seal(key, NUMBER, content, bound_to=bound_to))
    return sealed_key


def file_content(mall_id: int, path: str, sealed_key: bytes, *, purpose: str, bound_to: str) -> bytes | None:
    """Return a file as it was kept; None when it is gone. Raises CannotOpen when it was altered."""
    place = Path(settings.MEDIA_ROOT) / path
    if not place.is_file():
        return None
    key = Sealer(mall_id, purpose).unseal(sealed_key)
    return envelopes.unseal(key, place.read_bytes(), bound_to=bound_to)
