from django.db import migrations, models


class Migration(migrations.Migration):
    """Let printers have an address and a paper width, and one device of a zone speak."""

    dependencies = [
        ("tenancy", "0002_wall"),
    ]

    operations = [
        migrations.AddField(
            model_name="device",
            name="address",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.AddField(
            model_name="device",
            name="paper_mm",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="device",
            name="speaks",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None), ("speaks", True)),
                fields=("mall", "zone"),
                name="one_voice_a_zone",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(("paper_mm", None), ("paper_mm__in", [58, 80]), _connector="OR"),
                name="paper_58_or_80_mm",
            ),
        ),
    ]
