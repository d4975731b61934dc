from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Build the wall between malls."""

    dependencies = [
        ("people", "0001_initial"),
        ("tenancy", "0002_wall"),
    ]

    operations = [
        ProtectMallTable("people_person"),
        ProtectMallTable("people_identifier"),
        ProtectMallTable("people_organisation"),
        ProtectMallTable("people_party"),
        ProtectMallTable("people_representation"),
        CompositeReference("people_identifier", "person_id", "people_person"),
        CompositeReference("people_party", "person_id", "people_person"),
        CompositeReference("people_party", "organisation_id", "people_organisation"),
        CompositeReference("people_representation", "person_id", "people_person"),
        CompositeReference("people_representation", "party_id", "people_party"),
    ]
