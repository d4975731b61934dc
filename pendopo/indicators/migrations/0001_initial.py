import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable

# A correction is of the same thing as what it corrects.
SAME = """
ALTER TABLE {table} ADD CONSTRAINT {table}_thing UNIQUE ({what}, id);
ALTER TABLE {table} ADD CONSTRAINT {table}_same_thing FOREIGN KEY ({what}, {column}) REFERENCES {table} ({what}, id);
"""
APART = """
ALTER TABLE {table} DROP CONSTRAINT {table}_same_thing;
ALTER TABLE {table} DROP CONSTRAINT {table}_thing;
"""
FIGURES = {"table": "indicators_officialfigure", "what": "mall_id, indicator_id", "column": "corrects_id"}
TARGETS = {"table": "indicators_targetpoint", "what": "mall_id, indicator_id, year", "column": "replaces_id"}


class Migration(migrations.Migration):
    """Keep indicators, official figures, the path to a target, and which services count."""

    initial = True

    dependencies = [
        ("catalogue", "0006_coverage"),
        ("tenancy", "0005_van_fleet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30)),
                ("name", models.CharField(max_length=160)),
                (
                    "theme",
                    models.CharField(
                        choices=[
                            ("poverty", "Pengentasan kemiskinan"),
                            ("investment", "Peningkatan investasi"),
                            ("digital", "Digitalisasi administrasi pemerintahan"),
                            ("priority", "Prioritas aktual Presiden"),
                        ],
                        max_length=10,
                    ),
                ),
                ("unit", models.CharField(max_length=40)),
                (
                    "better",
                    models.CharField(
                        choices=[("lower", "makin rendah makin baik"), ("higher", "makin tinggi makin baik")],
                        max_length=6,
                    ),
                ),
                ("publisher", models.CharField(blank=True, max_length=120)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IndicatorService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="services", to="indicators.indicator"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.service"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OfficialFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.DecimalField(decimal_places=2, max_digits=20)),
                ("as_of", models.DateField()),
                ("source", models.CharField(max_length=200)),
                ("is_claim", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("noted_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correction",
                        to="indicators.officialfigure",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="indicators.indicator"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TargetPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=20)),
                ("source", models.CharField(max_length=200)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("noted_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="indicators.indicator"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacement",
                        to="indicators.targetpoint",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="indicator",
            index=models.Index(fields=["mall", "name"], name="indicator_by_name"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(fields=("mall", "code"), name="indicator_code_once"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit", ""), _negated=True), name="indicator_has_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatorservice",
            constraint=models.UniqueConstraint(fields=("mall", "indicator", "service"), name="indicator_service_once"),
        ),
        migrations.AddIndex(
            model_name="officialfigure",
            index=models.Index(fields=["mall", "indicator", "-as_of", "-id"], name="official_figure_last"),
        ),
        migrations.AddConstraint(
            model_name="officialfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="official_figure_has_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="officialfigure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrects__isnull", True), ("reason", "")),
                    models.Q(("corrects__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="official_figure_corrected_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="targetpoint",
            index=models.Index(fields=["mall", "indicator", "year"], name="target_point_by_year"),
        ),
        migrations.AddConstraint(
            model_name="targetpoint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaces", None)),
                fields=("mall", "indicator", "year"),
                name="target_point_begins_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__range", (2000, 2099))), name="target_point_of_this_century"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="target_point_has_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("replaces__isnull", True)),
                    models.Q(("replaces__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="target_point_replaced_with_reason",
            ),
        ),
        *(
            ProtectMallTable(f"indicators_{name}")
            for name in ("indicator", "officialfigure", "targetpoint", "indicatorservice")
        ),
        CompositeReference("indicators_officialfigure", "indicator_id", "indicators_indicator"),
        CompositeReference("indicators_officialfigure", "corrects_id", "indicators_officialfigure"),
        CompositeReference("indicators_targetpoint", "indicator_id", "indicators_indicator"),
        CompositeReference("indicators_targetpoint", "replaces_id", "indicators_targetpoint"),
        CompositeReference("indicators_indicatorservice", "indicator_id", "indicators_indicator"),
        CompositeReference("indicators_indicatorservice", "service_id", "catalogue_service"),
        OnlyAdded("indicators_officialfigure"),
        OnlyAdded("indicators_targetpoint"),
        migrations.RunSQL(SAME.format(**FIGURES), APART.format(**FIGURES)),
        migrations.RunSQL(SAME.format(**TARGETS), APART.format(**TARGETS)),
    ]
