import django.db.models.deletion
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Keep the figures of old days when their rows lose names."""

    dependencies = [
        ("catalogue", "0002_wall"),
        ("queues", "0006_turns"),
        ("tenancy", "0003_devices"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="rolled_up",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="hallrules",
            name="recall_gap_seconds",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="DayFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("kiosk", "Kios"),
                            ("phone", "Ponsel"),
                            ("desk", "Meja informasi"),
                            ("van", "Kendaraan keliling"),
                        ],
                        max_length=5,
                    ),
                ),
                ("tickets", models.PositiveIntegerField()),
                ("served", models.PositiveIntegerField()),
                ("absent", models.PositiveIntegerField()),
                ("cancelled", models.PositiveIntegerField()),
                ("sent_away", models.PositiveIntegerField()),
                ("wait_seconds", models.PositiveBigIntegerField()),
                ("service_seconds", models.PositiveBigIntegerField()),
                (
                    "mall",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.variant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "day", "variant", "origin"), name="day_figure_once")
                ],
            },
        ),
        ProtectMallTable("queues_dayfigure"),
        CompositeReference("queues_dayfigure", "variant_id", "catalogue_variant"),
    ]
