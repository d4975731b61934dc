"""The wall around each table, and what may never change: bills and settlements; of the rest only the verdict comes."""

from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable

VERDICT = ("verdict", "words", "checker_id", "checked_at")


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0001_initial"),
        ("tenancy", "0002_wall"),
        ("agencies", "0002_wall"),
        ("catalogue", "0002_wall"),
    ]

    operations = [
        ProtectMallTable("payments_bill"),
        ProtectMallTable("payments_deposit"),
        ProtectMallTable("payments_settlement"),
        ProtectMallTable("payments_refund"),
        CompositeReference("payments_bill", "agency_id", "agencies_agency"),
        CompositeReference("payments_bill", "variant_id", "catalogue_variant"),
        CompositeReference("payments_deposit", "bill_id", "payments_bill"),
        CompositeReference("payments_settlement", "bill_id", "payments_bill"),
        CompositeReference("payments_settlement", "deposit_id", "payments_deposit"),
        CompositeReference("payments_refund", "settlement_id", "payments_settlement"),
        OnlyAdded("payments_bill"),
        OnlyAdded("payments_settlement"),
        OnlyAdded("payments_deposit", except_columns=VERDICT),
        OnlyAdded("payments_refund", except_columns=VERDICT),
    ]
