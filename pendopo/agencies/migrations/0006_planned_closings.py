from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable, ReplaceFunctions

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """Keep closings told ahead, and let them answer for an outlet's hours."""

    dependencies = [("agencies", "0005_stops")]

    operations = [
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=80)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("move", "Dilayani loket lain"),
                            ("extend", "Dilayani dahulu: tutup lebih lambat"),
                            ("send_home", "Pulang dengan janji: terdepan pada hari layanan berikutnya"),
                        ],
                        db_default="",
                        max_length=9,
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True)),
                (
                    "counter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="agencies.counter",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closings", to="agencies.outlet"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "ends_at"], name="closing_to_come")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="closing_ends_after_start"
                    )
                ],
            },
        ),
        ProtectMallTable("agencies_closing"),
        CompositeReference("agencies_closing", "outlet_id", "agencies_outlet"),
        CompositeReference("agencies_closing", "counter_id", "agencies_counter"),
        ReplaceFunctions(HERE / "sql_0006", HERE / "sql_0005", ("agencies_opening",)),
    ]
