import django.db.models.deletion
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Keep what a mall tells everybody, and the floor plans of its sites."""

    dependencies = [
        ("catalogue", "0006_coverage"),
        ("tenancy", "0005_van_fleet"),
    ]

    operations = [
        migrations.CreateModel(
            name="FloorPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=120)),
                ("file_path", models.CharField(max_length=160)),
                ("file_sha256", models.BinaryField(max_length=32)),
                ("words", models.TextField(max_length=1000)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "site",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.site"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("announcement", "Pengumuman"),
                            ("way", "Cara ke sini"),
                            ("facility", "Sarana kelompok rentan"),
                            ("question", "Tanya jawab"),
                            ("contact", "Kontak"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField(blank=True, max_length=2000)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "site",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.site"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "kind", "starts_on"], name="notices_of_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="notice_ends_after_begin",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("ends_on", None)),
                        fields=("mall", "kind", "site", "title"),
                        name="notice_told_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        ProtectMallTable("catalogue_notice"),
        ProtectMallTable("catalogue_floorplan"),
        CompositeReference("catalogue_notice", "site_id", "tenancy_site"),
        CompositeReference("catalogue_floorplan", "site_id", "tenancy_site"),
    ]
