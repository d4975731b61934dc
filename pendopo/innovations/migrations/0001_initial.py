import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable


class Migration(migrations.Migration):
    """Keep innovations, their use, awards and takers, competitions with proposals and scores, and the index."""

    initial = True

    dependencies = [
        ("agencies", "0009_duty_and_presence"),
        ("tenancy", "0005_van_fleet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Competition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("year", models.PositiveSmallIntegerField()),
                ("opens_at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("limits", models.JSONField()),
                ("ages", models.JSONField()),
                ("criteria", models.JSONField()),
                ("source", models.CharField(max_length=300)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IgaMaximum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("maximum", models.DecimalField(decimal_places=2, max_digits=7)),
                ("source", models.CharField(max_length=300)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "verbose_name_plural": "IGA maxima",
            },
        ),
        migrations.CreateModel(
            name="Innovation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("expansion", models.CharField(blank=True, max_length=240)),
                ("summary", models.TextField(blank=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("started_in", models.PositiveSmallIntegerField(null=True)),
                ("started_on", models.DateField(null=True)),
                (
                    "kind",
                    models.CharField(
                        blank=True, choices=[("digital", "Digital"), ("other", "Nondigital")], max_length=7
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("governance", "Tata kelola pemerintahan daerah"),
                            ("service", "Pelayanan publik"),
                            ("other", "Bentuk lain sesuai urusan"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "initiator",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("head", "Kepala daerah"),
                            ("council", "DPRD"),
                            ("servant", "Aparatur sipil negara"),
                            ("agency", "Perangkat daerah"),
                            ("public", "Masyarakat"),
                        ],
                        max_length=7,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300)),
                ("is_published", models.BooleanField(default=False)),
                ("ended_on", models.DateField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                ("registered_at", models.DateTimeField()),
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
        ),
        migrations.CreateModel(
            name="IgaScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("score", models.DecimalField(decimal_places=2, max_digits=7)),
                ("maximum", models.DecimalField(decimal_places=2, max_digits=7)),
                ("source", models.CharField(max_length=300)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "innovation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="innovations.innovation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("year", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=300)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "innovation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="awards", to="innovations.innovation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Juror",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("left_at", models.DateTimeField(null=True)),
                ("left_because", models.CharField(blank=True, max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "competition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="jurors", to="innovations.competition"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.CharField(
                        choices=[("general", "Umum"), ("replication", "Replikasi"), ("special", "Khusus")],
                        max_length=11,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Konsep"), ("submitted", "Diajukan"), ("withdrawn", "Ditarik")],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("submitted_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                (
                    "competition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="innovations.competition",
                    ),
                ),
                (
                    "innovation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="innovations.innovation",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProposalVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("sections", models.JSONField()),
                ("written_at", models.DateTimeField()),
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
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="innovations.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Replication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("giver", models.CharField(blank=True, max_length=160)),
                ("taker", models.CharField(blank=True, max_length=160)),
                ("since", models.DateField()),
                ("source", models.CharField(max_length=300)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "innovation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replications",
                        to="innovations.innovation",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Scoresheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scores", models.JSONField()),
                ("words", models.TextField(blank=True)),
                ("given_at", models.DateTimeField()),
                (
                    "juror",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="innovations.juror"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="innovations.proposal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Usage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("count", models.PositiveIntegerField()),
                ("unit", models.CharField(max_length=60)),
                ("source", models.CharField(max_length=300)),
                ("noted_at", models.DateTimeField()),
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
                    "innovation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="usages", to="innovations.innovation"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="competition",
            constraint=models.UniqueConstraint(fields=("mall", "name", "year"), name="competition_once_a_year"),
        ),
        migrations.AddConstraint(
            model_name="competition",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))), name="competition_closes_after_opening"
            ),
        ),
        migrations.AddConstraint(
            model_name="competition",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lt", 2100)), name="competition_of_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="competition",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="competition_with_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="igamaximum",
            constraint=models.UniqueConstraint(fields=("mall", "year", "number"), name="iga_maximum_once"),
        ),
        migrations.AddConstraint(
            model_name="igamaximum",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), ("number__lte", 36)), name="iga_maximum_of_an_indicator"
            ),
        ),
        migrations.AddConstraint(
            model_name="igamaximum",
            constraint=models.CheckConstraint(condition=models.Q(("maximum__gt", 0)), name="iga_maximum_is_something"),
        ),
        migrations.AddConstraint(
            model_name="igamaximum",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="iga_maximum_with_source"
            ),
        ),
        migrations.AddIndex(
            model_name="innovation",
            index=models.Index(fields=["mall", "agency", "year"], name="innovation_by_agency"),
        ),
        migrations.AddConstraint(
            model_name="innovation",
            constraint=models.UniqueConstraint(
                models.F("mall"), django.db.models.functions.text.Lower("name"), name="innovation_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="innovation",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="innovation_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="innovation",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lt", 2100)), name="innovation_of_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="innovation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("started_on__isnull", True),
                    ("started_in", django.db.models.functions.datetime.ExtractYear("started_on")),
                    _connector="OR",
                ),
                name="innovation_starts_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="innovation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_because", ""), ("ended_on__isnull", True)),
                    models.Q(("ended_on__isnull", False), models.Q(("ended_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="innovation_ended_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="igascore",
            constraint=models.UniqueConstraint(
                fields=("mall", "year", "number", "innovation"), name="iga_score_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="igascore",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), ("number__lte", 36)), name="iga_score_of_an_indicator"
            ),
        ),
        migrations.AddConstraint(
            model_name="igascore",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("innovation__isnull", False), ("number__gte", 16), ("number__lte", 35)),
                    models.Q(
                        models.Q(("number__gte", 16), ("number__lte", 35), _negated=True), ("innovation__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="iga_score_of_an_innovation",
            ),
        ),
        migrations.AddConstraint(
            model_name="igascore",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__gte", 0), ("score__lte", models.F("maximum"))), name="iga_score_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="igascore",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="iga_score_with_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.UniqueConstraint(fields=("mall", "innovation", "name", "year"), name="award_once"),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("source", ""), _negated=True), models.Q(("name", ""), _negated=True)),
                name="award_with_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="juror",
            constraint=models.UniqueConstraint(fields=("mall", "competition", "account"), name="juror_once"),
        ),
        migrations.AddConstraint(
            model_name="juror",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left_at__isnull", True), ("left_because", "")),
                    models.Q(("left_at__isnull", False), models.Q(("left_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="juror_left_with_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["mall", "competition", "state"], name="proposal_by_competition"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("mall", "competition", "innovation"),
                name="proposal_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), _negated=True), ("submitted_at__isnull", False), _connector="OR"
                ),
                name="proposal_submitted_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "withdrawn"),
                        ("withdrawn_at__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "withdrawn"), _negated=True),
                        ("withdrawn_at__isnull", True),
                        ("withdrawn_because", ""),
                    ),
                    _connector="OR",
                ),
                name="proposal_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposalversion",
            constraint=models.UniqueConstraint(fields=("mall", "proposal", "number"), name="proposal_version_once"),
        ),
        migrations.AddConstraint(
            model_name="proposalversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="proposal_version_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="replication",
            constraint=models.UniqueConstraint(
                fields=("mall", "innovation", "agency", "taker"), name="replication_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="replication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("taker", "")),
                    models.Q(("agency__isnull", True), models.Q(("taker", ""), _negated=True)),
                    _connector="OR",
                ),
                name="replication_by_agency_or_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="replication",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="replication_with_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="scoresheet",
            constraint=models.UniqueConstraint(fields=("mall", "proposal", "juror"), name="scoresheet_once"),
        ),
        migrations.AddConstraint(
            model_name="usage",
            constraint=models.UniqueConstraint(fields=("mall", "innovation", "month"), name="usage_once_a_month"),
        ),
        migrations.AddConstraint(
            model_name="usage",
            constraint=models.CheckConstraint(condition=models.Q(("month__day", 1)), name="usage_of_a_month"),
        ),
        migrations.AddConstraint(
            model_name="usage",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("source", ""), _negated=True), models.Q(("unit", ""), _negated=True)),
                name="usage_with_source",
            ),
        ),
        ProtectMallTable("innovations_innovation"),
        ProtectMallTable("innovations_award"),
        ProtectMallTable("innovations_replication"),
        ProtectMallTable("innovations_usage"),
        ProtectMallTable("innovations_competition"),
        ProtectMallTable("innovations_juror"),
        ProtectMallTable("innovations_proposal"),
        ProtectMallTable("innovations_proposalversion"),
        ProtectMallTable("innovations_scoresheet"),
        ProtectMallTable("innovations_igamaximum"),
        ProtectMallTable("innovations_igascore"),
        CompositeReference("innovations_innovation", "agency_id", "agencies_agency"),
        CompositeReference("innovations_award", "innovation_id", "innovations_innovation"),
        CompositeReference("innovations_replication", "innovation_id", "innovations_innovation"),
        CompositeReference("innovations_replication", "agency_id", "agencies_agency"),
        CompositeReference("innovations_usage", "innovation_id", "innovations_innovation"),
        CompositeReference("innovations_juror", "competition_id", "innovations_competition"),
        CompositeReference("innovations_proposal", "competition_id", "innovations_competition"),
        CompositeReference("innovations_proposal", "innovation_id", "innovations_innovation"),
        CompositeReference("innovations_proposalversion", "proposal_id", "innovations_proposal"),
        CompositeReference("innovations_scoresheet", "proposal_id", "innovations_proposal"),
        CompositeReference("innovations_scoresheet", "juror_id", "innovations_juror"),
        CompositeReference("innovations_igascore", "innovation_id", "innovations_innovation"),
        # What was written and what was given stays.
        OnlyAdded("innovations_proposalversion"),
        OnlyAdded("innovations_scoresheet"),
    ]
