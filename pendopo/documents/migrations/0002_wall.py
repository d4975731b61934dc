from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable


class Migration(migrations.Migration):
    """Put issued documents behind the wall; what was issued stays as it was, but for its state and sealed keys."""

    dependencies = [("documents", "0001_initial")]

    operations = [
        ProtectMallTable("documents_register"),
        ProtectMallTable("documents_signingidentity"),
        ProtectMallTable("documents_issueddocument"),
        CompositeReference("documents_issueddocument", "register_id", "documents_register"),
        OnlyAdded("documents_register", except_columns=("last", "format")),
        OnlyAdded("documents_signingidentity", except_columns=("signer_key", "stamper_key")),
        OnlyAdded("documents_issueddocument", except_columns=("state", "state_at", "state_reason", "file_key")),
    ]
