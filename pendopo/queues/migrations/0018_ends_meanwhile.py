from pathlib import Path

from django.db import migrations

from pendopo.tenancy.operations import ReplaceFunctions

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """Give no number for what ended in the moment between the look and the number."""

    dependencies = [("queues", "0017_forwarded_cases")]

    operations = [ReplaceFunctions(HERE / "sql_0018", HERE / "sql_0017", ("queues_take",))]
