from pathlib import Path

from django.db import migrations, models

from pendopo.tenancy.operations import ReplaceFunctions

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """Keep the index of visits at counters for visits: asked about a counter, it read everybody who was called."""

    dependencies = [("queues", "0010_planned_closings")]

    operations = [
        migrations.RemoveConstraint(model_name="ticket", name="visit_at_one_counter"),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["called", "serving"]), ("visit__gt", 0)),
                fields=("visit",),
                name="visit_at_one_counter",
            ),
        ),
        ReplaceFunctions(HERE / "sql_0011", HERE / "sql_0006", ("queues_take", "queues_call")),
    ]
