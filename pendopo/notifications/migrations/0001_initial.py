import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_contacts"),
        ("people", "__first__"),
        ("tenancy", "0007_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("code", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "contact_kind",
                    models.CharField(blank=True, choices=[("phone", "Telepon"), ("email", "Surel")], max_length=5),
                ),
                ("contact_sealed", models.BinaryField(blank=True, default=b"")),
                ("template", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=5)),
                ("data_sealed", models.BinaryField(blank=True, default=b"")),
                ("about", models.CharField(blank=True, max_length=80)),
                ("is_urgent", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("sending", "Sedang dikirim"),
                            ("handed", "Diserahkan"),
                            ("unsure", "Tidak pasti"),
                            ("failed", "Gagal"),
                            ("inbox", "Kotak pesan saja"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True, choices=[("whatsapp", "WhatsApp"), ("sms", "SMS"), ("mail", "Surel")], max_length=8
                    ),
                ),
                ("fallbacks", models.CharField(blank=True, max_length=40)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("written_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("handed_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("refused_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("forgotten_at", models.DateTimeField(null=True)),
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
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["mall", "channel", "due_at"],
                        name="messages_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "sending")), fields=["mall", "due_at"], name="messages_being_sent"
                    ),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["mall", "expires_at"],
                        name="messages_expiring",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["failed", "unsure"])),
                        fields=["mall", "id"],
                        name="messages_in_trouble",
                    ),
                    models.Index(fields=["mall", "written_at"], name="messages_by_time"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "key"), name="message_told_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account", None), ("contact_kind", ""), ("person__isnull", False)),
                            models.Q(("account__isnull", False), ("contact_kind", ""), ("person", None)),
                            models.Q(("account", None), ("contact_kind__in", ["phone", "email"]), ("person", None)),
                            _connector="OR",
                        ),
                        name="message_has_one_recipient",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("written_at"))), name="message_expires_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["waiting", "sending", "handed", "unsure"]), _negated=True),
                            models.Q(("channel", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="message_on_its_way_has_a_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="message_failed_says_why",
                    ),
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="message_has_a_key"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("whatsapp", "WhatsApp"), ("sms", "SMS"), ("mail", "Surel")], max_length=8
                    ),
                ),
                ("address_sealed", models.BinaryField(blank=True, default=b"")),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Belum diketahui"),
                            ("handed", "Diserahkan"),
                            ("down", "Penyedia tidak menerima"),
                            ("refused", "Alamat ditolak"),
                            ("unsure", "Tidak pasti"),
                        ],
                        default="",
                        max_length=7,
                    ),
                ),
                ("provider_id", models.CharField(blank=True, max_length=200)),
                ("reason", models.CharField(blank=True, max_length=60)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="notifications.message",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("provider_id", ""), _negated=True),
                        fields=["mall", "provider_id"],
                        name="attempt_by_provider_id",
                    ),
                    models.Index(fields=["mall", "message"], name="attempts_of_message"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("mall", "message"), name="attempt_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("outcome", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="attempt_ends_with_an_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channels", models.CharField(blank=True, max_length=40)),
                ("language", models.CharField(default="id", max_length=5)),
                ("quiet_from", models.TimeField(null=True)),
                ("quiet_until", models.TimeField(null=True)),
                ("changed_at", models.DateTimeField()),
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
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "account"), name="preference_once_an_account"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from", None), ("quiet_until", None)),
                            models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="quiet_hours_have_both_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["id", "en"])), name="preference_in_a_language_we_write"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channels__regex", "^((whatsapp|sms|mail)(,(whatsapp|sms|mail)){0,2})?$")),
                        name="preference_of_known_channels",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("whatsapp", "WhatsApp"), ("sms", "SMS"), ("mail", "Surel")], max_length=8
                    ),
                ),
                ("provider_id", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Terkirim"),
                            ("delivered", "Sampai"),
                            ("read", "Dibaca"),
                            ("failed", "Gagal"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=60)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mall", "channel", "provider_id", "state", "at"), name="receipt_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("provider_id", ""), _negated=True), name="receipt_names_a_message"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Breaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("whatsapp", "WhatsApp"), ("sms", "SMS"), ("mail", "Surel")], max_length=8
                    ),
                ),
                ("failures", models.PositiveIntegerField(default=0)),
                ("open_until", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("changed_at", models.DateTimeField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mall", "channel"), name="breaker_once_a_channel")],
            },
        ),
        migrations.CreateModel(
            name="Incoming",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("whatsapp", "WhatsApp"), ("sms", "SMS"), ("mail", "Surel")], max_length=8
                    ),
                ),
                ("provider_id", models.CharField(max_length=200)),
                ("sender_sealed", models.BinaryField()),
                ("text_sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "channel", "provider_id"), name="incoming_once")
                ],
            },
        ),
    ]
