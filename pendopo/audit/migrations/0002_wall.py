from django.db import migrations

from pendopo.tenancy.operations import OnlyAdded, ProtectMallTable


class Migration(migrations.Migration):
    """Build the wall between malls."""

    dependencies = [
        ("audit", "0001_initial"),
        ("tenancy", "0002_wall"),
    ]

    operations = [
        ProtectMallTable("audit_entry"),
        OnlyAdded("audit_entry"),
        OnlyAdded("audit_installationentry"),
    ]
