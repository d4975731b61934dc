from django.db import migrations, models


class Migration(migrations.Migration):
    """Let vans have a number plate, and be taken off the road."""

    dependencies = [("tenancy", "0004_van")]

    operations = [
        migrations.AddField(
            model_name="site",
            name="plate",
            field=models.CharField(blank=True, db_default="", max_length=20),
        ),
        migrations.AddField(
            model_name="site",
            name="retired_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("plate", ""), ("retired_at", None)), ("kind", "van"), _connector="OR"),
                name="only_vans_drive",
            ),
        ),
    ]
