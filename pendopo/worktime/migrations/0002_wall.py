from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Build the wall between malls."""

    dependencies = [("worktime", "0001_initial")]

    operations = [
        ProtectMallTable("worktime_mallday"),
        ProtectMallTable("worktime_calendar"),
        ProtectMallTable("worktime_calendarhours"),
        CompositeReference("worktime_calendarhours", "calendar_id", "worktime_calendar"),
    ]
