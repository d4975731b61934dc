import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Region",
            fields=[
                ("code", models.CharField(max_length=13, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("provinsi", "Provinsi"),
                            ("kabkota", "Kabupaten/Kota"),
                            ("kecamatan", "Kecamatan"),
                            ("keldesa", "Kelurahan/Desa"),
                        ],
                        max_length=9,
                    ),
                ),
                ("parent_code", models.CharField(blank=True, max_length=13)),
                ("edition", models.CharField(max_length=60)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["parent_code"], name="region_children")],
            },
        ),
        migrations.CreateModel(
            name="Mall",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("government", models.CharField(max_length=120)),
                (
                    "timezone",
                    models.CharField(
                        choices=[("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")],
                        default="Asia/Jakarta",
                        max_length=20,
                    ),
                ),
                ("is_demo", models.BooleanField(default=False)),
                ("texts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                (
                    "region",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.region"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("hall", "Gedung"), ("van", "Kendaraan keliling"), ("outpost", "Pos layanan")],
                        default="hall",
                        max_length=10,
                    ),
                ),
                ("address", models.TextField(blank=True)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mall", "name"), name="site_name_once")],
            },
        ),
        migrations.CreateModel(
            name="Zone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=80)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="zones", to="tenancy.site"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mall", "site", "code"), name="zone_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("kiosk", "Kios"),
                            ("board", "Papan antrean"),
                            ("counter", "PC loket"),
                            ("pad", "Alat nilai"),
                            ("printer", "Pencetak"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("token_hash", models.BinaryField(max_length=32)),
                ("paper", models.CharField(blank=True, max_length=10)),
                ("last_seen_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "site",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.site"),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.zone"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mall", "name"), name="device_name_once")],
            },
        ),
    ]
