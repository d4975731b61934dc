from django.db import migrations, models


class Migration(migrations.Migration):
    """Let queues retire; their letters may be given again."""

    dependencies = [
        ("queues", "0015_quota_meanwhile"),
        ("tenancy", "0005_van_fleet"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="queue",
            name="queue_code_once_a_site",
        ),
        migrations.AddField(
            model_name="queue",
            name="retired_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="queue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at", None)), fields=("mall", "site", "code"), name="queue_code_once_a_site"
            ),
        ),
    ]
