import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable


class Migration(migrations.Migration):
    """Keep who wants to join, what is lacking, the milestones, what sites hold, and hotlines."""

    dependencies = [
        ("agencies", "0007_agreements"),
        ("tenancy", "0004_van"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Hotline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
                ("hours", models.CharField(blank=True, max_length=80)),
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hotline", to="agencies.agency"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HotlineTest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
                ("tested_at", models.DateTimeField()),
                ("is_answered", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=200)),
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
                    "hotline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tests", to="agencies.hotline"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("step", "Langkah lain"),
                            ("soft_opening", "Soft opening"),
                            ("trial", "Uji coba"),
                            ("review", "Asistensi kementerian"),
                            ("grand_opening", "Peresmian"),
                        ],
                        max_length=13,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("owner", models.CharField(max_length=120)),
                ("planned_on", models.DateField(null=True)),
                ("done_on", models.DateField(null=True)),
                ("evidence", models.CharField(blank=True, max_length=200)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MilestoneNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="needs", to="agencies.milestone"
                    ),
                ),
                (
                    "needed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.milestone"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Preparation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("filled_from", models.DateField()),
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="preparation", to="agencies.agency"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PreparationItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("room", "Ruang"), ("counter", "Loket"), ("equipment", "Peralatan")], max_length=9
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("due_on", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("ready_on", models.DateField(null=True)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "preparation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="agencies.preparation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Prospect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("contact_office", models.CharField(max_length=200)),
                ("wanted_services", models.TextField()),
                ("since", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("interested", "Berminat"),
                            ("talks", "Dibahas"),
                            ("accepted", "Diterima"),
                            ("joined", "Bergabung"),
                            ("declined", "Tidak jadi"),
                        ],
                        default="interested",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "agency",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Relocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_place", models.CharField(max_length=160)),
                ("counters", models.PositiveSmallIntegerField()),
                ("parking_cars", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(max_length=200)),
                ("planned_on", models.DateField()),
                ("done_on", models.DateField(null=True)),
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
                    "to_site",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.site"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SiteCapacity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("counters", models.PositiveIntegerField()),
                ("seats", models.PositiveIntegerField()),
                ("parking_cars", models.PositiveIntegerField()),
                ("parking_motorcycles", models.PositiveIntegerField()),
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
            options={
                "verbose_name_plural": "site capacities",
            },
        ),
        migrations.AddConstraint(
            model_name="hotline",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="hotline_has_number"
            ),
        ),
        migrations.AddIndex(
            model_name="hotlinetest",
            index=models.Index(fields=["mall", "hotline", "-tested_at"], name="hotline_last_test"),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(fields=("mall", "name"), name="milestone_name_once"),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "step"), _negated=True), fields=("mall", "kind"), name="milestone_kind_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_on__isnull", True), ("evidence", "")),
                    models.Q(("done_on__isnull", False), models.Q(("evidence", ""), _negated=True)),
                    _connector="OR",
                ),
                name="milestone_done_with_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestoneneed",
            constraint=models.UniqueConstraint(fields=("mall", "milestone", "needed"), name="milestone_needs_once"),
        ),
        migrations.AddConstraint(
            model_name="milestoneneed",
            constraint=models.CheckConstraint(
                condition=models.Q(("milestone", models.F("needed")), _negated=True), name="milestone_needs_another"
            ),
        ),
        migrations.AddConstraint(
            model_name="preparationitem",
            constraint=models.UniqueConstraint(
                fields=("mall", "preparation", "kind", "name"), name="preparation_item_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="prospect",
            constraint=models.UniqueConstraint(fields=("mall", "name"), name="prospect_name_once"),
        ),
        migrations.AddConstraint(
            model_name="prospect",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "declined"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="prospect_declines_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="prospect",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", False), ("state", "joined")),
                    models.Q(models.Q(("state", "joined"), _negated=True), ("agency__isnull", True)),
                    _connector="OR",
                ),
                name="prospect_joins_as_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="relocation_with_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_on", None)), fields=("mall", "agency"), name="relocation_one_at_a_time"
            ),
        ),
        ProtectMallTable("agencies_prospect"),
        ProtectMallTable("agencies_preparation"),
        ProtectMallTable("agencies_preparationitem"),
        ProtectMallTable("agencies_milestone"),
        ProtectMallTable("agencies_milestoneneed"),
        ProtectMallTable("agencies_sitecapacity"),
        ProtectMallTable("agencies_relocation"),
        ProtectMallTable("agencies_hotline"),
        ProtectMallTable("agencies_hotlinetest"),
        CompositeReference("agencies_prospect", "agency_id", "agencies_agency"),
        CompositeReference("agencies_preparation", "agency_id", "agencies_agency"),
        CompositeReference("agencies_preparationitem", "preparation_id", "agencies_preparation"),
        CompositeReference("agencies_milestoneneed", "milestone_id", "agencies_milestone"),
        CompositeReference("agencies_milestoneneed", "needed_id", "agencies_milestone"),
        CompositeReference("agencies_sitecapacity", "site_id", "tenancy_site"),
        CompositeReference("agencies_relocation", "agency_id", "agencies_agency"),
        CompositeReference("agencies_relocation", "to_site_id", "tenancy_site"),
        CompositeReference("agencies_hotline", "agency_id", "agencies_agency"),
        CompositeReference("agencies_hotlinetest", "hotline_id", "agencies_hotline"),
        OnlyAdded("agencies_hotlinetest"),
    ]
