"""No row of one mall points to a row of another: every reference there is, and every one that will come."""

import pytest
from django.db import IntegrityError, connection, models, transaction

from pendopo.tenancy import wall
from tests.world import build, rows, tables

MALL_TABLES = tables("mall")
REFERENCES = [
    (model._meta.db_table, column.column, column.related_model._meta.db_table)
    for model in MALL_TABLES
    for column in model._meta.fields
    if isinstance(column, models.ForeignKey) and column.related_model in MALL_TABLES
]


@pytest.mark.django_db
def test_every_reference_between_mall_tables_carries_the_mall() -> None:
    held = rows(
        """
        SELECT c.conrelid::regclass::text, a.attname::text, c.confrelid::regclass::text
        FROM pg_constraint c
        JOIN pg_attribute m ON m.attrelid = c.conrelid AND m.attnum = c.conkey[1]
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]
        JOIN pg_attribute fm ON fm.attrelid = c.confrelid AND fm.attnum = c.confkey[1]
        JOIN pg_attribute fa ON fa.attrelid = c.confrelid AND fa.attnum = c.confkey[2]
        WHERE c.contype = 'f' AND array_length(c.conkey, 1) = 2 AND c.convalidated
          AND m.attname = 'mall_id' AND fm.attname = 'mall_id' AND fa.attname = 'id'
        """
    )

    assert len(REFERENCES) > 40
    assert set(REFERENCES) - set(held) == set()


@pytest.mark.django_db
def test_no_row_points_into_another_mall() -> None:
    """Executed for every reference: each is bent to the other mall's row, and refused by its own constraint."""
    here, there = build(), build()
    bent = 0
    for table, column, target in REFERENCES:
        with wall.inside(there.mall.pk):
            # One that no row points to, where there is one: that each is pointed to once would speak first.
            free = f"ORDER BY id IN (SELECT {column} FROM {table}), id LIMIT 1"
            foreign = int(str(rows(f"SELECT id FROM {target} {free}")[0][0]))
        with wall.inside(here.mall.pk):
            name = f"{table}_{column}_same_mall"
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                _bend(table, column, foreign)
            bent += 1

    assert bent == len(REFERENCES)


def _bend(table: str, column: str, foreign: int) -> None:
    """Add a copy of a row that points elsewhere: the app may not change every table, but it adds to each."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {table}_{column}_same_mall IMMEDIATE")
        # Among equals the row that has one: a check on what belongs together would speak first.
        row = f"SELECT id FROM {table} ORDER BY {column} IS NULL, id LIMIT 1"
        if rows("SELECT has_column_privilege(%s, %s, 'UPDATE')", table, column) == [(True,)]:
            cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = ({row})", [foreign])
            return
        found = rows(
            "SELECT column_name::text FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'",
            table,
        )
        columns = [str(name) for (name,) in found]
        values = ", ".join("%s" if name == column else name for name in columns)
        names = ", ".join(columns)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id = ({row})", [foreign])
