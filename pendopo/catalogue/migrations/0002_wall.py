from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable, PublishMallTable


class Migration(migrations.Migration):
    """Build the wall between malls."""

    dependencies = [
        ("catalogue", "0001_initial"),
        ("tenancy", "0002_wall"),
        ("agencies", "0002_wall"),
    ]

    operations = [
        ProtectMallTable("catalogue_service"),
        ProtectMallTable("catalogue_variant"),
        ProtectMallTable("catalogue_fee"),
        ProtectMallTable("catalogue_offering"),
        PublishMallTable("catalogue_published"),
        CompositeReference("catalogue_service", "agency_id", "agencies_agency"),
        CompositeReference("catalogue_variant", "service_id", "catalogue_service"),
        CompositeReference("catalogue_fee", "variant_id", "catalogue_variant"),
        CompositeReference("catalogue_offering", "service_id", "catalogue_service"),
        CompositeReference("catalogue_offering", "site_id", "tenancy_site"),
        CompositeReference("catalogue_offering", "outlet_id", "agencies_outlet"),
    ]
