import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable

# Nobody has two places at the same hour. A weekly pattern and a day of its own may overlap: the day wins.
ONE_PLACE = """
ALTER TABLE agencies_duty ADD CONSTRAINT duty_one_place_a_day EXCLUDE USING gist (
  mall_id WITH =, account_id WITH =, day WITH =,
  numrange(extract(epoch FROM starts), extract(epoch FROM ends)) WITH &&
) WHERE (day IS NOT NULL);
ALTER TABLE agencies_duty ADD CONSTRAINT duty_one_place_a_weekday EXCLUDE USING gist (
  mall_id WITH =, account_id WITH =, weekday WITH =, daterange(valid_from, valid_until, '[]') WITH &&,
  numrange(extract(epoch FROM starts), extract(epoch FROM ends)) WITH &&
) WHERE (weekday IS NOT NULL);
"""
NO_PLACE = """
ALTER TABLE agencies_duty DROP CONSTRAINT duty_one_place_a_day;
ALTER TABLE agencies_duty DROP CONSTRAINT duty_one_place_a_weekday;
"""


class Migration(migrations.Migration):
    """Know who is to be at which counter, who came, and who stands in for whom."""

    dependencies = [
        ("agencies", "0008_joining"),
        ("tenancy", "0004_van"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField(null=True)),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("day", models.DateField(null=True)),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "counter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.counter"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "verbose_name_plural": "duties",
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("sick", "Sakit"),
                            ("leave", "Cuti"),
                            ("errand", "Tugas luar"),
                            ("training", "Pelatihan"),
                            ("other", "Alasan lain"),
                        ],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=160)),
                ("noted_at", models.DateTimeField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="absences", to="agencies.duty"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Employment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("civil", "Aparatur sipil negara (PP 94/2021)"),
                            ("contract", "Tenaga kontrak pemerintah"),
                            ("company", "BUMN atau BUMD"),
                            ("bank", "Bank"),
                            ("police", "Polri"),
                            ("other", "Lainnya"),
                        ],
                        max_length=8,
                    ),
                ),
                ("superior", models.CharField(max_length=120)),
                ("office_minutes", models.PositiveSmallIntegerField(db_default=0, default=0)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("arrived_at", models.DateTimeField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("code", "Kode di layar"),
                            ("device", "Perangkat MPP"),
                            ("witness", "Dicatat pengelola"),
                        ],
                        max_length=7,
                    ),
                ),
                ("office_at", models.TimeField(null=True)),
                ("office_note", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(blank=True, max_length=160)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.device"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "site",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.site"),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["mall", "day"], name="duty_of_day"),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["mall", "valid_until"], name="duty_of_weeks"),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("day__isnull", False),
                        ("valid_from__isnull", True),
                        ("valid_until__isnull", True),
                        ("weekday__isnull", True),
                    ),
                    models.Q(("day__isnull", True), ("valid_from__isnull", False), ("weekday__range", (1, 7))),
                    _connector="OR",
                ),
                name="duty_of_a_day_or_weekly",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("starts"))), name="duty_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                ),
                name="duty_valid_until_after_from",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.UniqueConstraint(fields=("mall", "duty", "day"), name="absence_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.UniqueConstraint(fields=("mall", "account"), name="employment_once"),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(("superior", ""), _negated=True), name="employment_has_a_superior"
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(("office_minutes__lte", 240)), name="employment_way_of_a_morning"
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("mall", "day", "account"), name="presence_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("device__isnull", True), ("how", "code"), ("witness__isnull", True)),
                    models.Q(("device__isnull", False), ("how", "device"), ("witness__isnull", True)),
                    models.Q(
                        ("device__isnull", True),
                        ("how", "witness"),
                        ("witness__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="presence_known_in_one_way",
            ),
        ),
        *(ProtectMallTable(f"agencies_{name}") for name in ("employment", "duty", "absence", "presence")),
        CompositeReference("agencies_duty", "counter_id", "agencies_counter"),
        CompositeReference("agencies_absence", "duty_id", "agencies_duty"),
        CompositeReference("agencies_presence", "site_id", "tenancy_site"),
        CompositeReference("agencies_presence", "device_id", "tenancy_device"),
        migrations.RunSQL(ONE_PLACE, NO_PLACE),
    ]
