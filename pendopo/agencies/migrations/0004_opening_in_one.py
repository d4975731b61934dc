from pathlib import Path

from django.db import migrations

from pendopo.tenancy.operations import ReplaceFunctions

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """Ask for an outlet's hours in one statement instead of three."""

    dependencies = [("agencies", "0003_functions")]

    operations = [ReplaceFunctions(HERE / "sql_0004", HERE / "sql_0003", ("agencies_opening",))]
