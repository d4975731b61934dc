import django.db.models.deletion
from django.db import migrations, models

from pendopo.tenancy.operations import ProtectMallTable


class Migration(migrations.Migration):
    """Let each mall have keys of its own."""

    dependencies = [
        ("tenancy", "0006_settings"),
    ]

    operations = [
        migrations.CreateModel(
            name="MallKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("seal", "Menyegel"), ("search", "Mencari")], max_length=6)),
                ("number", models.PositiveSmallIntegerField()),
                ("wrapped", models.BinaryField()),
                ("master", models.CharField(max_length=16)),
                ("created_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "mall",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.mall"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mall", "kind", "number"), name="mall_key_numbered_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)), fields=("mall", "kind"), name="one_current_mall_key"
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="mall_key_from_one"),
                ],
            },
        ),
        ProtectMallTable("tenancy_mallkey"),
    ]
