from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Build the wall between malls."""

    dependencies = [("tenancy", "0001_initial")]

    operations = [
        ProtectMallTable("tenancy_site"),
        ProtectMallTable("tenancy_zone"),
        ProtectMallTable("tenancy_device"),
        CompositeReference("tenancy_zone", "site_id", "tenancy_site"),
        CompositeReference("tenancy_device", "site_id", "tenancy_site"),
        CompositeReference("tenancy_device", "zone_id", "tenancy_zone"),
    ]
