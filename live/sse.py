"""How events are written for browsers (WHATWG HTML, 9.2 Server-sent events)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from pendopo.queues.queries.events import Happened

# After a break a browser comes back in a second.
RETRY = b"retry: 1000\n\n"
CALLS = frozenset({"called", "recalled"})
# Something that is said of a queue has changed: whoever shows it asks anew.
STATUS = "status"


def event(name: str, data: Mapping[str, object], number: int | None = None) -> bytes:
    """Write an event; its number is what a browser names when it comes back."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    line = "" if number is None else f"id: {number}\n"
    return f"event: {name}\n{line}data: {text}\n\n".encode()


def call(row: Happened) -> bytes:
    """Write a call as boards hear it, with the fields of a snapshot's calls; at most 300 bytes."""
    data = {
        "seq": row.seq,
        "at": row.at.isoformat(timespec="seconds"),
        "kind": row.kind,
        "number": row.number,
        "counter": row.counter,
        "agency": row.agency,
    }
    return event("call", data, row.seq)


def status(number: int) -> bytes:
    """Write that people are received now where they were not, or the other way round."""
    return event(STATUS, {"seq": number}, number)


def beat(now: float, true_at: float, *, fresh: bool) -> bytes:
    """Write a heartbeat: the time here, and up to when all was told (`fresh`: up to now)."""
    times = {"now": _text(now), "at": _text(now if fresh else true_at)}
    return event("beat", {**times, "fresh": fresh})


def _text(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
