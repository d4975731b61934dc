"""What gateways write, read without trust: amounts, moments, states, and the notification of a payment."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.money import Money
from pendopo.payments.snap import MOMENT
from pendopo.payments.types import Notice, Told

TEXT = re.compile(r"[0-9]{0,7}")
REFERENCE = re.compile(r"[ -~]{1,64}")
EXTERNAL = re.compile(r"[0-9A-Za-z-]{1,36}")
AMOUNT = re.compile(r"[0-9]{1,16}(\.[0-9]{1,2})?", re.ASCII)
MOST_BYTES: Final = 16 * 1024


class NoticeUnreadable(RuleViolation):
    """A notification lacks what it must have, or writes it in a way that nobody can read.

    `case` is SNAP's: 01 for a wrong format, 02 for a field that is missing.
    """

    code: ClassVar[str] = "notice_unreadable"
    status = 400

    def __init__(self, message: object, *, field: str, case: str) -> None:
        super().__init__(message)
        self.field, self.case = field, case


def money_of(value: object) -> Money | None:
    """Return whole rupiah of {"value": "25000.00", "currency": "IDR"}; None for anything else."""
    if not isinstance(value, Mapping) or value.get("currency") != "IDR":
        return None
    text = value.get("value")
    if not isinstance(text, str) or not AMOUNT.fullmatch(text):
        return None
    whole, _point, rest = text.partition(".")
    return Money(int(whole)) if not rest.strip("0") else None


def moment_of(value: object) -> datetime | None:
    """Return a moment with its zone; None for anything else."""
    if not isinstance(value, str) or not MOMENT.fullmatch(value):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2100 else None


def told_of(value: object) -> Told | None:
    """Return what a state means; None for one that nobody knows."""
    return Told(value) if isinstance(value, str) and value in set(Told) else None


def read_notice(body: bytes, *, external: str, moment: str) -> Notice:
    """Read the notification of a payment (service 52). Raises NoticeUnreadable."""
    sent_at = moment_of(moment)
    if sent_at is None:
        raise _wrong("X-TIMESTAMP")
    if not external:
        raise _missing("X-EXTERNAL-ID")
    if not EXTERNAL.fullmatch(external):
        raise _wrong("X-EXTERNAL-ID")
    told = _object(body)
    reference = _reference(told, "originalPartnerReferenceNo", is_needed=True)
    state = told.get("latestTransactionStatus")
    if state is None:
        raise _missing("latestTransactionStatus")
    known = told_of(state)
    if known is None:
        raise _wrong("latestTransactionStatus")
    amount = money_of(told["amount"]) if told.get("amount") is not None else None
    if known is Told.SUCCESS and amount is None:
        raise _wrong("amount") if "amount" in told else _missing("amount")
    return Notice(
        external=external,
        sent_at=sent_at,
        digest=hashlib.sha256(body).digest(),
        reference=reference,
        told=known,
        gateway_reference=_reference(told, "originalReferenceNo", is_needed=False),
        amount=amount,
        paid_at=_paid_at(told),
    )


def _object(body: bytes) -> dict[str, object]:
    try:
        told = json.loads(body) if len(body) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise _wrong("body")
    return told


def _reference(told: Mapping[str, object], name: str, *, is_needed: bool) -> str:
    value = told.get(name)
    if value is None or value == "":
        if is_needed:
            raise _missing(name)
        return ""
    if not isinstance(value, str) or not REFERENCE.fullmatch(value):
        raise _wrong(name)
    return value


def _paid_at(told: Mapping[str, object]) -> datetime | None:
    """Return when it was paid: providers write it beside, or among what they add."""
    added = told.get("additionalInfo")
    places = [told, added] if isinstance(added, Mapping) else [told]
    found = (moment_of(place.get(name)) for place in places for name in ("paidTime", "transactionDate"))
    return next((each for each in found if each), None)


def _missing(field: str) -> NoticeUnreadable:
    return NoticeUnreadable(_("Kolom %(field)s tidak ada.") % {"field": field}, field=field, case="02")


def _wrong(field: str) -> NoticeUnreadable:
    return NoticeUnreadable(_("Kolom %(field)s tidak terbaca.") % {"field": field}, field=field, case="01")
