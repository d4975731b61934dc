"""The wall between malls: PostgreSQL shows a transaction the rows of the one mall it has named.

The setting `pendopo.mall` is local to the transaction. Unset, or '' on a used connection, means no rows.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import OperationalError, connection, transaction
from psycopg.pq import ExecStatus

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

    `function` is a name written in our code, never input. Inside a transaction the mall is given back afterwards.
    """
    marks = ", ".join(["%s"] * len(arguments))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}({marks})", list(arguments))  # noqa: S608 - the name is ours
        row = cursor.fetchone()
    if connection.in_atomic_block:
        _set("" if _current.mall is None else str(_current.mall))
    if row is None:
        raise LookupError(f"{function} returned no row")
    return tuple(row)


def _begin(mall_id: int) -> None:
    """Open the transaction and name the mall in one message: a second one costs 0.1 ms a request."""
    connection.ensure_connection()
    pgconn = connection.connection.pgconn
    result = pgconn.exec_(f"BEGIN; SELECT set_config('pendopo.mall', '{int(mall_id)}', true)".encode())
    if result.status != ExecStatus.TUPLES_OK:
        raise OperationalError(pgconn.error_message.decode(errors="replace"))


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pendopo.mall', %s, true)", [value])
