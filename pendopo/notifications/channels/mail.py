"""E-mail by the server that the installation names (`PENDOPO_MAIL`)."""

import hashlib
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.message import make_msgid

from pendopo.notifications.errors import AddressRefused, ChannelDown, Unsure
from pendopo.notifications.types import Letter


class Mail:
    """Hands messages to the mail server, each under a Message-ID that the same message keeps.

    RFC 5322 has two mails of one Message-ID be the same one, and mailboxes commonly show it once; none is bound to.
    """

    is_repeatable = True

    def hand_over(self, letter: Letter) -> str:
        """Return the Message-ID. Raises ChannelDown, Unsure, AddressRefused."""
        number = _message_id(letter.key)
        mail = EmailMessage(
            " ".join(letter.subject.split()),
            letter.text,
            settings.DEFAULT_FROM_EMAIL,
            [letter.to],
            headers={"Message-ID": number, "Auto-Submitted": "auto-generated", "Content-Language": letter.language},
        )
        server = mailers.default
        try:
            server.open()
        except (OSError, smtplib.SMTPException) as error:
            raise ChannelDown(type(error).__name__) from None
        try:
            server.send_messages([mail])
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise _meaning(error) from None
        finally:
            _hang_up(server)
        return number


CARRIER = Mail()


def _message_id(key: str) -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    if not key:
        return make_msgid(domain=domain)
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def _meaning(error: Exception) -> Exception:
    """Say what a failure of the server means for the message: 4yz passes, 5yz stays (RFC 5321, 4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return AddressRefused(f"smtp {max(codes)}") if max(codes) >= 500 else ChannelDown(f"smtp {max(codes)}")
    if isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500:
        return AddressRefused(f"smtp {error.smtp_code}")
    if isinstance(error, smtplib.SMTPResponseException):
        return ChannelDown(f"smtp {error.smtp_code}")
    if isinstance(error, ValueError):
        return AddressRefused("no address")
    if isinstance(error, smtplib.SMTPServerDisconnected | OSError) and not isinstance(error, ConnectionRefusedError):
        return Unsure(type(error).__name__)
    return ChannelDown(type(error).__name__)


def _hang_up(server: object) -> None:
    try:
        server.close()  # type: ignore[attr-defined]
    except (OSError, smtplib.SMTPException):
        return
