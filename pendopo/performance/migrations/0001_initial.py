import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep the days that are over, added up."""

    initial = True

    dependencies = [
        ("catalogue", "0006_coverage"),
        ("tenancy", "0005_van_fleet"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayRollup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("visitors", models.PositiveIntegerField()),
                ("arrivals", django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField())),
                ("made_at", models.DateTimeField()),
                (
                    "mall",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "day"), name="day_rollup_once"),
                    models.CheckConstraint(
                        condition=models.Q(("arrivals__len", models.F("visitors"))), name="day_rollup_arrivals_all"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceRollup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("taken", models.PositiveIntegerField()),
                ("completed", models.PositiveIntegerField()),
                ("sent_away", models.PositiveIntegerField()),
                ("absent", models.PositiveIntegerField()),
                ("cancelled", models.PositiveIntegerField()),
                ("waits", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField())),
                ("served_seconds", models.PositiveBigIntegerField()),
                (
                    "mall",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.service"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "day", "service"), name="service_rollup_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completed__gte", models.F("sent_away")),
                            (
                                "taken__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("completed"), "+", models.F("absent")
                                    ),
                                    "+",
                                    models.F("cancelled"),
                                ),
                            ),
                            ("waits__len__lte", models.F("taken")),
                        ),
                        name="service_rollup_within_taken",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaleDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "mall",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "day"], name="stale_day")],
            },
        ),
    ]
