import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("handle", models.CharField(max_length=64, unique=True)),
                ("contact_sealed", models.BinaryField()),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("is_test", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                (
                    "nib",
                    models.CharField(
                        blank=True, max_length=13, validators=[django.core.validators.RegexValidator("^\\d{13}$")]
                    ),
                ),
                (
                    "npwp",
                    models.CharField(
                        blank=True, max_length=16, validators=[django.core.validators.RegexValidator("^\\d{15,16}$")]
                    ),
                ),
                ("deed", models.CharField(blank=True, max_length=120)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("nib", ""), ("nib__regex", "^\\d{13}$"), _connector="OR"),
                        name="nib_has_13_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("npwp", ""), ("npwp__regex", "^\\d{15,16}$"), _connector="OR"),
                        name="npwp_has_15_or_16_digits",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("nib", ""), _negated=True),
                        fields=("mall", "nib"),
                        name="nib_of_one_organisation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField()),
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mall", "account"), name="person_once_an_account")],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "parties",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person__isnull", True), ("organisation__isnull", True), _connector="XOR"),
                        name="party_is_exactly_one",
                    ),
                    models.UniqueConstraint(fields=("mall", "person"), name="party_once_a_person"),
                    models.UniqueConstraint(fields=("mall", "organisation"), name="party_once_an_organisation"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("nik", "NIK"),
                            ("kk", "KK"),
                            ("passport", "Paspor"),
                            ("kitas", "KITAS"),
                            ("bpjs", "BPJS"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value_sealed", models.BinaryField()),
                ("value_hash", models.BinaryField(max_length=32)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="identifiers", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "kind", "value_hash"), name="identifier_of_one_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="Representation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("parent", "Orang tua"),
                            ("guardian", "Wali"),
                            ("attorney", "Kuasa"),
                            ("officer", "Pengurus"),
                        ],
                        max_length=10,
                    ),
                ),
                ("document", models.CharField(blank=True, max_length=160)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="representation_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("mall", "person", "party", "basis"),
                        name="representation_once",
                    ),
                ],
            },
        ),
    ]
