"""A module writes only its own tables. `booking.ticket.save()` is not seen here: the reviewer sees it."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps

from tests.sources import CHECKOUT, Source, product, strings

WRITES = {
    "create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create", "_raw_delete",
}  # fmt: skip
ON_A_ROW = {"save", "delete"}
SQL_WRITES = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|COPY)\s+([a-z]+_[a-z_]+)", re.IGNORECASE)
# The function of a hot path witnesses itself: one round trip.
WITNESSED = "audit_entry"
# Removes a mall with all its rows, as the role owner; `backup` and `demo` are the only ones that do.
ABOVE_MODULES = {"pendopo/demo/removal.py"}


def test_modules_write_only_their_own_rows() -> None:
    found = {place for source in product() if source.name not in ABOVE_MODULES for place in foreign_writes(source)}

    assert found == set()


def test_sql_writes_only_its_own_tables() -> None:
    tables = {model._meta.db_table for model in apps.get_models()}
    texts = [(source.name, source.module, text) for source in product() for text in strings(source.tree)]
    texts += [(path.name, path.parts[-3], path.read_text()) for path in (CHECKOUT / "pendopo").glob("*/sql/*.sql")]
    written = [(name, module, table) for name, module, text in texts for table in SQL_WRITES.findall(text)]

    assert {table for _name, _module, table in written} >= {"queues_ticket", "tenancy_region", WITNESSED}
    foreign = [
        (name, table)
        for name, module, table in written
        if table in tables and not table.startswith(f"{module}_") and table != WITNESSED
    ]
    assert foreign == []


def foreign_writes(source: Source) -> Iterator[str]:
    """Name each line of a file that writes rows of another module's models."""
    foreign = {
        local
        for name, local in source.imported()
        if name.startswith("pendopo.") and name.endswith(".models") and name.split(".")[1] != source.module
    }
    for scope in [source.tree, *(node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef))]:
        rows = set() if isinstance(scope, ast.Module) else _rows(scope, foreign)
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                verb, whose = node.func.attr, node.func.value
                through_row = verb in ON_A_ROW and isinstance(whose, ast.Name) and whose.id in rows
                if through_row or (verb in WRITES | ON_A_ROW and _root(whose) in foreign):
                    yield f"{source.name}:{node.lineno} {_root(whose)}.{verb}"


def _rows(scope: ast.AST, foreign: set[str]) -> set[str]:
    """Local names that hold a row of another module: declared, made, fetched or looped over."""
    names: set[str] = set()
    for node in ast.walk(scope):
        if isinstance(node, ast.arg) and node.annotation and _names(node.annotation) & foreign:
            names.add(node.arg)
        elif isinstance(node, ast.Assign) and _root(node.value) in foreign:
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    for node in ast.walk(scope):
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name) and _root(node.iter) in foreign | names:
            names.add(node.target.id)
    return names


def _names(node: ast.AST) -> set[str]:
    return {found.id for found in ast.walk(node) if isinstance(found, ast.Name)}


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


@pytest.mark.parametrize(
    "line",
    [
        "Mall.objects.create()",
        "Mall.objects.using('owner').filter(pk=1).update(name='x')",
        "Mall(slug='x').save()",
        "def f(mall: Mall): mall.delete()",
        "def f(): \n  mall = Mall.objects.get(pk=1)\n  mall.save()",
        "def f(malls: list[Mall]):\n  for mall in malls: mall.save()",
    ],
)
def test_the_test_sees(line: str) -> None:
    source = Source(CHECKOUT / "pendopo" / "queues" / "imagined.py")
    source.__dict__["tree"] = ast.parse(f"from pendopo.tenancy.models import Mall\n{line}")

    assert list(foreign_writes(source))
