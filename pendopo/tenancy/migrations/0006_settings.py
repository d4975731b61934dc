from django.db import migrations, models


class Migration(migrations.Migration):
    """Let a mall choose its colour and logo, and end sites and zones."""

    dependencies = [("tenancy", "0005_van_fleet")]

    operations = [
        migrations.AddField(
            model_name="mall",
            name="accent",
            field=models.CharField(blank=True, db_default="", max_length=7),
        ),
        migrations.AddField(
            model_name="mall",
            name="logo",
            field=models.CharField(blank=True, db_default="", max_length=120),
        ),
        migrations.AddConstraint(
            model_name="mall",
            constraint=models.CheckConstraint(
                condition=models.Q(("accent__regex", "^(#[0-9a-f]{6})?$")), name="accent_is_a_colour"
            ),
        ),
        migrations.AddField(
            model_name="zone",
            name="retired_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="zone",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at", None)), fields=("mall", "site", "code"), name="zone_code_once_in_use"
            ),
        ),
        migrations.RemoveConstraint(model_name="zone", name="zone_code_once"),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(("plate", ""), ("kind", "van"), _connector="OR"), name="only_vans_have_plates"
            ),
        ),
        migrations.RemoveConstraint(model_name="site", name="only_vans_drive"),
    ]
