import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0002_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Calendar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("is_default", models.BooleanField(default=False)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "verbose_name": "kalender kerja",
                "verbose_name_plural": "kalender kerja",
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "name"), name="calendar_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)), fields=("mall",), name="calendar_one_default"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField()),
                ("opens", models.TimeField()),
                ("closes", models.TimeField()),
                ("break_from", models.TimeField(null=True)),
                ("break_until", models.TimeField(null=True)),
                (
                    "calendar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hours", to="worktime.calendar"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "verbose_name": "jam kerja",
                "verbose_name_plural": "jam kerja",
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "calendar", "weekday"), name="worktime_once_a_weekday"),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__range", (1, 7))), name="worktime_weekday_is_iso"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes__gt", models.F("opens"))), name="worktime_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("break_from__isnull", True), ("break_until__isnull", True)),
                            models.Q(
                                ("break_from__gt", models.F("opens")),
                                ("break_from__isnull", False),
                                ("break_until__gt", models.F("break_from")),
                                ("break_until__isnull", False),
                                ("break_until__lt", models.F("closes")),
                            ),
                            _connector="OR",
                        ),
                        name="worktime_break_within",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("libur_nasional", "Libur nasional"),
                            ("cuti_bersama", "Cuti bersama"),
                            ("libur_keppres", "Libur dengan Keputusan Presiden (antara lain hari pemungutan suara)"),
                        ],
                        max_length=14,
                    ),
                ),
                ("basis", models.CharField(max_length=200)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("is_confirmed", models.BooleanField(default=True)),
                ("is_own_decision", models.BooleanField(default=False)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "hari libur",
                "verbose_name_plural": "hari libur",
                "constraints": [
                    models.UniqueConstraint(fields=("day", "name"), name="holiday_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="holiday_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["libur_nasional", "cuti_bersama", "libur_keppres"])),
                        name="holiday_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MallDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("is_day_off", models.BooleanField()),
                ("name", models.CharField(max_length=120)),
                ("basis", models.CharField(blank=True, max_length=200)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "verbose_name": "hari MPP",
                "verbose_name_plural": "hari MPP",
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "day"), name="mallday_once"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="mallday_has_a_name"),
                ],
            },
        ),
    ]
