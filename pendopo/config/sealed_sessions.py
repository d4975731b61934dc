"""Sessions whose content is encrypted in the database: secrets on their way to a second factor pass through them."""

from django.contrib.sessions.backends.db import SessionStore as Store

from pendopo.kernel import crypto

PURPOSE = "session"
# No character of the signed form begins so: sessions of before are read on until they end.
SEALED = "~"


class SessionStore(Store):
    """Django's own sessions, sealed under the installation's key."""

    def encode(self, session_dict: dict[str, object]) -> str:
        """Write what a session holds, sealed."""
        return SEALED + crypto.encrypt(PURPOSE, super().encode(session_dict)).hex()

    def decode(self, session_data: bytes | str) -> dict[str, object]:
        """Read what a session holds; one that does not open is an empty one."""
        if isinstance(session_data, bytes) or not session_data.startswith(SEALED):
            return super().decode(session_data)
        try:
            return super().decode(crypto.decrypt(PURPOSE, bytes.fromhex(session_data[len(SEALED) :])))
        except ValueError:
            return {}
