import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pendopo.tenancy.operations import ProtectMallTable


class Migration(migrations.Migration):
    """Count wrong presence codes."""

    dependencies = [
        ("agencies", "0011_structure"),
        ("tenancy", "0005_van_fleet"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CodeTries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("wrong", models.PositiveSmallIntegerField(default=0)),
                ("refused_until", models.DateTimeField(null=True)),
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
                "verbose_name_plural": "code tries",
                "constraints": [models.UniqueConstraint(fields=("mall", "account"), name="code_tries_once")],
            },
        ),
        ProtectMallTable("agencies_codetries"),
    ]
