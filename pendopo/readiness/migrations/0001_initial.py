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
VALUES = {"table": "readiness_value", "what": "mall_id, gate", "column": "corrects_id"}


class Migration(migrations.Migration):
    """Keep gates, values, evidence, the plan and assessments."""

    initial = True

    dependencies = [
        ("agencies", "0009_duty_and_presence"),
        ("tenancy", "0005_van_fleet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GateVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField()),
                ("reason", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField()),
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
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Gate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=120)),
                (
                    "unit",
                    models.CharField(
                        choices=[("percent", "persen"), ("points", "nilai"), ("count", "jumlah")], max_length=7
                    ),
                ),
                ("threshold", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                ("source", models.CharField(max_length=200)),
                ("source_on", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gates", to="readiness.gateversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held_on", models.DateField()),
                ("is_ready", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=300)),
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
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="readiness.gateversion"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("letter", "Surat usulan"),
                            ("assessment", "Penilaian kesiapan"),
                            ("visit", "Kunjungan kementerian"),
                            ("pass", "Lulus"),
                            ("other", "Langkah lain"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("month", models.DateField()),
                ("office", models.CharField(blank=True, max_length=120)),
                ("done_on", models.DateField(null=True)),
                ("evidence", models.CharField(blank=True, max_length=200)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Value",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gate", models.CharField(max_length=30)),
                ("value", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "exactness",
                    models.CharField(
                        choices=[("exact", "tepat"), ("above", "lebih dari")], default="exact", max_length=5
                    ),
                ),
                ("out_of", models.PositiveIntegerField(null=True)),
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
                        to="readiness.value",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AssessmentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("item", models.CharField(max_length=45)),
                ("name", models.CharField(max_length=120)),
                ("is_met", models.BooleanField(null=True)),
                ("told", models.TextField()),
                ("owner", models.CharField(blank=True, max_length=160)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="readiness.assessment"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "assessment", "item"), name="assessment_line_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Charge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=45)),
                ("office", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "item"), name="readiness_charge_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency__isnull", False), ("office", "")),
                            models.Q(("agency__isnull", True), models.Q(("office", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="readiness_charge_of_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.CharField(max_length=30)),
                ("text", models.CharField(max_length=300)),
                ("source", models.CharField(max_length=200)),
                ("on", models.DateField()),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("file_path", models.CharField(blank=True, max_length=160)),
                ("file_sha256", models.BinaryField(max_length=32, null=True)),
                ("noted_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=200)),
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
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "indexes": [models.Index(fields=["mall", "criterion"], name="readiness_evidence_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("source", ""), _negated=True)
                        ),
                        name="readiness_evidence_has_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file_path", ""), ("file_sha256__isnull", True)),
                            models.Q(models.Q(("file_path", ""), _negated=True), ("file_sha256__isnull", False)),
                            _connector="OR",
                        ),
                        name="readiness_evidence_file_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_because", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="readiness_evidence_withdrawn_with_reason",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="gateversion",
            constraint=models.UniqueConstraint(fields=("mall", "number"), name="gate_version_once"),
        ),
        migrations.AddConstraint(
            model_name="gateversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="gate_version_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.UniqueConstraint(fields=("mall", "version", "code"), name="gate_once_a_version"),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="gate_has_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(("threshold", None), ("threshold__gte", 0), _connector="OR"),
                name="gate_threshold_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("unit", "percent"), _negated=True),
                    ("threshold", None),
                    ("threshold__lte", 100),
                    _connector="OR",
                ),
                name="gate_within_hundred",
            ),
        ),
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(fields=["mall", "-held_on", "-id"], name="assessment_last"),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.UniqueConstraint(fields=("mall", "name"), name="plan_step_once"),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.CheckConstraint(condition=models.Q(("month__day", 1)), name="plan_step_in_a_month"),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("office", "")),
                    models.Q(("agency__isnull", True), models.Q(("office", ""), _negated=True)),
                    _connector="OR",
                ),
                name="plan_step_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="planstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on__isnull", True), ("evidence", "")),
                    models.Q(("done_on__isnull", False), models.Q(("evidence", ""), _negated=True)),
                    _connector="OR",
                ),
                name="plan_step_done_with_evidence",
            ),
        ),
        migrations.AddIndex(
            model_name="value",
            index=models.Index(fields=["mall", "gate", "-as_of", "-id"], name="readiness_value_last"),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="readiness_value_positive"),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="readiness_value_has_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrects__isnull", True), ("reason", "")),
                    models.Q(("corrects__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="readiness_value_corrected_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(
                condition=models.Q(("out_of", None), ("out_of__gte", 1), _connector="OR"),
                name="readiness_value_out_of_some",
            ),
        ),
        *(
            ProtectMallTable(f"readiness_{name}")
            for name in (
                "gateversion",
                "gate",
                "value",
                "charge",
                "evidence",
                "planstep",
                "assessment",
                "assessmentline",
            )
        ),
        CompositeReference("readiness_gate", "version_id", "readiness_gateversion"),
        CompositeReference("readiness_value", "corrects_id", "readiness_value"),
        CompositeReference("readiness_charge", "agency_id", "agencies_agency"),
        CompositeReference("readiness_planstep", "agency_id", "agencies_agency"),
        CompositeReference("readiness_assessment", "version_id", "readiness_gateversion"),
        CompositeReference("readiness_assessmentline", "assessment_id", "readiness_assessment"),
        *(OnlyAdded(f"readiness_{name}") for name in ("gateversion", "gate", "value", "assessment", "assessmentline")),
        OnlyAdded("readiness_evidence", except_columns=("withdrawn_at", "withdrawn_because")),
        migrations.RunSQL(SAME.format(**VALUES), APART.format(**VALUES)),
    ]
