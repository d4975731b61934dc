import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable


class Migration(migrations.Migration):
    """Keep what was decided of each service, and what its agency's own office does."""

    dependencies = [
        ("catalogue", "0005_standards"),
        ("tenancy", "0004_van"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CoverageDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "coverage",
                    models.CharField(
                        choices=[
                            ("in", "Dilayani di MPP"),
                            ("front_desk", "Hanya penerimaan berkas"),
                            ("forward", "Diterima di MPP, dikerjakan instansi"),
                            ("not", "Tidak dibawa ke MPP"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField()),
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
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="catalogue.service"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "service", "-id"], name="coverage_last_decision")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("coverage", "in"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="coverage_less_than_all_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnOffice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("serves", "Masih melayani"),
                            ("closed", "Sudah tutup"),
                            ("never", "Tidak pernah melayani sendiri"),
                        ],
                        max_length=6,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=160)),
                ("closed_on", models.DateField(null=True)),
                ("decree", models.CharField(blank=True, max_length=120)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("file_path", models.CharField(blank=True, max_length=160)),
                ("file_sha256", models.BinaryField(max_length=32, null=True)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="own_office", to="catalogue.service"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__isnull", False),
                                ("file_sha256__isnull", False),
                                ("state", "closed"),
                                models.Q(("decree", ""), _negated=True),
                                models.Q(("file_path", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_on__isnull", True),
                                ("decree", ""),
                                ("file_path", ""),
                                ("file_sha256__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="own_office_closed_with_proof",
                    )
                ],
            },
        ),
        ProtectMallTable("catalogue_coveragedecision"),
        ProtectMallTable("catalogue_ownoffice"),
        CompositeReference("catalogue_coveragedecision", "service_id", "catalogue_service"),
        CompositeReference("catalogue_ownoffice", "service_id", "catalogue_service"),
        OnlyAdded("catalogue_coveragedecision"),
    ]
