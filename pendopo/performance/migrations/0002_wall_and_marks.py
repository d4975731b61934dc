from pathlib import Path

from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, LoneMallTable, ProtectMallTable, SqlFunctions

FUNCTIONS = ("performance_mark_ticket", "performance_mark_period", "performance_mark_visit")
# A condition of the trigger (WHEN) would be parsed anew at each statement, and cost a ticket more than the call of a
# function that passes today's rows by; only what a figure counts calls it.
TRIGGERS = {
    "ticket": "INSERT OR DELETE OR UPDATE OF state, outcome, variant_id, visit_id, day",
    "period": "INSERT OR DELETE OR UPDATE OF kind, started_at, ended_at, ticket_id",
    "visit": "UPDATE OF checked_in_at",
}
ON = "\n".join(
    f"CREATE TRIGGER performance_mark AFTER {when} ON queues_{name}"
    f" FOR EACH ROW EXECUTE FUNCTION performance_mark_{name}();"
    for name, when in TRIGGERS.items()
)
OFF = "\n".join(f"DROP TRIGGER performance_mark ON queues_{name};" for name in TRIGGERS)


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
