import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=24)),
                ("name", models.CharField(max_length=200)),
                ("recognised_as", models.CharField(max_length=200)),
                ("group", models.CharField(blank=True, max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("here", "Diputus di MPP"),
                            ("elsewhere", "Diputus di sistem instansi"),
                            ("forward", "Diterima di sini, dikerjakan instansi"),
                            ("information", "Informasi"),
                        ],
                        default="here",
                        max_length=12,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("imported", "Diimpor"), ("written", "Ditulis"), ("package", "Paket layanan")],
                        default="written",
                        max_length=10,
                    ),
                ),
                ("description", models.TextField(blank=True)),
                ("procedure", models.TextField(blank=True)),
                ("texts", models.JSONField(default=dict)),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "code"), name="service_code_once"),
                    models.UniqueConstraint(fields=("mall", "agency", "recognised_as"), name="service_once_an_agency"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_direct", models.BooleanField(default=True)),
                ("is_mobile", models.BooleanField(default=False)),
                ("is_self_service", models.BooleanField(default=False)),
                ("is_electronic", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in", "Dilayani di MPP"),
                            ("front_desk", "Hanya penerimaan berkas"),
                            ("not", "Belum dilayani di MPP"),
                        ],
                        default="in",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.outlet"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.site"),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offerings", to="catalogue.service"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "service", "site"), name="offering_once_a_site"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "not"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="offering_refused_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=28)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("requirements", models.JSONField(default=list)),
                ("duration", models.CharField(blank=True, max_length=120)),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("texts", models.JSONField(default=dict)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="variants", to="catalogue.service"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "code"), name="variant_code_once"),
                    models.UniqueConstraint(fields=("mall", "service", "position"), name="variant_position_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.BigIntegerField()),
                ("basis", models.CharField(max_length=200)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fees", to="catalogue.variant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="fee_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="fee_ends_after_start",
                    ),
                    models.UniqueConstraint(fields=("mall", "variant", "valid_from"), name="fee_once_a_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Published",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=28)),
                ("service_code", models.CharField(max_length=24)),
                ("name", models.CharField(max_length=400)),
                ("service_name", models.CharField(max_length=200)),
                ("variant_name", models.CharField(blank=True, max_length=200)),
                ("position", models.PositiveSmallIntegerField()),
                ("agency_code", models.CharField(max_length=12)),
                ("agency_name", models.CharField(max_length=160)),
                ("group", models.CharField(blank=True, max_length=120)),
                ("kind", models.CharField(max_length=12)),
                ("description", models.TextField(blank=True)),
                ("procedure", models.TextField(blank=True)),
                ("requirements", models.JSONField(default=list)),
                ("duration", models.CharField(blank=True, max_length=120)),
                ("fee_amount", models.BigIntegerField(null=True)),
                ("fee_basis", models.CharField(blank=True, max_length=200)),
                ("outlet_id", models.BigIntegerField()),
                ("texts", models.JSONField(default=dict)),
                ("search_text", models.TextField()),
                ("published_at", models.DateTimeField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "verbose_name_plural": "published",
                "indexes": [
                    models.Index(fields=["mall", "name", "code"], name="published_by_name"),
                    models.Index(fields=["mall", "service_code"], name="published_by_service"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_text"], name="published_search", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("mall", "code"), name="published_code_once")],
            },
        ),
    ]
