import django.db.models.deletion
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Keep agreements, who has to sign them, and days on which many were signed."""

    dependencies = [
        ("agencies", "0006_planned_closings"),
        ("tenancy", "0004_van"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mou", "Nota kesepakatan"),
                            ("plan", "Rencana kerja"),
                            ("contract", "Perjanjian kerja sama"),
                            ("commitment", "Komitmen layanan"),
                        ],
                        max_length=10,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("scope", models.TextField(blank=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=200)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("file_path", models.CharField(blank=True, max_length=160)),
                ("file_sha256", models.BinaryField(max_length=32, null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="agencies.agreement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("place", models.CharField(max_length=160)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Signatory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=160)),
                ("signer", models.CharField(blank=True, max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[("underway", "Disiapkan"), ("not", "Belum bersedia"), ("signed", "Ditandatangani")],
                        default="underway",
                        max_length=8,
                    ),
                ),
                ("signed_on", models.DateField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_ready", "Belum siap"),
                            ("superior", "Menunggu keputusan pusat atau atasan"),
                            ("room", "Tempat belum tersedia"),
                            ("system", "Perangkat atau jaringan belum siap"),
                            ("other", "Pertimbangan lain"),
                        ],
                        max_length=9,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("next_step", models.CharField(blank=True, max_length=200)),
                ("due_on", models.DateField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatories", to="agencies.agreement"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "signing",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatories",
                        to="agencies.signing",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "signatories",
            },
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="agreement_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_because", ""), ("ended_on__isnull", True)),
                    models.Q(("ended_on__isnull", False), models.Q(("ended_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="agreement_ended_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("file_path", ""), ("file_sha256__isnull", True)),
                    models.Q(models.Q(("file_path", ""), _negated=True), ("file_sha256__isnull", False)),
                    _connector="OR",
                ),
                name="agreement_file_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("mall", "renews"), name="agreement_renewed_once"),
        ),
        migrations.AddIndex(
            model_name="signatory",
            index=models.Index(fields=["mall", "agency"], name="signatory_by_agency"),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("name", "")),
                    models.Q(("agency__isnull", True), models.Q(("name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="signatory_is_agency_or_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("signed_on__isnull", False), ("state", "signed"), models.Q(("signer", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("state", "signed"), _negated=True),
                        ("signed_on__isnull", True),
                        ("signing__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="signatory_signed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "not"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                ),
                name="signatory_refuses_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.UniqueConstraint(fields=("mall", "agreement", "agency"), name="signatory_agency_once"),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agency", None)), fields=("mall", "agreement", "name"), name="signatory_name_once"
            ),
        ),
        ProtectMallTable("agencies_signing"),
        ProtectMallTable("agencies_agreement"),
        ProtectMallTable("agencies_signatory"),
        CompositeReference("agencies_agreement", "renews_id", "agencies_agreement"),
        CompositeReference("agencies_signatory", "agreement_id", "agencies_agreement"),
        CompositeReference("agencies_signatory", "agency_id", "agencies_agency"),
        CompositeReference("agencies_signatory", "signing_id", "agencies_signing"),
    ]
