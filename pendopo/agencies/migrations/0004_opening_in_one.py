from pathlib import Path

from django.db import migrations

from pendopo.tenancy.operations import ReplaceFunctions

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """Ask for an outlet's hours, and who may serve, in one statement each instead of three."""

    # One SELECT is read when it is made: what it calls must be there.
    dependencies = [("agencies", "0003_functions"), ("worktime", "0003_functions")]

    operations = [ReplaceFunctions(HERE / "sql_0004", HERE / "sql_0003", ("agencies_opening", "agencies_may_serve"))]
