import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0009_duty_and_presence"),
        ("people", "__first__"),
        ("tenancy", "0005_van_fleet"),
    ]

    operations = [
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(blank=True, max_length=40)),
                ("words", models.CharField(max_length=500)),
                ("found_on", models.DateField()),
                ("due_on", models.DateField()),
                ("part", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Menunggu perbaikan"),
                            ("answered", "Menunggu diperiksa"),
                            ("closed", "Selesai"),
                            ("withdrawn", "Ditarik"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("state_at", models.DateTimeField()),
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
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.UUIDField()),
                ("team", models.CharField(blank=True, max_length=300)),
                ("checklist", models.PositiveSmallIntegerField()),
                ("begun_at", models.DateTimeField()),
                ("seen", models.JSONField()),
                ("summary", models.TextField(blank=True)),
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
            options={
                "indexes": [models.Index(fields=["mall", "-begun_at"], name="inspection_newest")],
                "constraints": [models.UniqueConstraint(fields=("mall", "part"), name="inspection_part_once")],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="inspections.inspection"
                    ),
                ),
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
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "inspection", "name"), name="place_once"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="place_has_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(blank=True, max_length=40)),
                (
                    "stage",
                    models.CharField(
                        choices=[("scene", "Suasana"), ("before", "Sebelum"), ("after", "Sesudah")], max_length=6
                    ),
                ),
                ("part", models.UUIDField()),
                ("file_path", models.CharField(max_length=160)),
                ("file_sha256", models.BinaryField(max_length=32)),
                ("taken_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("latitude", models.DecimalField(decimal_places=5, max_digits=7, null=True)),
                ("longitude", models.DecimalField(decimal_places=5, max_digits=8, null=True)),
                ("accuracy", models.PositiveIntegerField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="inspections.finding",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="inspections.place"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "place"], name="photos_of_place")],
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "part", "stage"), name="photo_part_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding", None), ("stage", "scene")),
                            models.Q(("finding__isnull", False), ("stage__in", ["before", "after"])),
                            _connector="OR",
                        ),
                        name="photo_stage_of_finding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accuracy", None), ("latitude", None), ("longitude", None)),
                            models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="photo_place_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.UUIDField()),
                ("first", models.BooleanField()),
                ("second", models.BooleanField()),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="inspections.place"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mall", "part"), name="opinion_part_once")],
            },
        ),
        migrations.AddField(
            model_name="finding",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="inspections.place"
            ),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=40)),
                (
                    "value",
                    models.CharField(
                        blank=True, choices=[("yes", "Ya"), ("no", "Tidak"), ("na", "Tidak berlaku")], max_length=3
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("part", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="inspections.place"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "place", "item"), name="answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(("value", ""), ("number", None), _connector="OR"), name="answer_is_one_thing"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__in", ["", "yes", "no", "na"])), name="answer_value_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.UUIDField()),
                ("name", models.CharField(max_length=120)),
                ("office", models.CharField(max_length=160)),
                ("signed_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("file_path", models.CharField(max_length=160)),
                ("file_sha256", models.BinaryField(max_length=32)),
                ("digest", models.BinaryField(max_length=32)),
                (
                    "inspection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="inspections.inspection",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("office", ""), _negated=True),
                            models.Q(("file_path", ""), _negated=True),
                        ),
                        name="signature_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answered", "Dijawab"),
                            ("closed", "Dinyatakan selesai"),
                            ("reopened", "Dibuka lagi"),
                            ("withdrawn", "Ditarik"),
                        ],
                        max_length=9,
                    ),
                ),
                ("words", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="inspections.finding"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "finding", "id"], name="steps_of_finding")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="step_says_something")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["mall", "due_on", "id"], name="finding_by_due"),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["mall", "agency", "state"], name="finding_by_agency"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(fields=("mall", "part"), name="finding_part_once"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="finding_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("found_on"))), name="finding_due_after_found"
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "answered", "closed", "withdrawn"])),
                name="finding_state_known",
            ),
        ),
    ]
