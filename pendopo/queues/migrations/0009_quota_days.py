from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable, SqlFunctions

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """Give services on their weekdays, events their own line, and a phone one live ticket a queue."""

    dependencies = [
        ("agencies", "0004_opening_in_one"),
        ("catalogue", "0002_wall"),
        ("queues", "0007_figures"),
        ("tenancy", "0003_devices"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("name", models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="ServiceDays",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekdays", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name_plural": "service days",
            },
        ),
        migrations.AddField(
            model_name="ticket",
            name="holder",
            field=models.CharField(blank=True, db_default="", max_length=32),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("holder", ""), _negated=True), ("state__in", ["waiting", "called", "serving"])
                ),
                fields=("mall", "queue", "day", "holder"),
                name="one_live_ticket_a_phone",
            ),
        ),
        migrations.AddField(
            model_name="eventday",
            name="mall",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
        ),
        migrations.AddField(
            model_name="eventday",
            name="queue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="queues.queue"
            ),
        ),
        migrations.AddField(
            model_name="eventday",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.service"
            ),
        ),
        migrations.AddField(
            model_name="eventday",
            name="site",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.site"),
        ),
        migrations.AddField(
            model_name="servicedays",
            name="mall",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
        ),
        migrations.AddField(
            model_name="servicedays",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.service"
            ),
        ),
        migrations.AddField(
            model_name="servicedays",
            name="site",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.site"),
        ),
        migrations.AddField(
            model_name="servicedays",
            name="variant",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.variant"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventday",
            constraint=models.UniqueConstraint(fields=("mall", "service", "site", "day"), name="one_event_a_day"),
        ),
        migrations.AddConstraint(
            model_name="servicedays",
            constraint=models.UniqueConstraint(
                fields=("mall", "service", "site", "variant"), name="service_days_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="servicedays",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__range", (1, 127))), name="service_days_of_a_week"
            ),
        ),
        ProtectMallTable("queues_eventday"),
        ProtectMallTable("queues_servicedays"),
        CompositeReference("queues_eventday", "site_id", "tenancy_site"),
        CompositeReference("queues_eventday", "service_id", "catalogue_service"),
        CompositeReference("queues_eventday", "queue_id", "queues_queue"),
        CompositeReference("queues_servicedays", "site_id", "tenancy_site"),
        CompositeReference("queues_servicedays", "service_id", "catalogue_service"),
        CompositeReference("queues_servicedays", "variant_id", "catalogue_variant"),
        SqlFunctions(HERE / "sql_0009", ("queues_next_day",)),
    ]
