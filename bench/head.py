"""The head's page over HTTP, with five million tickets in 514 malls that are all as large as the demo mall.

Malls and history are made by SQL, rollups by the job that makes them; the command's own comparison verifies them.
"""

import os
import random
import time
from collections.abc import Callable
from datetime import datetime

from bench.stage import running, stage  # isort: skip - sets the surroundings first
import httpx
import psycopg
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone

from bench.malls import clone, furnish, remember
from bench.report import Figure, part
from pendopo.demo import actions as demo
from pendopo.people.models import Account
from pendopo.performance.actions import adding_up
from pendopo.performance.queries import verifying
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

MALLS = int(os.environ.get("BENCH_MALLS", "514"))
ROUNDS, WARM = 2, 20
HEAD = "pimpinan@contoh.test"


def run() -> list[Figure]:
    """Measure."""
    tickets = int(os.environ.get("BENCH_TICKETS", "5000000"))
    with stage() as place:
        at = timezone.now()
        model, _is_new = demo.build(at=at, tell=lambda _done, _parts: None)
        with psycopg.connect(place.server.url("postgres", "pendopo"), autocommit=True) as connection:
            furnish(connection, model)
            malls = [model, *clone(connection, model, MALLS - 1)]
            loaded = _seconds(lambda: remember(connection, malls, tickets))
            figures = [Figure("tickets", tickets, "", note=f"in {MALLS} malls, loaded in {loaded:.0f} s")]
            figures += _rollups(malls, at)
            connection.execute("VACUUM (ANALYZE)")
            figures += _sizes(connection)
        call_command("collectstatic", interactive=False, verbosity=0)
        with running("web") as port:
            return figures + _page(port, malls)


def _rollups(malls: list[Mall], at: datetime) -> list[Figure]:
    began, days, compared, wrong = time.perf_counter(), 0, 0, 0
    for mall in malls:
        with wall.inside(mall.pk):
            while done := adding_up.add_up(mall, at=at):
                days += done
    added = time.perf_counter() - began
    began = time.perf_counter()
    for mall in malls:
        with wall.inside(mall.pk):
            span = verifying.span(mall, None, None)
            compared += len(span)
            wrong += sum(1 for _each in verifying.differences(mall, span))
    return [
        Figure("adding up all days", added, "s", note=f"{days:,} days, {1000 * added / days:.1f} ms each"),
        Figure("verify", time.perf_counter() - began, "s", note=f"{compared:,} days"),
        Figure("verify: differences", wrong, "", "0"),
    ]


def _sizes(connection: psycopg.Connection) -> list[Figure]:
    figures = []
    for table in ("performance_dayrollup", "performance_servicerollup", "queues_ticket", "queues_period"):
        row = connection.execute(
            f"SELECT count(*), pg_total_relation_size('{table}') / 1048576.0 FROM {table}".encode()
        ).fetchone()
        assert row
        figures.append(Figure(table, float(row[1]), "MB", note=f"{row[0]:,} rows"))
    return figures


def reader(port: int) -> httpx.Client:
    """Return the head's browser."""
    head = Account.objects.of_contact(HEAD).get()
    session = SessionStore()
    session["_auth_user_id"] = str(head.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = head.get_session_auth_hash()
    session.create()
    assert session.session_key
    cookies = {settings.SESSION_COOKIE_NAME: session.session_key}
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", cookies=cookies, timeout=30)


def _page(port: int, malls: list[Mall]) -> list[Figure]:
    asked = malls * ROUNDS
    random.shuffle(asked)
    times = []
    with reader(port) as client:
        for mall in [*asked[-WARM:], *asked]:
            began = time.perf_counter()
            answer = client.get(f"/m/{mall.slug}/head/")
            times.append((time.perf_counter() - began) * 1000)
            if answer.status_code != 200 or "Loket buka" not in answer.text:
                raise SystemExit(f"{mall.slug}: {answer.status_code}")
    # The first ones compile templates.
    times = times[WARM:]
    return [
        Figure("head's page: median", part(times, 0.5), "ms", note=f"{len(times)} pages, one after the other"),
        Figure("head's page: 95 %", part(times, 0.95), "ms", "≤ 150"),
    ]


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
