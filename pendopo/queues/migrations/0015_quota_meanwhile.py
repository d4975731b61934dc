from pathlib import Path

from django.db import migrations

from pendopo.tenancy.operations import ReplaceFunctions

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """Count a number in its quota also when the quota was made in the moment between the look and the number."""

    dependencies = [("queues", "0014_vacancies")]

    operations = [ReplaceFunctions(HERE / "sql_0015", HERE / "sql_0012", ("queues_take",))]
