from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Build the wall between malls."""

    dependencies = [
        ("agencies", "0001_initial"),
        ("tenancy", "0002_wall"),
        ("people", "0002_wall"),
    ]

    operations = [
        ProtectMallTable("agencies_agency"),
        ProtectMallTable("agencies_membership"),
        ProtectMallTable("agencies_apitoken"),
        ProtectMallTable("agencies_outlet"),
        ProtectMallTable("agencies_counter"),
        ProtectMallTable("agencies_openinghours"),
        ProtectMallTable("agencies_openingexception"),
        CompositeReference("agencies_agency", "parent_id", "agencies_agency"),
        CompositeReference("agencies_membership", "agency_id", "agencies_agency"),
        CompositeReference("agencies_outlet", "site_id", "tenancy_site"),
        CompositeReference("agencies_outlet", "agency_id", "agencies_agency"),
        CompositeReference("agencies_counter", "outlet_id", "agencies_outlet"),
        CompositeReference("agencies_counter", "zone_id", "tenancy_zone"),
        CompositeReference("agencies_openinghours", "outlet_id", "agencies_outlet"),
        CompositeReference("agencies_openingexception", "outlet_id", "agencies_outlet"),
    ]
