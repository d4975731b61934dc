"""The wall around what payers ask and what the other side's lists say; who a bill is about never changes."""

from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_payers_and_wishes"), ("people", "0002_wall")]

    operations = [
        ProtectMallTable("payments_refundwish"),
        ProtectMallTable("payments_statementline"),
        CompositeReference("payments_bill", "person_id", "people_person"),
        CompositeReference("payments_refundwish", "settlement_id", "payments_settlement"),
        CompositeReference("payments_refundwish", "refund_id", "payments_refund"),
        # Of a wish its words are sealed anew when the mall's key is followed by another; the rest is what became of it.
        OnlyAdded("payments_refundwish", except_columns=("wished", "refund_id", "ended_at")),
        OnlyAdded("payments_statementline"),
    ]
