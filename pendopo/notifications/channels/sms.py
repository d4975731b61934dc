"""SMS by any HTTP gateway: its address and body are written in the settings, with places for number and text."""

import json
import re
from collections.abc import Callable
from urllib.parse import quote

from pendopo.notifications.channels.calling import call, found_at, json_of
from pendopo.notifications.errors import AddressRefused, ChannelDown
from pendopo.notifications.types import Letter, SmsSettings

PLACES = re.compile(r"\{(to|text|key)\}")


class Sms:
    """Hands messages to one gateway."""

    def __init__(self, told: SmsSettings) -> None:
        self._told = told
        self.is_repeatable = told.repeatable and "{key}" in told.url + told.body + "".join(told.headers.values())

    def hand_over(self, letter: Letter) -> str:
        """Return the gateway's number of the message. Raises ChannelDown, Unsure, AddressRefused."""
        told = self._told
        values = {"to": letter.to, "text": letter.text, "key": letter.key}
        url = _filled(told.url, values, _quoted)
        headers = {name: _filled(value, values, _quoted) for name, value in told.headers.items()}
        kind = next((value for name, value in told.headers.items() if name.lower() == "content-type"), "")
        body = _filled(told.body, values, _escaping(kind))
        answer = call(told.method, url, headers=headers, body=body.encode())
        content = json_of(answer)
        word = found_at(told.status, content) if told.status else ""
        if str(answer.status_code) in told.refused or (word and word in told.refused):
            raise AddressRefused(f"sms {answer.status_code}")
        if answer.status_code >= 300 or (told.accepted and word not in told.accepted):
            raise ChannelDown(f"sms {answer.status_code}")
        return found_at(told.id, content) if told.id else ""


def _filled(pattern: str, values: dict[str, str], escape: Callable[[str], str]) -> str:
    return PLACES.sub(lambda place: escape(values[place[1]]), pattern)


def _escaping(kind: str) -> Callable[[str], str]:
    if "json" in kind:
        return _in_json
    return _quoted if "urlencoded" in kind else str


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]
