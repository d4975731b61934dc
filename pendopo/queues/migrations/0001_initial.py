import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0003_functions"),
        ("catalogue", "0002_wall"),
        ("people", "0002_wall"),
        ("people", "__first__"),
        ("tenancy", "0002_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Queue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=3)),
                ("name", models.CharField(max_length=160)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="queues", to="tenancy.site"
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.zone"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "site", "code"), name="queue_code_once_a_site"),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z]{1,3}$")), name="queue_code_1_to_3_letters"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CounterQueue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_helped", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
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
                (
                    "queue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="counters", to="queues.queue"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "counter", "queue"), name="counter_queue_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="QueueService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="services", to="queues.queue"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.service"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.site"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "service", "site"), name="queue_of_service_once_a_site")
                ],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("block", models.PositiveSmallIntegerField(default=0)),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "mall",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mall",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="queues.queue",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "series",
                "constraints": [models.UniqueConstraint(fields=("mall", "queue", "day", "block"), name="series_once")],
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=26)),
                ("request_id", models.UUIDField()),
                ("request_digest", models.BinaryField(max_length=32)),
                ("day", models.DateField()),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("called", "Dipanggil"),
                            ("serving", "Dilayani"),
                            ("completed", "Selesai"),
                            ("absent", "Tidak hadir"),
                            ("cancelled", "Dibatalkan"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("queued_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("calls", models.PositiveSmallIntegerField(default=0)),
                ("call_request_id", models.UUIDField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "Selesai"),
                            ("taken_in", "Berkas diterima"),
                            ("handed_over", "Hasil diserahkan"),
                            ("informed", "Diberi informasi"),
                            ("sent_away", "Belum dapat dilayani"),
                            ("left", "Pergi"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paper_missing", "Berkas kurang"),
                            ("wrong_place", "Bukan di sini"),
                            ("not_entitled", "Tidak memenuhi syarat"),
                            ("system_down", "Sistem instansi terganggu"),
                            ("closed", "Layanan tutup"),
                        ],
                        max_length=13,
                    ),
                ),
                ("agency_number", models.CharField(blank=True, max_length=40)),
                (
                    "counter",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.counter",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mall",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="queues.queue",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.variant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("waiting", "Menunggu"), ("called", "Dipanggil"), ("serving", "Dilayani")],
                        max_length=7,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "counter",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.counter",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mall",
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="queues.ticket",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "ticket", "started_at"], name="period_of_ticket")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("mall", "ticket"), name="one_open_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="period_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("kiosk", "Kios"),
                            ("phone", "Ponsel"),
                            ("desk", "Meja informasi"),
                            ("van", "Kendaraan keliling"),
                        ],
                        max_length=5,
                    ),
                ),
                ("checked_in_at", models.DateTimeField(null=True)),
                (
                    "device",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.device",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.mall",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.site",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="ticket",
            name="visit",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tickets",
                to="queues.visit",
            ),
        ),
        migrations.CreateModel(
            name="CounterSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Buka"), ("paused", "Jeda"), ("closed", "Tutup")],
                        default="open",
                        max_length=6,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("mall", "counter"), name="one_officer_a_counter"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state", "closed")),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("ended_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="session_closed_when_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("seq", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken", "Taken"),
                            ("called", "Called"),
                            ("recalled", "Recalled"),
                            ("serving", "Serving"),
                            ("completed", "Completed"),
                            ("absent", "Absent"),
                            ("cancelled", "Cancelled"),
                            ("counter", "Counter"),
                        ],
                        max_length=9,
                    ),
                ),
                ("zone_id", models.BigIntegerField()),
                ("queue_id", models.BigIntegerField(null=True)),
                ("ticket_id", models.BigIntegerField(null=True)),
                ("number", models.CharField(blank=True, max_length=12)),
                ("counter", models.CharField(blank=True, max_length=20)),
                ("agency", models.CharField(blank=True, max_length=40)),
                (
                    "mall",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("kind__in", ["called", "recalled"])),
                        fields=["mall", "-seq"],
                        name="event_calls",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["mall", "queue", "day", "queued_at", "id"],
                name="ticket_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "called", "serving"])),
                fields=["mall", "day", "state"],
                name="ticket_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(fields=("key",), name="ticket_key_once"),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(fields=("mall", "queue", "day", "number"), name="ticket_number_once"),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(fields=("mall", "request_id"), name="ticket_once_a_request"),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                condition=models.Q(("call_request_id__isnull", False)),
                fields=("mall", "call_request_id"),
                name="call_once_a_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["called", "serving"])),
                fields=("mall", "counter"),
                name="counter_has_one_ticket",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["called", "serving"])),
                fields=("mall", "visit"),
                name="visit_at_one_counter",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "completed"), models.Q(("outcome", ""), _negated=True)),
                    models.Q(models.Q(("state", "completed"), _negated=True), ("outcome", "")),
                    _connector="OR",
                ),
                name="completed_has_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "sent_away"), models.Q(("reason", ""), _negated=True)),
                    models.Q(models.Q(("outcome", "sent_away"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="sent_away_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["called", "serving"]), _negated=True),
                    ("counter__isnull", False),
                    _connector="OR",
                ),
                name="called_has_counter",
            ),
        ),
    ]
