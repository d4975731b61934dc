"""People and officers who never give up: what fails is sent again with the same number, until it is answered."""

import contextlib
import json
import threading
import time
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx

from tests.crash.installation import Installation

# What a client may meet while something is down: no connection, a broken one, or a word to come back later.
LATER = frozenset({502, 503})
BOARD_WITHIN = 10.0


@dataclass(frozen=True, slots=True)
class Got:
    """A ticket as its client knows it."""

    key: str
    number: str


@dataclass
class Told:
    """The clients' own list, which judges the database. `found_again`: a repeated request that had been kept."""

    tickets: dict[UUID, Got] = field(default_factory=dict)
    calls: dict[UUID, int] = field(default_factory=dict)
    found_again: int = 0
    failures: int = 0
    unexpected: list[str] = field(default_factory=list)


class Client:
    """One connection that comes back."""

    def __init__(self, there: Installation, told: Told, stop: threading.Event, token: str = "") -> None:
        self.there, self.told, self.stop = there, told, stop
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.http = httpx.Client(base_url=there.api, headers=headers, timeout=5)

    def insist(self, method: str, path: str, body: dict[str, str] | None = None) -> httpx.Response:
        """Send until it is answered, also after the end of the run: what was begun is finished."""
        give_up = time.monotonic() + 60
        while True:
            try:
                answer = self.http.request(method, path, json=body)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code not in LATER:
                return answer
            self.told.failures += 1
            if time.monotonic() > give_up:
                raise AssertionError(f"{method} {path} was not answered for 60 s")
            time.sleep(0.1)

    def run(self) -> None:
        """Work until told to stop."""
        with self.http:
            while not self.stop.is_set():
                self.once()

    def once(self) -> None:
        """Do one thing and what follows from it."""
        raise NotImplementedError

    def complain(self, answer: httpx.Response) -> None:
        """Note an answer that nothing explains."""
        self.told.unexpected.append(
            f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:300]}"
        )


class Taker(Client):
    """Takes tickets, and now and then asks again for one that it has."""

    def once(self) -> None:
        request = uuid4()
        self.told.tickets[request] = self.take(request, fresh=True)
        if request.int % 10 == 0 and self.take(request, fresh=False) != self.told.tickets[request]:
            self.told.unexpected.append(f"{request} became another ticket")
        time.sleep(0.02)

    def take(self, request: UUID, *, fresh: bool) -> Got:
        before = self.told.failures
        body = {"service": self.there.hall.service, "origin": "phone", "id": str(request)}
        answer = self.insist("POST", "/tickets", body)
        if answer.status_code == 200 and fresh:
            self.told.found_again += 1
        if answer.status_code not in {200, 201} or (
            answer.status_code == 200 and fresh and before == self.told.failures
        ):
            self.complain(answer)
            return Got("", "")
        ticket = answer.json()
        return Got(ticket["key"], ticket["number"])


class Officer(Client):
    """Calls, serves, completes."""

    def __init__(self, there: Installation, told: Told, stop: threading.Event, counter: int) -> None:
        super().__init__(there, told, stop, there.hall.desks[counter])
        self.counter = counter

    def once(self) -> None:
        request = uuid4()
        answer = self.insist("POST", f"/counters/{self.counter}/calls", {"id": str(request)})
        if answer.status_code == 200:
            ticket = answer.json()["id"]
            self.told.calls[request] = ticket
            self.finish(ticket)
        elif answer.status_code != 204:
            self.complain(answer)
        time.sleep(0.05)

    def finish(self, ticket: int) -> None:
        for path, body in (("service", None), ("completion", {"outcome": "done"})):
            answer = self.insist("PUT", f"/tickets/{ticket}/{path}", body)
            if answer.status_code != 200:
                self.complain(answer)


def board_recovers(there: Installation, since: float) -> float:
    """Wait until the board shows a call of now, both asked for and as an event; return the seconds since the kill."""
    end = since + 3 * BOARD_WITHIN
    while time.monotonic() < end:
        with contextlib.suppress(httpx.HTTPError):
            if _hears_a_call(there):
                return time.monotonic() - since
        time.sleep(0.05)
    raise AssertionError(f"the board does not come back:\n{there.log()[-3000:]}")


def _hears_a_call(there: Installation) -> bool:
    shown = httpx.get(f"{there.api}/board", timeout=2)
    if shown.status_code != 200:
        return False
    last = int(shown.json()["seq"])
    with httpx.stream("GET", there.stream, timeout=httpx.Timeout(3, read=3)) as events:
        if events.status_code != 200:
            return False
        name = ""
        until = time.monotonic() + 3
        for line in events.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: ") and name == "call" and _number(line) > last:
                return True
            if time.monotonic() > until:
                return False
    return False


def _number(line: str) -> int:
    return int(json.loads(line.removeprefix("data: "))["seq"])
