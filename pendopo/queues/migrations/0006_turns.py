from pathlib import Path

from django.db import migrations, models

from pendopo.tenancy.operations import ReplaceFunctions, SqlFunctions

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """Call by turns, hold who may not be called now, give places of one ledger, join tickets to one visit."""

    dependencies = [
        ("agencies", "0004_opening_in_one"),
        ("catalogue", "0002_wall"),
        ("queues", "0005_complete_hall"),
        ("tenancy", "0003_devices"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="joined",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(condition=models.Q(("joined", True)), fields=["visit"], name="ticket_of_visit"),
        ),
        SqlFunctions(HERE / "sql_0006", ("queues_quota",)),
        ReplaceFunctions(HERE / "sql_0006", HERE / "sql_0004", ("queues_ahead", "queues_take", "queues_call")),
    ]
