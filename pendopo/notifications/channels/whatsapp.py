"""WhatsApp Cloud API (developers.facebook.com): a template outside the window of 24 hours, receipts by webhook."""

import json
import re

from pendopo.notifications.channels.calling import call, found_at, json_of
from pendopo.notifications.channels.exchange import Reply
from pendopo.notifications.errors import AddressRefused, ChannelDown
from pendopo.notifications.types import Letter, WhatsAppSettings

# Codes of the error list that are about this one message: 100 a wrong parameter, 131026 undeliverable, 131030 not on
# a trial number's list, 131047 the window is over, 131049 and 131050 not wanted there, 131051 an unknown kind.
ABOUT_THE_ADDRESS = frozenset({100, 131008, 131009, 131021, 131026, 131030, 131045, 131047, 131049, 131050, 131051})
LONGEST = 1024


class WhatsApp:
    """Hands messages to one number's API. It keeps no key: the same message twice arrives twice."""

    is_repeatable = False

    def __init__(self, told: WhatsAppSettings) -> None:
        self._told = told

    def hand_over(self, letter: Letter) -> str:
        """Return the wamid. Raises ChannelDown, Unsure, AddressRefused."""
        told = self._told
        url = f"{str(told.url).rstrip('/')}/{told.version}/{told.number_id}/messages"
        headers = {"Authorization": f"Bearer {told.token}", "Content-Type": "application/json"}
        answer = call("POST", url, headers=headers, body=json.dumps(self._body(letter)).encode())
        if answer.status_code >= 400:
            raise _refusal(answer)
        return found_at("messages.0.id", json_of(answer))

    def answers(self) -> bool:
        """Ask for the number itself, which sends nothing: whether it is worth to hand a message over."""
        told = self._told
        url = f"{str(told.url).rstrip('/')}/{told.version}/{told.number_id}"
        try:
            return call("GET", url, headers={"Authorization": f"Bearer {told.token}"}, body=b"").status_code < 400
        except ChannelDown:
            return False

    def _body(self, letter: Letter) -> dict[str, object]:
        body: dict[str, object] = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": letter.to.lstrip("+"),
        }
        if letter.key:
            # Comes back with every receipt, so that one which overtakes this answer is understood.
            body["biz_opaque_callback_data"] = letter.key
        if not self._told.template:
            return body | {"type": "text", "text": {"body": letter.text[:4096]}}
        # A variable takes no line break, and no more than four blanks in a row.
        text = re.sub(r"\s+", " ", letter.text).strip()[:LONGEST]
        template = {
            "name": self._told.template,
            "language": {"code": letter.language},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": text}]}],
        }
        return body | {"type": "template", "template": template}


def _refusal(answer: Reply) -> Exception:
    code = found_at("error.code", json_of(answer))
    number = int(code) if code.isascii() and code.isdigit() and len(code) < 10 else 0
    if number in ABOUT_THE_ADDRESS:
        return AddressRefused(f"whatsapp {number}")
    # A rate (130429), a token (190) or a template (132000 …) is mended by us or by waiting.
    return ChannelDown(f"whatsapp {number or answer.status_code}")
