"""Kill under traffic, then compare the database with the clients' own list."""

import random
import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import psycopg

from tests.crash.clients import BOARD_WITHIN, Got, Officer, Taker, Told, board_recovers
from tests.crash.installation import VICTIMS, Installation, running

TAKERS = 4


@dataclass
class Verdict:
    """What a run found. `wrong` is empty when all holds."""

    kills: Counter[str] = field(default_factory=Counter)
    recoveries: list[float] = field(default_factory=list)
    told: Told = field(default_factory=Told)
    repeated: int = 0
    wrong: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Say it in a few lines."""
        killed = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        return "\n".join(
            [
                f"{self.kills.total()} kills: {killed}",
                f"board back: median {statistics.median(self.recoveries):.1f} s, most {max(self.recoveries):.1f} s",
                f"{len(self.told.tickets)} tickets and {len(self.told.calls)} calls acknowledged;"
                f" {self.told.failures} attempts failed, {self.told.found_again} of them had been kept;"
                f" {self.repeated} requests repeated at the end",
                *(self.wrong or ["everything that was acknowledged is there, once"]),
            ]
        )


def crash(kills: int, seed: int) -> Verdict:
    """Start an installation, kill its processes under traffic, and judge."""
    choice = random.Random(seed)
    verdict = Verdict()
    victims = [VICTIMS[number % len(VICTIMS)] for number in range(kills)]
    choice.shuffle(victims)
    with running() as there:
        _fsync_is_on(there)
        stop = threading.Event()
        takers = [Taker(there, verdict.told, stop).run for _ in range(TAKERS)]
        officers = [Officer(there, verdict.told, stop, counter).run for counter in there.hall.desks]
        with ThreadPoolExecutor(len(takers) + len(officers)) as pool:
            futures = [pool.submit(client) for client in takers + officers]
            try:
                board_recovers(there, time.monotonic())
                for victim in victims:
                    time.sleep(choice.uniform(0.1, 1.2))
                    verdict.kills[there.kill(victim, choice)] += 1
                    verdict.recoveries.append(board_recovers(there, time.monotonic()))
            finally:
                stop.set()
            for future in futures:
                future.result(120)
        _judge(there, verdict)
    return verdict


def _judge(there: Installation, verdict: Verdict) -> None:
    told, wrong = verdict.told, verdict.wrong
    wrong += told.unexpected
    slow = [seconds for seconds in verdict.recoveries if seconds > BOARD_WITHIN]
    if slow:
        wrong.append(f"the board came back too late: {slow}")
    with psycopg.connect(there.owner_url) as connection:
        rows = connection.execute("SELECT request_id, key, queues_number('A', number) FROM queues_ticket").fetchall()
        there_are = {request: Got(key, number) for request, key, number in rows}
        if len(rows) != len(told.tickets) or there_are != told.tickets:
            wrong.append(f"{len(rows)} tickets are there, {len(told.tickets)} were acknowledged")
            wrong += [f"{one}" for one in list(there_are.items() ^ told.tickets.items())[:5]]
        for question, complaint in QUESTIONS.items():
            if found := connection.execute(question).fetchall():
                wrong.append(f"{complaint}: {found[:5]}")
        called = set(connection.execute("SELECT call_request_id, id FROM queues_ticket WHERE calls > 0").fetchall())
        if not told.calls.items() <= called:
            wrong.append("a call that was acknowledged is not there")
    taker = Taker(there, told, threading.Event())
    with taker.http:
        for request, got in told.tickets.items():
            verdict.repeated += 1
            if taker.take(request, fresh=False) != got:
                wrong.append(f"{request} repeated gives another ticket")


# Each finds nothing.
QUESTIONS = {
    "SELECT queue_id, day, count(*), min(number), max(number) FROM queues_ticket GROUP BY queue_id, day"
    " HAVING count(*) <> max(number) OR min(number) <> 1": "numbers have gaps",
    "SELECT s.last, max(t.number) FROM queues_series s JOIN queues_ticket t USING (queue_id, day)"
    " GROUP BY s.id, s.last HAVING s.last <> max(t.number)": "the series is elsewhere",
    "SELECT t.id, count(e.seq) FROM queues_ticket t"
    " LEFT JOIN queues_event e ON e.ticket_id = t.id AND e.kind = 'called'"
    " GROUP BY t.id, t.calls HAVING count(e.seq) <> t.calls OR t.calls > 1": "somebody was called twice",
    "SELECT t.id FROM queues_ticket t LEFT JOIN queues_period p ON p.ticket_id = t.id AND p.ended_at IS NULL"
    " GROUP BY t.id, t.state"
    " HAVING count(p.id) <> (t.state IN ('waiting', 'called', 'serving'))::int": "periods are wrong",
    "SELECT t.id FROM queues_ticket t LEFT JOIN audit_entry a ON a.subject = 'ticket:' || t.id"
    " AND a.action = 'ticket.taken' GROUP BY t.id HAVING count(a.id) <> 1": "the audit lacks an entry",
}


def _fsync_is_on(there: Installation) -> None:
    with psycopg.connect(there.owner_url) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
            assert row == ("on",), name
