"""What providers send to our addresses: checked, and read without trusting any of it."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import parse_qsl

from pendopo.notifications.channels.calling import found_at
from pendopo.notifications.types import Came, SmsSettings, Told, WhatsAppSettings

SIGNATURE = re.compile(r"sha256=([0-9a-f]{64})")
# A provider's number, or a sender: what it is not is not kept.
PLAIN = re.compile(r"[\x20-\x7e]{1,200}")
STATES: dict[str, Literal["sent", "delivered", "read", "failed"]] = {
    name: name for name in ("sent", "delivered", "read", "failed")
}
LONGEST_TEXT = 5000
# Meta sends a thousand at once at most.
MOST = 1000


@dataclass
class Heard:
    """What one call told."""

    receipts: list[Told] = field(default_factory=list)
    messages: list[Came] = field(default_factory=list)


def is_signed(body: bytes, header: str, secret: str) -> bool:
    """Say whether a body is what the holder of the app secret signed (X-Hub-Signature-256)."""
    told = SIGNATURE.fullmatch(header)
    wanted = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return told is not None and hmac.compare_digest(told[1], wanted)


def is_token(shown: str, wanted: str) -> bool:
    """Say whether somebody shows the agreed word; an empty one opens nothing."""
    return bool(wanted) and hmac.compare_digest(shown.encode(errors="replace"), wanted.encode())


def whatsapp(body: bytes, told: WhatsAppSettings) -> Heard | None:
    """Read a call of the Cloud API: only what is about this number. None when it is no JSON object."""
    content = _json(body)
    if not isinstance(content, dict):
        return None
    heard = Heard()
    for value in _values(content):
        number = found_at("metadata.phone_number_id", value)
        if number and number != told.number_id:
            continue
        for status in _dicts(value.get("statuses")):
            if (receipt := _status(status)) and len(heard.receipts) < MOST:
                heard.receipts.append(receipt)
        for message in _dicts(value.get("messages")):
            number, sender = found_at("id", message), found_at("from", message)
            text = found_at("text.body", message) or found_at("button.text", message)
            if PLAIN.fullmatch(number) and PLAIN.fullmatch(sender) and len(heard.messages) < MOST:
                at = moment(found_at("timestamp", message))
                heard.messages.append(Came(number, sender, text[:LONGEST_TEXT], at))
    return heard


def sms(content: Mapping[str, object], told: SmsSettings) -> Heard:
    """Read a call of an SMS gateway by the places that its settings name: a receipt, an inbound message, or neither."""
    heard = Heard()
    places, inbound = told.receipts, told.inbound
    state = places.states.get(word := found_at(places.state, content), STATES.get(word.lower()))
    number, sender = found_at(places.id, content), found_at(inbound.sender, content)
    if state and PLAIN.fullmatch(number):
        at = moment(found_at(places.time, content)) if places.time else None
        heard.receipts.append(Told(number, state, at, reason=_reason(f"sms {word}") if state == "failed" else ""))
        return heard
    text, number = found_at(inbound.text, content), found_at(inbound.id, content)
    if text and PLAIN.fullmatch(sender) and PLAIN.fullmatch(number):
        heard.messages.append(Came(number, sender, text[:LONGEST_TEXT], None))
    return heard


def fields_of(body: bytes, kind: str) -> Mapping[str, object] | None:
    """Return what a gateway sent, as JSON or as a form; None when it is neither."""
    if "json" in kind:
        content = _json(body)
        return content if isinstance(content, dict) else None
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100))
    except ValueError:
        return None


def moment(text: str) -> datetime | None:
    """Return a moment that is written as seconds since 1970 or by ISO 8601; None for anything else."""
    try:
        if text.isascii() and text.isdigit() and len(text) <= 11:
            return datetime.fromtimestamp(int(text), UTC)
        at = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
    return at.astimezone(UTC) if at.tzinfo and 2000 < at.year < 9000 else None


def _status(status: dict[str, object]) -> Told | None:
    number, state = found_at("id", status), STATES.get(found_at("status", status))
    if state is None or not PLAIN.fullmatch(number):
        return None
    code = found_at("errors.0.code", status)
    return Told(
        number,
        state,
        moment(found_at("timestamp", status)),
        reason=_reason(f"whatsapp {code}") if state == "failed" else "",
        code=found_at("biz_opaque_callback_data", status)[:64],
    )


def _reason(text: str) -> str:
    return re.sub(r"[^\x20-\x7e]", "?", text)[:60]


def _values(content: dict[str, object]) -> Iterator[dict[str, object]]:
    for entry in _dicts(content.get("entry")):
        for change in _dicts(entry.get("changes")):
            value = change.get("value")
            if isinstance(value, dict):
                yield value


def _dicts(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _json(body: bytes) -> object:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
