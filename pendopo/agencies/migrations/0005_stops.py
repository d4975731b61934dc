from pathlib import Path

from django.db import migrations

from pendopo.tenancy.operations import ReplaceFunctions

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """Open a van where and when it stops."""

    dependencies = [("agencies", "0004_opening_in_one"), ("tenancy", "0004_van"), ("worktime", "0003_functions")]

    operations = [ReplaceFunctions(HERE / "sql_0005", HERE / "sql_0004", ("agencies_opening",))]
