"""The wall between malls: PostgreSQL shows a transaction the rows of the one mall it has named.

The setting `pendopo.mall` is local to the transaction. Unset, or '' on a used connection, means no rows.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import cast
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from psycopg import Connection
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

type Argument = str | int | bytes | bool | datetime | UUID | None


class _Current(threading.local):
    mall: int | None = None


_current = _Current()


def current_mall() -> int | None:
    """Return the pk of the mall that this thread stands in, or None outside."""
    return _current.mall


@contextmanager
def inside(mall_id: int) -> Iterator[None]:
    """Run a transaction inside one mall; nested in another, give that one back at the end.

    An exception rolls back, and PostgreSQL then restores the setting by itself.
    """
    previous = _current.mall
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        try:
            if outermost:
                _begin(mall_id)
            elif previous != mall_id:
                _set(str(mall_id))
            _current.mall = mall_id
            yield
        finally:
            _current.mall = previous
        # A transaction marked for rollback takes no more statements, and restores the setting by itself.
        if not outermost and previous != mall_id and not connection.needs_rollback:
            _set("" if previous is None else str(previous))


def call(function: str, arguments: Sequence[Argument]) -> tuple[object, ...]:
    """Call an SQL function that sets the mall itself, in one round trip, and return its one row.

    `function` is a name written in our code, never input. The statement is prepared once a connection: parsing and
    planning it anew cost as much as writing two rows. Inside a transaction the mall is given back afterwards.
    Raises Django's database errors.
    """
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    raw: Connection = database.connection
    with database.wrap_database_errors:
        if database.in_atomic_block and raw.pgconn.transaction_status == TransactionStatus.IDLE:
            _check(raw, raw.pgconn.exec_(b"BEGIN"))
        names = _prepared.setdefault(raw, set())
        if function not in names:
            _check(raw, raw.pgconn.prepare(function.encode(), _statement(function, len(arguments))))
            names.add(function)
        texts = cast("list[bytes]", [_text(value) for value in arguments])  # None is NULL, which the stub forgets
        result = _check(raw, raw.pgconn.exec_prepared(function.encode(), texts))
        rows = Transformer(raw)
        rows.set_pgresult(result)
        row = rows.load_row(0, tuple)
    if database.queries_logged:
        database.queries_log.append({"sql": _statement(function, len(arguments)).decode(), "time": ""})
    if database.in_atomic_block:
        _set("" if _current.mall is None else str(_current.mall))
    if row is None:
        raise LookupError(f"{function} returned no row")
    return row


_prepared: WeakKeyDictionary[Connection, set[str]] = WeakKeyDictionary()


def _statement(function: str, arguments: int) -> bytes:
    marks = ", ".join(f"${position}" for position in range(1, arguments + 1))
    return f"SELECT * FROM {function}({marks})".encode()  # noqa: S608 - the name is ours


def _text(value: Argument) -> bytes | None:
    match value:
        case None:
            return None
        case bytes():
            return b"\\x" + value.hex().encode()
        case datetime():
            return value.isoformat().encode()
        case str() if "\0" in value:
            raise psycopg.DataError("PostgreSQL text cannot contain NUL")
        case _:
            return str(value).encode()


def _check(raw: Connection, result: PGresult) -> PGresult:
    if result.status in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
        return result
    # Without an SQLSTATE it was not the server that spoke, but libpq of a server that is gone.
    if raw.pgconn.status != ConnStatus.OK or not result.error_field(DiagnosticField.SQLSTATE):
        raise psycopg.OperationalError(raw.pgconn.error_message.decode(errors="replace"))
    raise error_from_result(result)


def _begin(mall_id: int) -> None:
    """Open the transaction and name the mall in one message: a second one costs 0.1 ms a request."""
    connection.ensure_connection()
    raw: Connection = connection.connection
    with connection.wrap_database_errors:
        _check(raw, raw.pgconn.exec_(f"BEGIN; SELECT set_config('pendopo.mall', '{int(mall_id)}', true)".encode()))


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pendopo.mall', %s, true)", [value])
