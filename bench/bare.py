"""The least that could do the reference over HTTP: granian and psycopg, no framework, no rule."""

import json
import os
import random
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import psycopg

type StartResponse = Callable[[str, list[tuple[str, str]]], object]

STATEMENT = (Path(__file__).parent / "reference.sql").read_text().splitlines()[-1].replace(":queue", "%(queue)s")


class _Here(threading.local):
    connection: psycopg.Connection | None = None


_here = _Here()


def application(environ: dict[str, object], start_response: StartResponse) -> Iterable[bytes]:
    """Do the reference once and answer its number."""
    if _here.connection is None:
        _here.connection = psycopg.connect(os.environ["BENCH_URL"], autocommit=True)
    row = _here.connection.execute(STATEMENT, {"queue": random.randint(1, 16)}).fetchone()
    body = json.dumps({"number": row[0] if row else None}).encode()
    start_response("201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
