from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Build the wall between malls."""

    dependencies = [
        ("surveys", "0001_initial"),
        ("queues", "0002_wall"),
    ]

    operations = [
        ProtectMallTable("surveys_rating"),
        CompositeReference("surveys_rating", "ticket_id", "queues_ticket"),
    ]
