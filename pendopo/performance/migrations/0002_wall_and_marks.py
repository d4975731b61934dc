from pathlib import Path

from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, LoneMallTable, ProtectMallTable, SqlFunctions

FUNCTIONS = ("performance_mark_ticket", "performance_mark_period", "performance_mark_visit")
# A row of today passes by without a call: the conditions are looked at before, in less than a microsecond. No mall knows
# its date here: a day is taken for over as soon as it is so in the east (WIT), and a period for begun as late as it may
# have been, in the west (WIB). So nothing of a past day is missed; between 22.00 and 24.00 WIB a few too many are marked.
OVER = "(statement_timestamp() AT TIME ZONE 'Asia/Jayapura')::date"
BEGUN = "({}.started_at AT TIME ZONE 'Asia/Jakarta')::date"
FIGURES = ("state", "outcome", "variant_id", "visit_id", "day")
CHANGED = f"({', '.join(f'OLD.{name}' for name in FIGURES)}) IS DISTINCT FROM ({', '.join(f'NEW.{name}' for name in FIGURES)})"
OLD_PERIOD, NEW_PERIOD = BEGUN.format("OLD"), BEGUN.format("NEW")
TRIGGERS = (
    ("performance_ticket_added", "INSERT", "queues_ticket", f"NEW.day < {OVER}"),
    ("performance_ticket_changed", "UPDATE", "queues_ticket", f"(OLD.day < {OVER} OR NEW.day < {OVER}) AND {CHANGED}"),
    ("performance_ticket_removed", "DELETE", "queues_ticket", f"OLD.day < {OVER}"),
    ("performance_period_added", "INSERT", "queues_period", f"{NEW_PERIOD} < {OVER}"),
    ("performance_period_changed", "UPDATE", "queues_period", f"{OLD_PERIOD} < {OVER} OR {NEW_PERIOD} < {OVER}"),
    ("performance_period_removed", "DELETE", "queues_period", f"{OLD_PERIOD} < {OVER}"),
    (
        "performance_visit_changed",
        "UPDATE",
        "queues_visit",
        f"NEW.day < {OVER} AND OLD.checked_in_at IS DISTINCT FROM NEW.checked_in_at",
    ),
)
ON = "\n".join(
    f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW WHEN ({when})"
    f" EXECUTE FUNCTION performance_mark_{table.removeprefix('queues_')}();"
    for name, verb, table, when in TRIGGERS
)
OFF = "\n".join(f"DROP TRIGGER {name} ON {table};" for name, _verb, table, _when in TRIGGERS)


class Migration(migrations.Migration):
    """Build the wall between malls, and let rows of past days mark their day."""

    dependencies = [
        ("performance", "0001_initial"),
        ("queues", "0014_vacancies"),
    ]

    operations = [
        *(ProtectMallTable(f"performance_{name}") for name in ("dayrollup", "servicerollup", "staleday")),
        *(LoneMallTable(f"performance_{name}") for name in ("dayrollup", "servicerollup", "staleday")),
        CompositeReference("performance_servicerollup", "service_id", "catalogue_service"),
        SqlFunctions(Path(__file__).parent / "sql_0002", FUNCTIONS),
        migrations.RunSQL(ON, OFF),
    ]
