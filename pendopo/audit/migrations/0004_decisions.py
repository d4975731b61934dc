from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Find what was decided with a reason without reading every act."""

    atomic = False
    dependencies = [("audit", "0003_lighter")]

    operations = [
        AddIndexConcurrently(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("reason", ""), _negated=True), fields=["mall", "-id"], name="entry_with_reason"
            ),
        ),
    ]
