import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0010_apps"),
        ("people", "__first__"),
        ("tenancy", "0005_van_fleet"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("owner", models.CharField(blank=True, max_length=160)),
                ("minutes", models.TextField(blank=True)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160)),
                ("starts_at", models.DateTimeField()),
                ("place", models.CharField(max_length=160)),
                ("chair", models.CharField(max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Agenda disusun"), ("sent", "Agenda dikirim"), ("closed", "Notula selesai")],
                        default="draft",
                        max_length=6,
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("minutes_path", models.CharField(blank=True, max_length=160)),
                ("minutes_sha256", models.BinaryField(max_length=32, null=True)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "-starts_at", "-id"], name="meeting_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", True),
                                ("minutes_path", ""),
                                ("sent_at__isnull", True),
                                ("state", "draft"),
                            ),
                            models.Q(
                                ("closed_at__isnull", True),
                                ("minutes_path", ""),
                                ("sent_at__isnull", False),
                                ("state", "sent"),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("minutes_sha256__isnull", False),
                                ("sent_at__isnull", False),
                                ("state", "closed"),
                                models.Q(("minutes_path", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_state_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_at__gte", models.F("starts_at"))), name="meeting_closed_after_start"
                    ),
                    models.UniqueConstraint(fields=("mall", "title", "starts_at"), name="meeting_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("guest", models.CharField(blank=True, max_length=160)),
                (
                    "came",
                    models.CharField(
                        choices=[
                            ("unknown", "Belum dicatat"),
                            ("came", "Hadir"),
                            ("sent", "Diwakili"),
                            ("away", "Tidak hadir"),
                        ],
                        default="unknown",
                        max_length=7,
                    ),
                ),
                ("by_whom", models.CharField(blank=True, max_length=160)),
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
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "agency"], name="invitation_by_agency")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", True), ("agency__isnull", False), ("guest", "")),
                            models.Q(("account__isnull", False), ("agency__isnull", True), ("guest", "")),
                            models.Q(
                                ("account__isnull", True),
                                ("agency__isnull", True),
                                models.Q(("guest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("came", "sent"), _negated=True),
                            models.Q(("by_whom", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="invitation_sent_somebody",
                    ),
                    models.UniqueConstraint(fields=("mall", "meeting", "agency"), name="invitation_agency_once"),
                    models.UniqueConstraint(fields=("mall", "meeting", "account"), name="invitation_account_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("guest", ""), _negated=True),
                        fields=("mall", "meeting", "guest"),
                        name="invitation_guest_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=500)),
                ("due_on", models.DateField()),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Terbuka"), ("done", "Selesai"), ("dropped", "Dibatalkan")],
                        default="open",
                        max_length=7,
                    ),
                ),
                ("settled_on", models.DateField(null=True)),
                ("because", models.CharField(blank=True, max_length=300)),
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
                    "agency",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "point",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meetings.agendapoint",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["mall", "due_on", "id"], name="decision_by_day"),
                    models.Index(fields=["mall", "agency"], name="decision_by_agency"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", True), ("agency__isnull", False)),
                            models.Q(("account__isnull", False), ("agency__isnull", True)),
                            _connector="OR",
                        ),
                        name="decision_of_one_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("because", ""), ("settled_on__isnull", True), ("state", "open")),
                            models.Q(
                                ("settled_on__isnull", False),
                                ("state__in", ["done", "dropped"]),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_settled_with_words",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agendapoint",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="points", to="meetings.meeting"
            ),
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decisions", "Keputusan yang belum selesai"),
                            ("visitors", "Pengunjung tiap minggu"),
                            ("satisfaction", "Kepuasan pengunjung"),
                            ("standards", "Standar pelayanan"),
                            ("discipline", "Kehadiran petugas"),
                            ("full_time", "Janji buka penuh"),
                            ("prospects", "Siapa ingin bergabung"),
                            ("agreements", "Perjanjian yang belum ada"),
                            ("apps", "Aplikasi instansi"),
                        ],
                        max_length=12,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("summary", models.CharField(max_length=300)),
                ("table", models.JSONField()),
                ("made_at", models.DateTimeField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "meeting", "kind"), name="paper_once_a_meeting")
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_at", models.DateTimeField()),
                ("words", models.CharField(max_length=500)),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("file_path", models.CharField(blank=True, max_length=160)),
                ("file_sha256", models.BinaryField(max_length=32, null=True)),
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="meetings.decision"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "decision", "-told_at"], name="decision_last_report")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file_path", ""), ("file_sha256__isnull", True)),
                            models.Q(models.Q(("file_path", ""), _negated=True), ("file_sha256__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_report_file_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("template", models.CharField(max_length=40)),
                ("number", models.CharField(max_length=80)),
                ("day", models.DateField()),
                ("recipient", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=200)),
                ("signer", models.CharField(max_length=160)),
                ("signer_office", models.CharField(max_length=160)),
                ("content", models.JSONField()),
                ("file_path", models.CharField(max_length=160)),
                ("file_sha256", models.BinaryField(max_length=32)),
                ("made_at", models.DateTimeField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "-day", "-id"], name="letter_latest")],
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "number"), name="letter_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True), models.Q(("file_path", ""), _negated=True)
                        ),
                        name="letter_numbered_and_kept",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="agendapoint",
            constraint=models.UniqueConstraint(fields=("mall", "meeting", "position"), name="agenda_point_place_once"),
        ),
    ]
