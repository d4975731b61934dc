from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable

# What was issued before a kind could say less: all of it is read, as it was.
EVERYTHING = '["title", "number", "signed_at", "valid_until", "sha256", "file", "reason"]'


class Migration(migrations.Migration):
    """Put signers, waiting papers and batches behind the wall; keys and certificates stay as they were made."""

    dependencies = [("documents", "0005_signing")]

    operations = [
        migrations.RunSQL(
            f"UPDATE documents_issueddocument SET shows = '{EVERYTHING}' WHERE shows = '[]'",  # noqa: S608 - our own words
            migrations.RunSQL.noop,
        ),
        ProtectMallTable("documents_tokenidentity"),
        ProtectMallTable("documents_personalsigner"),
        ProtectMallTable("documents_claimkey"),
        ProtectMallTable("documents_waitingpaper"),
        ProtectMallTable("documents_signingbatch"),
        ProtectMallTable("documents_batchpaper"),
        CompositeReference("documents_issueddocument", "replaced_by_id", "documents_issueddocument"),
        CompositeReference("documents_waitingpaper", "agency_id", "agencies_agency"),
        CompositeReference("documents_waitingpaper", "document_id", "documents_issueddocument"),
        CompositeReference("documents_batchpaper", "batch_id", "documents_signingbatch"),
        CompositeReference("documents_batchpaper", "paper_id", "documents_waitingpaper"),
        OnlyAdded("documents_tokenidentity"),
        OnlyAdded("documents_personalsigner", except_columns=("key", "nik_sealed", "ended_at")),
        OnlyAdded("documents_claimkey", except_columns=("secret",)),
        OnlyAdded(
            "documents_waitingpaper",
            except_columns=("values", "state", "state_at", "state_reason", "problem", "problem_at", "document_id"),
        ),
        OnlyAdded("documents_signingbatch", except_columns=("moved_at", "state", "problem")),
        OnlyAdded("documents_batchpaper"),
        OnlyAdded(
            "documents_issueddocument",
            except_columns=("state", "state_at", "state_reason", "file_key", "replaced_by_id"),
        ),
    ]
