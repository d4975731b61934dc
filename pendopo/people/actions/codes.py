"""Codes: six digits sent to a contact, checked once. Whoever exists and who does not goes the same way."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel import crypto, events, ids
from pendopo.people.actions.limits import spend
from pendopo.people.errors import NoChannel, TooOften, WrongCode
from pendopo.people.events import CodeMade
from pendopo.people.models import CONTACT, Account, Code, contact_hash
from pendopo.people.queries.accounts import channels_to

DIGITS = 6
LIVES = timedelta(minutes=10)
# So long a code may take to arrive before another is sent.
PATIENCE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# A hall's guests share one address of its network; a contact is one person's.
PER_CONTACT, PER_CONTACT_A_DAY, PER_NETWORK = 5, 10, 60
SEALED_FOR = "code digits"
# Why no code was sent, in words.
REFUSALS = (NoChannel, TooOften)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent, and where."""

    channel: str
    contact: str
    digits: str
    language: str


def ask(
    contact: str,
    *,
    purpose: Code.Purpose,
    network: str,
    at: datetime,
    channel: str = "",
    account: Account | None = None,
    by: Who | None = None,
) -> Code:
    """Make a code for a contact in its one form, and have it sent; without a channel by the usual one.

    `network` is the address it is asked from, for the limit. Raises NoChannel, TooOften. The limits count also what
    is refused, so no transaction is open around this.
    """
    ways = channels_to(contact)
    if (channel and channel not in ways) or not ways:
        raise NoChannel(_("Kode tidak dapat dikirim ke sana. Pakai kontak lain, atau datanglah ke meja informasi."))
    spend("code network", network, most=PER_NETWORK, within=HOUR, at=at)
    spend("code contact", contact, most=PER_CONTACT, within=HOUR, at=at)
    spend("code contact day", contact, most=PER_CONTACT_A_DAY, within=DAY, at=at)
    if account is not None:
        spend("code account day", str(account.pk), most=2 * PER_CONTACT_A_DAY, within=DAY, at=at)
    return _make(contact, channel or ways[0], purpose, account, at, by)


def ask_again(code: Code, *, channel: str, network: str, at: datetime, by: Who | None = None) -> Code:
    """Have another code sent to the same contact, maybe by another channel; the one before is good no more.

    Raises TooOften before it could have arrived, and NoChannel.
    """
    wait = int((code.asked_at + PATIENCE - at).total_seconds())
    if wait > 0:
        raise TooOften(_("Kode baru saja dikirim. Tunggu %(seconds)d detik lagi.") % {"seconds": wait})
    made = ask(
        code.contact,
        purpose=Code.Purpose(code.purpose),
        network=network,
        at=at,
        channel=channel,
        account=code.account,
        by=by,
    )
    end(code, at=at, by=by)
    return made


def prove(code: Code, digits: str, *, at: datetime, by: Who | None = None) -> Code:
    """Check what somebody typed; the right digits are good once. Raises WrongCode.

    A wrong try is counted, also when it is refused: no transaction is open around this.
    """
    with transaction.atomic():
        code = Code.objects.select_for_update().get(pk=code.pk)
        is_good = code.ended_at is None and at < code.expires_at and code.attempts < MOST_ATTEMPTS
        is_right = is_good and hmac.compare_digest(bytes(code.digits_hash), _hash(code.key, _only_digits(digits)))
        if is_right:
            code.is_proven, code.ended_at, code.digits_sealed = True, at, b""
        elif is_good:
            code.attempts += 1
        code.save(update_fields=["is_proven", "ended_at", "digits_sealed", "attempts"])
        audit.record("code.proven" if is_right else "code.refused", f"code:{code.pk}", by=by, at=at)
    if is_right:
        return code
    if is_good and code.attempts < MOST_ATTEMPTS:
        raise WrongCode(_("Kode ini salah. Periksa pesan terakhir dan coba lagi."))
    raise WrongCode(_("Kode ini tidak berlaku lagi. Minta kode baru."))


@transaction.atomic
def end(code: Code, *, at: datetime, by: Who | None = None) -> None:
    """Let a code be good no more. Done again: nothing."""
    code = Code.objects.select_for_update().get(pk=code.pk)
    if code.ended_at is None:
        code.ended_at, code.digits_sealed = at, b""
        code.save(update_fields=["ended_at", "digits_sealed"])
        audit.record("code.ended", f"code:{code.pk}", by=by, at=at)


def letter_of(code_id: int, *, at: datetime) -> Letter | None:
    """Return what is still to be sent; None when it was, or would come too late."""
    code = Code.objects.filter(pk=code_id, ended_at=None, expires_at__gt=at).exclude(digits_sealed=b"").first()
    if code is None:
        return None
    digits = crypto.decrypt(SEALED_FOR, bytes(code.digits_sealed))
    return Letter(code.channel, code.contact, digits, code.language)


@transaction.atomic
def note_sent(code_id: int, *, at: datetime) -> None:
    """Note that a code was handed to its channel, and keep its digits no longer."""
    code = Code.objects.select_for_update().get(pk=code_id)
    code.sent_at, code.digits_sealed = at, b""
    code.save(update_fields=["sent_at", "digits_sealed"])
    audit.record("code.sent", f"code:{code.pk}", by=None, at=at)


@transaction.atomic
def note_refused(code_id: int, *, at: datetime) -> None:
    """Note that a channel will never reach a code's contact, and keep its digits no longer."""
    code = Code.objects.select_for_update().get(pk=code_id)
    code.digits_sealed = b""
    code.save(update_fields=["digits_sealed"])
    audit.record("code.not_sent", f"code:{code.pk}", by=None, at=at)


@transaction.atomic
def forget(*, before: datetime) -> int:
    """Remove codes that ended before a moment; say how many."""
    number, _of_each = Code.objects.filter(expires_at__lt=before).delete()
    if number:
        audit.record("codes.forgotten", "codes", by=None, at=before, after={"rows": number})
    return number


@transaction.atomic
def _make(
    contact: str, channel: str, purpose: Code.Purpose, account: Account | None, at: datetime, by: Who | None
) -> Code:
    key, digits = ids.new_key(), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    code = Code.objects.create(
        key=key,
        purpose=purpose,
        account=account,
        contact_sealed=crypto.encrypt(CONTACT, contact),
        channel=channel,
        language=(get_language() or "id")[:5],
        digits_hash=_hash(key, digits),
        digits_sealed=crypto.encrypt(SEALED_FOR, digits),
        asked_at=at,
        expires_at=at + LIVES,
    )
    audit.record("code.asked", f"code:{code.pk}", by=by, at=at, after={"contact": contact_hash(contact)})
    events.publish(CodeMade(code.pk))
    return code


def _hash(key: str, digits: str) -> bytes:
    return crypto.keyed_hash("code", f"{key}:{digits}")


def _only_digits(text: str) -> str:
    return "".join(letter for letter in text if letter in "0123456789")
