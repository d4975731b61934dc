import django.db.models.deletion
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Let vans have stops."""

    dependencies = [
        ("tenancy", "0003_devices"),
    ]

    operations = [
        migrations.CreateModel(
            name="Stop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                ("place", models.CharField(max_length=160)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=120)),
                (
                    "mall",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stops", to="tenancy.site"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "site", "day"], name="stops_of_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens"))), name="stop_closes_after_opening"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at__isnull", True), ("reason", "")),
                            models.Q(("cancelled_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="stop_called_off_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at", None)),
                        fields=("mall", "site", "day", "opens"),
                        name="stop_once",
                    ),
                ],
            },
        ),
        ProtectMallTable("tenancy_stop"),
        CompositeReference("tenancy_stop", "site_id", "tenancy_site"),
    ]
