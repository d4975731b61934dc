import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable


class Migration(migrations.Migration):
    """End services and variants, keep fees apart, keep decrees, and name who signs a maklumat."""

    dependencies = [
        ("agencies", "0010_apps"),
        ("catalogue", "0007_notices"),
        ("tenancy", "0005_van_fleet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CharterSigner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office", models.CharField(max_length=120)),
                ("name", models.CharField(max_length=120)),
                ("decree", models.CharField(max_length=120)),
                ("decree_on", models.DateField()),
                ("set_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="fee",
            name="fee_once_a_day",
        ),
        migrations.AddField(
            model_name="fee",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="fee",
            name="written_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="published",
            name="fees",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name="service",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="standard",
            name="file_name",
            field=models.CharField(blank=True, db_default="", max_length=120),
        ),
        migrations.AddField(
            model_name="standard",
            name="file_path",
            field=models.CharField(blank=True, db_default="", max_length=160),
        ),
        migrations.AddField(
            model_name="standard",
            name="file_sha256",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name="variant",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="fee",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis", ""), _negated=True), name="fee_by_regulation"
            ),
        ),
        migrations.AddConstraint(
            model_name="fee",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("withdrawn_at", None)),
                expressions=[
                    ("mall", "="),
                    ("variant", "="),
                    (
                        models.Func(
                            models.F("valid_from"),
                            models.F("valid_to"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="fee_one_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="standard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file_path", ""), ("file_sha256__isnull", True)),
                    models.Q(models.Q(("file_path", ""), _negated=True), ("file_sha256__isnull", False)),
                    _connector="OR",
                ),
                name="standard_file_with_digest",
            ),
        ),
        migrations.AddField(
            model_name="chartersigner",
            name="account",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="chartersigner",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="chartersigner",
            name="mall",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
        ),
        migrations.AddIndex(
            model_name="chartersigner",
            index=models.Index(fields=["mall", "agency", "-id"], name="charter_last_signer"),
        ),
        migrations.AddConstraint(
            model_name="chartersigner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("office", ""), _negated=True),
                    models.Q(("name", ""), _negated=True),
                    models.Q(("decree", ""), _negated=True),
                ),
                name="charter_signer_by_decree",
            ),
        ),
        ProtectMallTable("catalogue_chartersigner"),
        CompositeReference("catalogue_chartersigner", "agency_id", "agencies_agency"),
        OnlyAdded("catalogue_chartersigner"),
    ]
