"""The mail server of the environment as Django wants it."""

from urllib.parse import unquote, urlsplit

SECONDS = 10
NOWHERE: dict[str, object] = {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def mailer(address: str | None) -> dict[str, object]:
    """Return how mail is sent: by smtps:// (TLS from the start) or smtp:// (STARTTLS unless on this machine)."""
    if address is None:
        return NOWHERE
    parts = urlsplit(address)
    is_local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or (465 if parts.scheme == "smtps" else 587),
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp" and not is_local,
            "timeout": SECONDS,
        },
    }
