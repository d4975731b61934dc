from django.db import migrations, models


class Migration(migrations.Migration):
    """Find the closed counters that said until when; tell a print that was cut off from a printer out of reach."""

    dependencies = [
        ("agencies", "0006_planned_closings"),
        ("queues", "0009_quota_days"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="countersession",
            index=models.Index(
                condition=models.Q(("state", "closed"), ("until__isnull", False)),
                fields=["mall", "until"],
                name="closed_until",
            ),
        ),
        migrations.AlterField(
            model_name="slip",
            name="problem",
            field=models.CharField(
                blank=True,
                choices=[
                    ("paper_out", "Kertas habis"),
                    ("unreachable", "Pencetak tidak terjangkau"),
                    ("interrupted", "Pencetakan terputus"),
                ],
                max_length=11,
            ),
        ),
    ]
