from pathlib import Path

from django.db import migrations

from pendopo.tenancy.operations import SqlFunctions


class Migration(migrations.Migration):
    """Create the functions of the hot paths."""

    dependencies = [("queues", "0002_wall")]

    operations = [
        SqlFunctions(
            Path(__file__).parent / "sql_0003",
            (
                "queues_number",
                "queues_ahead",
                "queues_take",
                "queues_call",
                "queues_board",
            ),
        ),
    ]
