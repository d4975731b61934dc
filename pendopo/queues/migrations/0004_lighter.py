from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from pendopo.tenancy.operations import LoneMallTable, ReplaceFunctions

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """Let a ticket cost less: fewer indexes and keys to look up; the series remembers when its last number was given."""

    dependencies = [
        ("queues", "0003_functions"),
        ("tenancy", "0002_wall"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_live",
        ),
        migrations.AddField(
            model_name="series",
            name="last_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="visit",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["person"], condition=models.Q(person__isnull=False), name="visit_of_person"),
        ),
        migrations.AlterField(model_name="series", name="block", field=models.SmallIntegerField(default=0)),
        migrations.AlterField(model_name="series", name="last", field=models.IntegerField(default=0)),
        migrations.AlterField(model_name="ticket", name="number", field=models.IntegerField()),
        migrations.AlterField(model_name="ticket", name="calls", field=models.SmallIntegerField(default=0)),
        migrations.AlterField(
            model_name="event",
            name="mall",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.mall",
            ),
        ),
        migrations.RemoveConstraint(model_name="ticket", name="visit_at_one_counter"),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                fields=["visit"],
                condition=models.Q(state__in=["called", "serving"]),
                name="visit_at_one_counter",
            ),
        ),
        LoneMallTable("queues_period"),
        LoneMallTable("queues_series"),
        ReplaceFunctions(HERE / "sql_0004", HERE / "sql_0003", ("queues_ahead", "queues_take", "queues_call")),
    ]
