import django.db.models.deletion
from django.db import migrations, models

from pendopo.tenancy.operations import CompositeReference


class Migration(migrations.Migration):
    """Let a letter name the meeting that it is about."""

    dependencies = [("meetings", "0003_postponing")]

    operations = [
        migrations.AddField(
            "letter",
            "meeting",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="meetings.meeting",
            ),
        ),
        CompositeReference("meetings_letter", "meeting_id", "meetings_meeting"),
    ]
