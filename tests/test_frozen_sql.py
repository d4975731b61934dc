"""Functions of hot paths: the living text is the newest frozen one, and what the database runs."""

import re
from pathlib import Path

import pytest
from django.db import connection

from pendopo.queues.models import Ticket
from pendopo.queues.types import MOVES, SQL_MOVES, State
from tests.sources import CHECKOUT, product, strings

LIVING = sorted((CHECKOUT / "pendopo").glob("*/sql/*.sql"))


def newest(living: Path) -> Path:
    """The newest frozen copy of a function."""
    frozen = sorted(living.parents[1].glob(f"migrations/sql_*/{living.name}"))
    assert frozen, f"{living.name} is in no migration: copy it to migrations/sql_NNNN/ and create it there"
    return frozen[-1]


@pytest.mark.parametrize("living", LIVING, ids=lambda path: path.stem)
def test_the_living_text_is_the_newest_frozen_one(living: Path) -> None:
    assert living.read_text() == newest(living).read_text(), f"Freeze {living.name} anew in a migration of its own."


def test_every_frozen_function_still_lives() -> None:
    frozen = {path.name for path in (CHECKOUT / "pendopo").glob("*/migrations/sql_*/*.sql")}

    assert frozen == {path.name for path in LIVING}


@pytest.mark.django_db
@pytest.mark.parametrize("living", LIVING, ids=lambda path: path.stem)
def test_the_database_runs_it_with_the_rights_of_whoever_calls(living: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosecdef, pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", [living.stem])
        rows = cursor.fetchall()

    assert living.stem.startswith(f"{living.parts[-3]}_")
    assert len(rows) == 1, "one function of a name: an overload would be called by accident"
    definer, text = rows[0]
    assert not definer
    assert _body(text) == _body(living.read_text())
    assert "SECURITY INVOKER" in living.read_text()


def _body(text: str) -> str:
    opening = re.search(r"\$\w*\$", text)
    assert opening
    return text.split(opening[0])[1]


def test_functions_are_called_only_from_actions_and_queries_of_their_module() -> None:
    names = re.compile(r"\b(" + "|".join(path.stem for path in LIVING) + r")\b(?:\(|$)")
    callers = {
        (
            source.module,
            source.path.relative_to(CHECKOUT / "pendopo" / source.module).parts[0].removesuffix(".py"),
            name,
        )
        for source in product()
        if source.module
        for text in strings(source.tree)
        for name in names.findall(text)
    }

    assert callers
    assert {caller for caller in callers if caller[1] not in {"actions", "queries"}} == set()
    assert {caller for caller in callers if not caller[2].startswith(f"{caller[0]}_")} == set()


def test_the_moves_of_sql_are_those_that_python_leaves_to_it() -> None:
    made, moved = set(), set()
    for path in LIVING:
        text = re.sub(r"--.*", "", path.read_text())
        for values in re.findall(r"INSERT INTO queues_ticket \(.*?\)\s+SELECT (.*?)\n  \)", text, re.DOTALL):
            made |= set(re.findall(r"'(\w+)'", values)) & set(State.values)
        for wanted in re.findall(r"UPDATE queues_ticket\b.*?SET state = '(\w+)'", text, re.DOTALL):
            # The row was chosen, and locked, by the state it is in.
            chosen = re.findall(r"FROM queues_ticket t\s+WHERE[^;]*?t\.state = '(\w+)'[^;]*?FOR UPDATE", text)
            moved |= {(State(now), State(wanted)) for now in chosen}

    assert made == {State.WAITING}
    assert moved == SQL_MOVES


@pytest.mark.parametrize("now", State)
@pytest.mark.parametrize("wanted", State)
def test_python_never_makes_a_move_of_sql(now: State, wanted: State) -> None:
    lawful = wanted in MOVES[now] and (now, wanted) not in SQL_MOVES

    assert Ticket(state=now).can_move_to(wanted) is lawful
