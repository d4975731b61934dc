from pathlib import Path

from django.db import migrations

from pendopo.tenancy.operations import SqlFunctions


class Migration(migrations.Migration):
    """Create the function that tells a day off."""

    dependencies = [("worktime", "0002_wall")]

    operations = [SqlFunctions(Path(__file__).parent / "sql_0003", ("worktime_day_off",))]
