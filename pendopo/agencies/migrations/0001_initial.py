import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=160)),
                ("short_name", models.CharField(max_length=40)),
                ("organisation_code", models.CharField(blank=True, max_length=40)),
                ("texts", models.JSONField(default=dict)),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.region"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="agencies.agency",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "agencies",
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "code"), name="agency_code_once"),
                    models.UniqueConstraint(fields=("mall", "name"), name="agency_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True), name="agency_not_its_own_parent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
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
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("officer", "Petugas loket"),
                            ("back_office", "Petugas belakang"),
                            ("signer", "Penanda tangan"),
                            ("agency_admin", "Admin instansi"),
                            ("manager", "Pengelola MPP"),
                            ("head", "Pimpinan"),
                            ("inspector", "Pengawas"),
                        ],
                        max_length=14,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("is_substitute", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
                    models.UniqueConstraint(
                        fields=("mall", "account", "agency", "role", "starts_on"),
                        name="membership_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="membership_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outlet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("observes_holidays", models.BooleanField(default=True)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outlets",
                        to="agencies.agency",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outlets", to="tenancy.site"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mall", "site", "agency"), name="outlet_once_a_site", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField()),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                ("break_from", models.TimeField(null=True)),
                ("break_until", models.TimeField(null=True)),
                ("break_name", models.CharField(blank=True, max_length=60)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hours", to="agencies.outlet"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "opening hours",
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "outlet", "weekday"), name="hours_once_a_weekday"),
                    models.CheckConstraint(condition=models.Q(("weekday__range", (1, 7))), name="hours_weekday_is_iso"),
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens"))), name="hours_close_after_opening"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("break_from__isnull", True), ("break_until__isnull", True)),
                            models.Q(
                                ("break_from__gt", models.F("opens")),
                                ("break_until__gt", models.F("break_from")),
                                ("break_until__lt", models.F("closes")),
                            ),
                            _connector="OR",
                        ),
                        name="hours_break_within",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("opens", models.TimeField(null=True)),
                ("closes", models.TimeField(null=True)),
                ("reason", models.CharField(max_length=120)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="exceptions", to="agencies.outlet"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "outlet", "day"), name="exception_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closes__isnull", True), ("opens__isnull", True)),
                            ("closes__gt", models.F("opens")),
                            _connector="OR",
                        ),
                        name="exception_closes_after_opening",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "zone",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.zone"),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counters", to="agencies.outlet"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "zone", "number"), name="counter_number_once_a_zone")
                ],
            },
        ),
    ]
