"""An SMS gateway of the kind that there are many of: JSON in, JSON out, a key against sending twice."""

import asyncio
import json
from dataclasses import dataclass, field

from simulators.messages.faults import Faults, Taken
from simulators.messages.serving import HOST, Call, HttpProvider


@dataclass
class SimulatedSms(HttpProvider):
    """One gateway; `keeps_keys` says whether it knows a message again by its key."""

    api_key: str = "contoh-kunci-sms"
    token: str = "contoh-token-sms"
    keeps_keys: bool = True
    faults: Faults = field(default_factory=Faults)
    taken: list[Taken] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, object]:
        """What the product is told of it."""
        return {
            "method": "POST",
            "url": f"http://{HOST}:{self.port}/v1/send",
            "headers": {"Content-Type": "application/json", "X-Api-Key": self.api_key},
            "body": '{"to": "{to}", "text": "{text}", "ref": "{key}"}',
            "id": "data.0.id",
            "status": "status",
            "accepted": ["queued"],
            "refused": ["bad_number"],
            "repeatable": self.keeps_keys,
            "token": self.token,
            "receipts": {
                "id": "id",
                "state": "state",
                "time": "time",
                "states": {"DELIVRD": "delivered", "UNDELIV": "failed"},
            },
        }

    async def answer(self, call: Call) -> tuple[int, object] | None:
        """Take a message, or say why not."""
        if self.faults.delay:
            await asyncio.sleep(self.faults.delay)
        if self.faults.down == "silent":
            return None
        if self.faults.down or self.faults.is_busy():
            return 503, {"status": "down"}
        if call.headers.get("x-api-key") != self.api_key:
            return 401, {"status": "who"}
        body = json.loads(call.body)
        if body["to"] in self.faults.refused:
            return 200, {"status": "bad_number"}
        known = next((one for one in self.taken if one.key == body["ref"]), None) if self.keeps_keys else None
        if known is None:
            known = Taken(body["to"], body["text"], f"sms-{len(self.taken) + 1}", body["ref"])
            self.taken.append(known)
        if self.faults.is_broken():
            return None
        return 200, {"status": "queued", "data": [{"id": known.number}]}

    def receipt(self, message: Taken, state: str, at: str) -> bytes:
        """Write one call that tells of a message."""
        return json.dumps({"id": message.number, "state": state, "time": at}).encode()
