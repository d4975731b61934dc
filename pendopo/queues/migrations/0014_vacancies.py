import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable

ONE_AT_A_TIME = """
ALTER TABLE queues_vacancy ADD CONSTRAINT vacancy_one_at_a_time EXCLUDE USING gist (
  mall_id WITH =, counter_id WITH =, tstzrange(starts_at, ended_at) WITH &&
);
"""
ANY_NUMBER = "ALTER TABLE queues_vacancy DROP CONSTRAINT vacancy_one_at_a_time;"


class Migration(migrations.Migration):
    """Keep when counters that should be open were not, who answered, and each day added up."""

    dependencies = [
        ("agencies", "0009_duty_and_presence"),
        ("queues", "0012_voice_and_status"),
        ("tenancy", "0004_van"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Vacancy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("empty", "Kosong"), ("rest", "Jeda dengan alasan")], max_length=5)),
                ("day", models.DateField()),
                ("starts_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("opened", "Dibuka"),
                            ("hours", "Jam layanan berakhir"),
                            ("changed", "Keterangannya berubah"),
                        ],
                        max_length=7,
                    ),
                ),
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
                "verbose_name_plural": "vacancies",
            },
        ),
        migrations.CreateModel(
            name="VacancyReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=300)),
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
                (
                    "vacancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="queues.vacancy"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "vacancy replies",
            },
        ),
        migrations.CreateModel(
            name="CounterDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("due", models.PositiveIntegerField()),
                ("empty", models.PositiveIntegerField()),
                ("rest", models.PositiveIntegerField()),
                (
                    "counter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.counter"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "day", "counter"), name="counter_day_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "due__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("empty"), "+", models.F("rest")
                                ),
                            )
                        ),
                        name="counter_day_within_due",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="vacancy",
            index=models.Index(fields=["mall", "day", "starts_at"], name="vacancy_of_day"),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("mall", "counter"), name="vacancy_open_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_because", "")),
                    models.Q(("ended_at__gte", models.F("starts_at")), models.Q(("ended_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="vacancy_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancyreply",
            constraint=models.UniqueConstraint(
                condition=models.Q(("words", "")), fields=("mall", "vacancy", "account"), name="vacancy_seen_once"
            ),
        ),
        *(ProtectMallTable(f"queues_{name}") for name in ("vacancy", "vacancyreply", "counterday")),
        CompositeReference("queues_vacancy", "counter_id", "agencies_counter"),
        CompositeReference("queues_vacancyreply", "vacancy_id", "queues_vacancy"),
        CompositeReference("queues_counterday", "counter_id", "agencies_counter"),
        migrations.RunSQL(ONE_AT_A_TIME, ANY_NUMBER),
    ]
