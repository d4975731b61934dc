from pathlib import Path

from django.db import migrations

from pendopo.tenancy.operations import SqlFunctions


class Migration(migrations.Migration):
    """Create the functions of the hot paths."""

    dependencies = [("agencies", "0002_wall")]

    operations = [
        SqlFunctions(
            Path(__file__).parent / "sql_0003",
            (
                "agencies_opening",
                "agencies_may_serve",
            ),
        ),
    ]
