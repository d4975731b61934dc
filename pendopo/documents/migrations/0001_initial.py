import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
        ("tenancy", "0007_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Register",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("format", models.CharField(max_length=80)),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "code", "year"), name="register_of_a_year_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("number_text", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("code", models.CharField(max_length=26)),
                ("sha256", models.BinaryField(max_length=32)),
                ("file_path", models.CharField(max_length=160)),
                ("file_key", models.BinaryField()),
                ("request_id", models.UUIDField()),
                ("signed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("valid", "Berlaku"), ("superseded", "Digantikan"), ("revoked", "Dicabut")],
                        default="valid",
                        max_length=10,
                    ),
                ),
                ("state_at", models.DateTimeField()),
                ("state_reason", models.CharField(blank=True, max_length=200)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.register"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["mall", "sha256"], name="document_by_digest")],
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "code"), name="document_code_once"),
                    models.UniqueConstraint(fields=("register", "number"), name="document_number_once"),
                    models.UniqueConstraint(fields=("mall", "request_id"), name="document_wish_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "valid")),
                        fields=("mall", "kind", "subject"),
                        name="one_valid_document",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="document_number_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "revoked"), _negated=True),
                            models.Q(("state_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="document_revoked_because",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SigningIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("authority", models.BinaryField()),
                ("signer", models.BinaryField()),
                ("stamper", models.BinaryField()),
                ("revoked", models.BinaryField()),
                ("signer_key", models.BinaryField()),
                ("stamper_key", models.BinaryField()),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mall",), name="one_signing_identity")],
            },
        ),
    ]
