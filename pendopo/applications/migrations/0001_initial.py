import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0014_milestone_circles"),
        ("catalogue", "0008_services_and_fees"),
        ("people", "0003_contacts"),
        ("people", "__first__"),
        ("queues", "0018_ends_meanwhile"),
        ("tenancy", "0007_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32, unique=True)),
                ("product", models.CharField(max_length=80)),
                ("number", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("printed", "Selesai dicetak"),
                            ("ready", "Siap diambil"),
                            ("called", "Diambilkan dari rak"),
                            ("handed", "Sudah diserahkan"),
                            ("sent", "Dikirim lewat kurir"),
                            ("returned", "Dikembalikan ke instansi"),
                        ],
                        default="printed",
                        max_length=8,
                    ),
                ),
                ("shelf", models.CharField(blank=True, max_length=12)),
                ("request_id", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="queues.forwardedcase",
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "owner",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "site",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.site"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "state", "changed_at"], name="handovers_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "request_id"), name="handover_of_one_request"),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("mall", "agency", "product", "number"),
                        name="product_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("shelf", ""), _negated=True),
                        fields=("mall", "site", "shelf"),
                        name="shelf_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["ready", "called"]), ("shelf", ""), _connector="XOR"),
                        name="on_a_shelf_while_it_waits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("printed", "Selesai dicetak"),
                            ("ready", "Siap diambil"),
                            ("called", "Diambilkan dari rak"),
                            ("handed", "Sudah diserahkan"),
                            ("sent", "Dikirim lewat kurir"),
                            ("returned", "Dikembalikan ke instansi"),
                        ],
                        max_length=8,
                    ),
                ),
                ("shelf", models.CharField(blank=True, max_length=12)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
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
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="applications.handover"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "handover", "id"], name="moves_of_product")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["sent", "returned"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="move_with_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PickUpService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "agency",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.service"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "signed",
                    models.CharField(
                        choices=[
                            ("drawn", "Di layar"),
                            ("book", "Di buku serah terima"),
                            ("courier", "Pada bukti kurir"),
                        ],
                        max_length=8,
                    ),
                ),
                ("signature_sealed", models.BinaryField(blank=True, default=b"")),
                ("at", models.DateTimeField()),
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
                    "handover",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="applications.handover"
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
                (
                    "representation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.representation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False), ("representation__isnull", False), _connector="XOR"
                        ),
                        name="taken_by_owner_or_proxy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed", "drawn"), models.Q(("signature_sealed", b""), _negated=True)),
                            models.Q(models.Q(("signed", "drawn"), _negated=True), ("signature_sealed", b"")),
                            _connector="OR",
                        ),
                        name="drawn_means_a_drawing",
                    ),
                ],
            },
        ),
    ]
