from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable, ReplaceFunctions

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """Follow what is taken in for an agency; give no number for a case that was ended."""

    dependencies = [
        ("agencies", "0010_apps"),
        ("catalogue", "0008_services_and_fees"),
        ("queues", "0016_structure"),
        ("tenancy", "0005_van_fleet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ForwardedCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agency_number", models.CharField(blank=True, max_length=40)),
                ("papers", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("taken_in", "Berkas diterima di MPP"),
                            ("sent", "Dikirim ke instansi"),
                            ("received", "Diterima instansi"),
                            ("asked", "Diminta melengkapi"),
                            ("ready", "Hasil siap diambil di MPP"),
                            ("rejected", "Ditolak"),
                            ("given_back", "Sudah diserahkan"),
                        ],
                        default="taken_in",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("promised_on", models.DateField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="case", to="queues.ticket"
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.variant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken_in", "Berkas diterima di MPP"),
                            ("sent", "Dikirim ke instansi"),
                            ("received", "Diterima instansi"),
                            ("asked", "Diminta melengkapi"),
                            ("ready", "Hasil siap diambil di MPP"),
                            ("rejected", "Ditolak"),
                            ("given_back", "Sudah diserahkan"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=200)),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="queues.forwardedcase"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="forwardedcase",
            index=models.Index(fields=["mall", "agency", "state"], name="case_of_agency"),
        ),
        migrations.AddIndex(
            model_name="casestep",
            index=models.Index(fields=["mall", "case", "id"], name="case_steps"),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["asked", "rejected"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="case_step_with_reason",
            ),
        ),
        ProtectMallTable("queues_forwardedcase"),
        ProtectMallTable("queues_casestep"),
        CompositeReference("queues_forwardedcase", "ticket_id", "queues_ticket"),
        CompositeReference("queues_forwardedcase", "agency_id", "agencies_agency"),
        CompositeReference("queues_forwardedcase", "variant_id", "catalogue_variant"),
        CompositeReference("queues_casestep", "case_id", "queues_forwardedcase"),
        OnlyAdded("queues_forwardedcase", except_columns=("agency_number", "state", "changed_at")),
        OnlyAdded("queues_casestep"),
        ReplaceFunctions(HERE / "sql_0017", HERE / "sql_0015", ("queues_take",)),
    ]
