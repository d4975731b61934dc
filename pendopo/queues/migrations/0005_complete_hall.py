import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Make room for a complete hall: turns, holds, needs, quotas, slips, spoken calls, calls for help."""

    dependencies = [
        ("agencies", "0004_opening_in_one"),
        ("catalogue", "0002_wall"),
        ("queues", "0004_lighter"),
        ("tenancy", "0003_devices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HallRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("priority_turns", models.PositiveSmallIntegerField(default=1)),
                ("ordinary_turns", models.PositiveSmallIntegerField(default=2)),
                ("recall_gap_seconds", models.PositiveSmallIntegerField(default=30)),
                ("most_calls", models.PositiveSmallIntegerField(default=3)),
                ("return_minutes", models.PositiveSmallIntegerField(default=15)),
                ("check_in_required", models.BooleanField(default=False)),
                ("check_in_minutes", models.PositiveSmallIntegerField(default=30)),
            ],
            options={
                "verbose_name_plural": "hall rules",
            },
        ),
        migrations.CreateModel(
            name="HelpCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("help", "Bantuan"), ("security", "Keamanan")], max_length=8)),
                ("note", models.CharField(blank=True, max_length=80)),
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="QuotaDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("total", models.PositiveIntegerField()),
                ("phone_total", models.PositiveIntegerField(null=True)),
                ("released_at", models.TimeField(null=True)),
                ("closes_minutes", models.PositiveSmallIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("taken_by_phone", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="QuotaRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField(null=True)),
                ("day", models.DateField(null=True)),
                ("total", models.PositiveIntegerField()),
                ("phone_total", models.PositiveIntegerField(null=True)),
                ("released_at", models.TimeField(null=True)),
                ("closes_minutes", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=3)),
                ("token", models.CharField(max_length=40)),
                ("path", models.CharField(max_length=200)),
                ("sha256", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("printing", "Sedang dicetak"), ("printed", "Tercetak"), ("failed", "Gagal dicetak")],
                        default="printing",
                        max_length=8,
                    ),
                ),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[("paper_out", "Kertas habis"), ("unreachable", "Pencetak tidak terjangkau")],
                        max_length=11,
                    ),
                ),
                ("copy", models.PositiveSmallIntegerField(default=0)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Spoken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "spoken",
            },
        ),
        migrations.RemoveIndex(
            model_name="ticket",
            name="ticket_waiting",
        ),
        migrations.AddField(
            model_name="countersession",
            name="reason",
            field=models.CharField(blank=True, db_default="", max_length=80),
        ),
        migrations.AddField(
            model_name="countersession",
            name="turn",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="countersession",
            name="until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="ticket",
            name="ended_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("holder", "Dibatalkan pemegang"),
                    ("lapsed", "Tidak lapor tiba"),
                    ("night", "Hari berakhir"),
                    ("closure", "Layanan tutup"),
                ],
                db_default="",
                max_length=7,
            ),
        ),
        migrations.AddField(
            model_name="ticket",
            name="hold",
            field=models.CharField(
                blank=True,
                choices=[
                    ("unchecked", "Belum lapor tiba"),
                    ("elsewhere", "Sedang di loket lain"),
                    ("parked", "Menunggu di samping"),
                ],
                db_default="",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="ticket",
            name="hold_note",
            field=models.CharField(blank=True, db_default="", max_length=80),
        ),
        migrations.AddField(
            model_name="ticket",
            name="is_priority",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="ticket",
            name="returns",
            field=models.SmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="ticket",
            name="wait_high",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="ticket",
            name="wait_low",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="deaf",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="visit",
            name="interpreter",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="visit",
            name="priority",
            field=models.CharField(
                blank=True,
                choices=[
                    ("elderly", "Lanjut usia"),
                    ("disability", "Penyandang disabilitas"),
                    ("pregnant", "Hamil atau menyusui"),
                    ("small_child", "Membawa anak kecil"),
                    ("disaster", "Korban bencana"),
                ],
                db_default="",
                max_length=11,
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="wheelchair",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("taken", "Taken"),
                    ("called", "Called"),
                    ("recalled", "Recalled"),
                    ("serving", "Serving"),
                    ("completed", "Completed"),
                    ("absent", "Absent"),
                    ("cancelled", "Cancelled"),
                    ("counter", "Counter"),
                    ("parked", "Parked"),
                    ("returned", "Returned"),
                    ("forwarded", "Forwarded"),
                    ("checked_in", "Checked In"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="period",
            name="kind",
            field=models.CharField(
                choices=[
                    ("waiting", "Menunggu"),
                    ("called", "Dipanggil"),
                    ("serving", "Dilayani"),
                    ("parked", "Menunggu di samping"),
                ],
                max_length=7,
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["mall", "queue", "day", "hold", "is_priority", "queued_at", "id"],
                name="ticket_waiting",
            ),
        ),
        migrations.AddField(
            model_name="hallrules",
            name="mall",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
            ),
        ),
        migrations.AddField(
            model_name="helpcall",
            name="answered_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="helpcall",
            name="asked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="helpcall",
            name="counter",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.counter"
            ),
        ),
        migrations.AddField(
            model_name="helpcall",
            name="mall",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
            ),
        ),
        migrations.AddField(
            model_name="helpcall",
            name="zone",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.zone"),
        ),
        migrations.AddField(
            model_name="quotaday",
            name="mall",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.mall",
            ),
        ),
        migrations.AddField(
            model_name="quotaday",
            name="service",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalogue.service",
            ),
        ),
        migrations.AddField(
            model_name="quotaday",
            name="site",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.site",
            ),
        ),
        migrations.AddField(
            model_name="quotarule",
            name="mall",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
        ),
        migrations.AddField(
            model_name="quotarule",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.service"
            ),
        ),
        migrations.AddField(
            model_name="quotarule",
            name="site",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.site"),
        ),
        migrations.AddField(
            model_name="recording",
            name="mall",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
            ),
        ),
        migrations.AddField(
            model_name="slip",
            name="device",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.device"),
        ),
        migrations.AddField(
            model_name="slip",
            name="mall",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
            ),
        ),
        migrations.AddField(
            model_name="slip",
            name="ticket",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="slips", to="queues.ticket"
            ),
        ),
        migrations.AddField(
            model_name="spoken",
            name="device",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.device"),
        ),
        migrations.AddField(
            model_name="spoken",
            name="mall",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
            ),
        ),
        migrations.AddConstraint(
            model_name="hallrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("ordinary_turns__range", (1, 9)), ("priority_turns__range", (1, 9))),
                name="turns_1_to_9",
            ),
        ),
        migrations.AddConstraint(
            model_name="hallrules",
            constraint=models.CheckConstraint(condition=models.Q(("most_calls__range", (1, 9))), name="calls_1_to_9"),
        ),
        migrations.AddIndex(
            model_name="helpcall",
            index=models.Index(
                condition=models.Q(("answered_at", None)), fields=["mall", "-asked_at"], name="help_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="quotaday",
            constraint=models.UniqueConstraint(fields=("mall", "service", "site", "day"), name="quota_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="quotaday",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken__lte", models.F("total"))), name="quota_never_exceeded"
            ),
        ),
        migrations.AddConstraint(
            model_name="quotaday",
            constraint=models.CheckConstraint(
                condition=models.Q(("taken_by_phone__lte", models.F("taken"))), name="quota_phone_within"
            ),
        ),
        migrations.AddConstraint(
            model_name="quotarule",
            constraint=models.UniqueConstraint(
                fields=("mall", "service", "site", "weekday", "day"), name="quota_rule_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="quotarule",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday", None), ("day", None), _connector="OR"), name="quota_of_weekday_or_date"
            ),
        ),
        migrations.AddConstraint(
            model_name="quotarule",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday", None), ("weekday__range", (1, 7)), _connector="OR"),
                name="quota_weekday_1_to_7",
            ),
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.UniqueConstraint(fields=("mall", "language", "token"), name="recording_once_a_word"),
        ),
        migrations.AddConstraint(
            model_name="slip",
            constraint=models.UniqueConstraint(fields=("mall", "ticket", "copy"), name="slip_copy_once"),
        ),
        migrations.AddConstraint(
            model_name="slip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), models.Q(("problem", ""), _negated=True)),
                    models.Q(models.Q(("state", "failed"), _negated=True), ("problem", "")),
                    _connector="OR",
                ),
                name="failed_slip_has_problem",
            ),
        ),
        migrations.AddConstraint(
            model_name="spoken",
            constraint=models.UniqueConstraint(fields=("mall", "seq"), name="call_spoken_once"),
        ),
        ProtectMallTable("queues_hallrules"),
        ProtectMallTable("queues_helpcall"),
        ProtectMallTable("queues_quotaday"),
        ProtectMallTable("queues_quotarule"),
        ProtectMallTable("queues_recording"),
        ProtectMallTable("queues_slip"),
        ProtectMallTable("queues_spoken"),
        CompositeReference("queues_helpcall", "zone_id", "tenancy_zone"),
        CompositeReference("queues_helpcall", "counter_id", "agencies_counter"),
        CompositeReference("queues_quotaday", "site_id", "tenancy_site"),
        CompositeReference("queues_quotaday", "service_id", "catalogue_service"),
        CompositeReference("queues_quotarule", "site_id", "tenancy_site"),
        CompositeReference("queues_quotarule", "service_id", "catalogue_service"),
        CompositeReference("queues_slip", "ticket_id", "queues_ticket"),
        CompositeReference("queues_slip", "device_id", "tenancy_device"),
        CompositeReference("queues_spoken", "device_id", "tenancy_device"),
    ]
