import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0014_milestone_circles"),
        ("catalogue", "0008_services_and_fees"),
        ("people", "__first__"),
        ("tenancy", "0007_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.UUIDField()),
                ("day", models.DateField()),
                ("position", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=25)),
                ("amount", models.BigIntegerField()),
                ("rule", models.CharField(max_length=402)),
                ("rule_from", models.DateField()),
                ("basis", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.variant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "part"), name="bill_part_once"),
                    models.UniqueConstraint(fields=("mall", "number"), name="bill_number_once"),
                    models.UniqueConstraint(fields=("mall", "agency", "day", "position"), name="bill_position_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="bill_asks_something"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rule", ""), _negated=True), models.Q(("basis", ""), _negated=True)
                        ),
                        name="bill_by_rule_and_regulation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))), name="bill_expires_later"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deposit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("waiting", "Menunggu diperiksa"), ("accepted", "Diterima"), ("refused", "Ditolak")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("checked_at", models.DateTimeField(null=True)),
                ("words", models.CharField(blank=True, max_length=300)),
                (
                    "how",
                    models.CharField(
                        choices=[("desk", "Loket kas bank"), ("code", "Kode billing dan NTPN")], max_length=4
                    ),
                ),
                ("amount", models.BigIntegerField()),
                ("paid_on", models.DateField()),
                ("number", models.CharField(max_length=40)),
                ("mark", models.CharField(max_length=40)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "bill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deposits", to="payments.bill"
                    ),
                ),
                (
                    "checker",
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
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "part"), name="deposit_part_once"),
                    models.CheckConstraint(
                        condition=models.Q(("checker", models.F("account")), _negated=True),
                        name="deposit_checked_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at", None), ("checker", None), ("verdict", "waiting")),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checker__isnull", False),
                                ("verdict__in", ["accepted", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="deposit_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict", "refused"), ("words", ""), _negated=True),
                        name="deposit_refused_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "refused"), _negated=True),
                        fields=("mall", "how", "mark"),
                        name="deposit_for_one_bill",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "refused"), _negated=True),
                        fields=("mall", "bill"),
                        name="deposit_once_a_bill",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["desk", "code"]), models.Q(("mark", ""), _negated=True)),
                        name="deposit_known_again",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("settled_at", models.DateTimeField()),
                (
                    "bill",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="settlement", to="payments.bill"
                    ),
                ),
                (
                    "deposit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="settlement", to="payments.deposit"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("waiting", "Menunggu diperiksa"), ("accepted", "Diterima"), ("refused", "Ditolak")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("checked_at", models.DateTimeField(null=True)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("reason", models.CharField(max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "checker",
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
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="payments.settlement"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "part"), name="refund_part_once"),
                    models.CheckConstraint(
                        condition=models.Q(("checker", models.F("account")), _negated=True),
                        name="refund_checked_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at", None), ("checker", None), ("verdict", "waiting")),
                            models.Q(
                                ("checked_at__isnull", False),
                                ("checker__isnull", False),
                                ("verdict__in", ["accepted", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="refund_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict", "refused"), ("words", ""), _negated=True),
                        name="refund_refused_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="refund_with_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "refused"), _negated=True),
                        fields=("mall", "settlement"),
                        name="refund_once_a_settlement",
                    ),
                ],
            },
        ),
    ]
