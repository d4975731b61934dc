from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, ProtectMallTable


class Migration(migrations.Migration):
    """Put files that people give, and their previews, behind the wall."""

    dependencies = [("documents", "0003_stored_files")]

    operations = [
        ProtectMallTable("documents_storedfile"),
        ProtectMallTable("documents_preview"),
        CompositeReference("documents_storedfile", "party_id", "people_party"),
        CompositeReference("documents_preview", "file_id", "documents_storedfile"),
    ]
