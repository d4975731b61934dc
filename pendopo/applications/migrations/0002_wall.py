"""The wall around each table; what happened to a product, and who took it, is only ever added."""

from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0001_initial"),
        ("queues", "0018_ends_meanwhile"),
        ("people", "0003_contacts"),
        ("catalogue", "0002_wall"),
        ("tenancy", "0002_wall"),
        ("agencies", "0002_wall"),
    ]

    operations = [
        ProtectMallTable("applications_handover"),
        ProtectMallTable("applications_move"),
        ProtectMallTable("applications_receipt"),
        ProtectMallTable("applications_pickupservice"),
        CompositeReference("applications_handover", "agency_id", "agencies_agency"),
        CompositeReference("applications_handover", "site_id", "tenancy_site"),
        CompositeReference("applications_handover", "owner_id", "people_party"),
        CompositeReference("applications_handover", "case_id", "queues_forwardedcase"),
        CompositeReference("applications_move", "handover_id", "applications_handover"),
        CompositeReference("applications_receipt", "handover_id", "applications_handover"),
        CompositeReference("applications_receipt", "person_id", "people_person"),
        CompositeReference("applications_receipt", "representation_id", "people_representation"),
        CompositeReference("applications_pickupservice", "agency_id", "agencies_agency"),
        CompositeReference("applications_pickupservice", "service_id", "catalogue_service"),
        OnlyAdded("applications_move"),
        OnlyAdded("applications_receipt", except_columns=("signature_sealed",)),
    ]
