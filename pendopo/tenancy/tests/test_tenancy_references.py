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


# Pairs that name the older row first: a newer one would be refused for their order.
OLDER = {("agencies_appoverlap", "first_id")}
# A ticket of which no papers are followed.
FREE = "(SELECT max(id) FROM queues_ticket WHERE id NOT IN (SELECT ticket_id FROM queues_forwardedcase))"
WITHOUT = "(SELECT max(id) FROM {table} WHERE id NOT IN (SELECT {column} FROM {of} WHERE {column} IS NOT NULL))"
BILL = WITHOUT.format(table="payments_bill", column="bill_id", of="payments_settlement")
DEPOSIT = WITHOUT.format(table="payments_deposit", column="deposit_id", of="payments_settlement")
WAITS = WITHOUT.format(table="applications_handover", column="handover_id", of="applications_receipt")
# What is given back by nothing yet.
BACK = {
    column: WITHOUT.format(table=f"payments_{table}", column=column, of="payments_return")
    for column, table in (("refund_id", "refund"), ("settlement_id", "settlement"), ("transfer_id", "transfer"))
}
NEXT_RECEIPT = {"position": "position + 1000"}
# What is written with it, of any column or of one: the same twice, or what does not belong together, would speak first.
NEW_PART = {"part": "gen_random_uuid()"}
WITH: dict[tuple[str, str], dict[str, str]] = {
    ("documents_issueddocument", ""): {
        "code": "'another'",
        "number": "2",
        "request_id": "gen_random_uuid()",
        "state": "'superseded'",
    },
    ("documents_issueddocument", "replaced_by_id"): {"state": "'corrected'", "state_reason": "'Salah ketik'"},
    ("documents_waitingpaper", "document_id"): {"state": "'signed'"},
    ("documents_batchpaper", ""): {"position": "position + 1000"},
    **{
        ("documents_waitingpaper", column): {"request_id": "gen_random_uuid()"} for column in ("agency_id", "holder_id")
    },
    ("inspections_place", ""): {"name": "name || ' 2'"},
    ("meetings_letter", ""): {"number": "number || ' 2'"},
    **{(f"inspections_{one}", ""): NEW_PART for one in ("opinion", "finding", "photo", "signature")},
    **{("queues_forwardedcase", column): {"ticket_id": FREE} for column in ("agency_id", "variant_id")},
    ("applications_receipt", "person_id"): {"handover_id": WAITS},
    ("applications_receipt", "representation_id"): {"handover_id": WAITS, "person_id": "NULL"},
    ("payments_charge", ""): {
        "reference": "reference || 'X'",
        "bill_id": WITHOUT.format(table="payments_bill", column="bill_id", of="payments_charge"),
    },
    ("payments_gatewaynotice", ""): {"external": "external || 'X'"},
    ("payments_deposit", "photo_id"): {
        **NEW_PART,
        "mark": "mark || 'X'",
        "bill_id": WITHOUT.format(table="payments_bill", column="bill_id", of="payments_deposit"),
    },
    ("payments_bill", ""): {**NEW_PART, "key": "key || 'X'", "number": "number || 'X'", "position": "position + 1000"},
    ("payments_deposit", ""): {**NEW_PART, "mark": "mark || 'X'"},
    ("payments_refund", ""): NEW_PART,
    ("payments_refundwish", "settlement_id"): NEW_PART,
    ("payments_gatewayrefund", "refund_id"): {"number": "number || 'X'"},
    ("payments_gatewayrefund", "charge_id"): {
        "number": "number || 'X'",
        "refund_id": WITHOUT.format(table="payments_refund", column="refund_id", of="payments_gatewayrefund"),
    },
    ("payments_return", ""): BACK,
    ("payments_return", "at_gateway_id"): {**BACK, "transfer_id": "NULL"},
    ("payments_transfer", ""): {**NEW_PART, "mark": "mark || 'X'"},
    ("payments_settlement", "bill_id"): {"deposit_id": DEPOSIT, **NEXT_RECEIPT},
    ("payments_settlement", "deposit_id"): {"bill_id": BILL, **NEXT_RECEIPT},
    ("payments_settlement", "charge_id"): {"bill_id": BILL, "deposit_id": "NULL", **NEXT_RECEIPT},
    ("payments_settlement", "agency_id"): {"bill_id": BILL, "deposit_id": DEPOSIT, **NEXT_RECEIPT},
    ("readiness_value", "corrects_id"): {"reason": "'Salah ketik'"},
    ("readiness_planstep", "agency_id"): {"office": "''"},
    ("indicators_officialfigure", "corrects_id"): {"reason": "'Salah ketik'"},
    ("indicators_targetpoint", "replaces_id"): {"reason": "'Salah ketik'"},
    ("innovations_replication", "agency_id"): {"taker": "''"},
    ("innovations_igascore", "innovation_id"): {"number": "16"},
}


@pytest.mark.django_db
def test_no_row_points_into_another_mall() -> None:
    """Executed for every reference: each is bent to the other mall's row, and refused by its own constraint."""
    here, there = build(), build()
    bent = 0
    for table, column, target in REFERENCES:
        own, other = (there, here) if (table, column) in OLDER else (here, there)
        with wall.inside(other.mall.pk):
            # One that no row points to, where there is one: that each is pointed to once would speak first.
            free = f"ORDER BY id IN (SELECT {column} FROM {table} WHERE {column} IS NOT NULL), id LIMIT 1"
            foreign = int(str(rows(f"SELECT id FROM {target} {free}")[0][0]))
        with wall.inside(own.mall.pk):
            name = f"{table}_{column}_same_mall"
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                _bend(table, column, foreign)
            bent += 1

    assert bent == len(REFERENCES)


def _bend(table: str, column: str, foreign: int) -> None:
    """Add a copy of a row that points elsewhere: the app may not change every table, but it adds to each."""
    with connection.cursor() as cursor:
        # Whatever else compares the same columns speaks later.
        cursor.execute(f"SET CONSTRAINTS ALL DEFERRED; SET CONSTRAINTS {table}_{column}_same_mall IMMEDIATE")
        # Among equals the row that has one: a check on what belongs together would speak first.
        own = WITH.get((table, column)) or WITH.get((table, "")) or {}
        # Where rows may be closed for good the newest is still open.
        closes = rows("SELECT 1 FROM pg_policies WHERE tablename = %s AND permissive = 'RESTRICTIVE'", table)
        row = f"SELECT id FROM {table} ORDER BY {column} IS NULL, id {'DESC' if closes else ''} LIMIT 1"
        if rows("SELECT has_column_privilege(%s, %s, 'UPDATE')", table, column) == [(True,)]:
            also = "".join(f", {name} = {value}" for name, value in own.items())
            cursor.execute(f"UPDATE {table} SET {column} = %s{also} WHERE id = ({row})", [foreign])
            return
        found = rows(
            "SELECT column_name::text FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'",
            table,
        )
        columns = [str(name) for (name,) in found]
        values = ", ".join("%s" if name == column else own.get(name, f'"{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id = ({row})", [foreign])
