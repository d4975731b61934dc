"""The WhatsApp Cloud API as its documentation describes it: one number that takes messages and tells of them."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from simulators.messages.faults import Faults, Taken
from simulators.messages.serving import HOST, Call, HttpProvider

VERSION = "v23.0"


@dataclass
class SimulatedWhatsApp(HttpProvider):
    """One number with its token and app secret. Only `template` is approved; empty: everything is within the window."""

    number_id: str = "106540352242922"
    token: str = "EAAG-contoh"
    app_secret: str = "contohAppSecret"
    verify_token: str = "contoh-verify"
    template: str = "pesan"
    faults: Faults = field(default_factory=Faults)
    taken: list[Taken] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, str]:
        """What the product is told of it."""
        return {
            "url": f"http://{HOST}:{self.port}",
            "version": VERSION,
            "number_id": self.number_id,
            "token": self.token,
            "app_secret": self.app_secret,
            "verify_token": self.verify_token,
            "template": self.template,
        }

    async def answer(self, call: Call) -> tuple[int, object] | None:
        """Take a message, or say why not."""
        if self.faults.delay:
            await asyncio.sleep(self.faults.delay)
        if self.faults.down == "silent":
            return None
        if self.faults.down or self.faults.is_busy():
            return (503, _error(131016, "Service unavailable")) if self.faults.down else (429, _error(130429, "Rate"))
        if (call.method, call.path) == ("GET", f"/{VERSION}/{self.number_id}"):
            return 200, {"id": self.number_id}
        if (call.method, call.path) != ("POST", f"/{VERSION}/{self.number_id}/messages"):
            return 404, _error(100, "Unknown path components")
        if call.headers.get("authorization") != f"Bearer {self.token}":
            return 401, _error(190, "Invalid OAuth access token")
        return self._take(json.loads(call.body))

    def _take(self, body: dict[str, object]) -> tuple[int, object] | None:
        to = str(body.get("to", ""))
        if body.get("messaging_product") != "whatsapp" or not to.isdigit():
            return 400, _error(100, "Invalid parameter")
        if to in self.faults.refused:
            return 400, _error(131026, "Message undeliverable")
        if self.template and body.get("type") != "template":
            return 400, _error(131047, "Re-engagement message")
        text, language = _words(body)
        if any(mark in text for mark in "\n\t") or "     " in text:
            return 400, _error(132018, "Template parameters")
        number = f"wamid.{len(self.taken):08d}{hashlib.sha256(to.encode()).hexdigest()[:12]}"
        self.taken.append(Taken(to, text, number, str(body.get("biz_opaque_callback_data", "")), language))
        if self.faults.is_broken():
            return None
        return 200, {
            "messaging_product": "whatsapp",
            "contacts": [{"input": to, "wa_id": to}],
            "messages": [{"id": number}],
        }

    def receipts(self, message: Taken, states: Sequence[str], *, at: float | None = None, code: int = 131026) -> bytes:
        """Write one call that tells of a message, a second between its states."""
        began = int(time.time() if at is None else at)
        statuses = [self._status(message, state, began + n, code) for n, state in enumerate(states)]
        return self._called({"statuses": statuses})

    def message(self, sender: str, text: str, number: str, *, at: float | None = None) -> bytes:
        """Write one call that tells of what a citizen wrote."""
        stamp = str(int(time.time() if at is None else at))
        told = {"from": sender, "id": number, "timestamp": stamp, "type": "text", "text": {"body": text}}
        return self._called({"contacts": [{"wa_id": sender, "profile": {"name": "Warga"}}], "messages": [told]})

    def signature(self, body: bytes) -> str:
        """Sign a call as Meta does."""
        return "sha256=" + hmac.new(self.app_secret.encode(), body, hashlib.sha256).hexdigest()

    def _status(self, message: Taken, state: str, at: int, code: int) -> dict[str, object]:
        told: dict[str, object] = {
            "id": message.number, "status": state, "timestamp": str(at), "recipient_id": message.to,
            "biz_opaque_callback_data": message.key,
        }  # fmt: skip
        return told | ({"errors": [{"code": code, "title": "Message undeliverable"}]} if state == "failed" else {})

    def _called(self, value: dict[str, object]) -> bytes:
        metadata = {"display_phone_number": "62215550100", "phone_number_id": self.number_id}
        change = {"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}
        entry = {"id": "102290129340398", "changes": [change]}
        return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def _words(body: dict[str, object]) -> tuple[str, str]:
    text, template = body.get("text"), body.get("template")
    if isinstance(text, dict):
        return str(text["body"]), ""
    assert isinstance(template, dict)
    return str(template["components"][0]["parameters"][0]["text"]), str(template["language"]["code"])


def _error(code: int, words: str) -> dict[str, object]:
    return {"error": {"message": f"(#{code}) {words}", "type": "OAuthException", "code": code, "fbtrace_id": "A1"}}
