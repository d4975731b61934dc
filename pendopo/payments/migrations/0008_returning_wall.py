"""The wall around what goes back; no return of what was not granted, nor of another refund or settlement than its own."""

from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable

VERDICT = ("verdict", "words", "checker_id", "checked_at")
ASKING = ("state", "looks", "look_at", "gateway_number", "returned_at", "code", "said")
# What a return says of its refund is compared with the refund itself, and so is what shows it.
COMPARED = """
ALTER TABLE payments_refund ADD CONSTRAINT payments_refund_as_decided UNIQUE (mall_id, id, settlement_id, verdict);
ALTER TABLE payments_gatewayrefund ADD CONSTRAINT payments_gatewayrefund_of_refund UNIQUE (mall_id, id, refund_id);
ALTER TABLE payments_transfer ADD CONSTRAINT payments_transfer_as_decided UNIQUE (mall_id, id, refund_id, verdict);
ALTER TABLE payments_return
  ADD CONSTRAINT payments_return_of_a_granted_refund FOREIGN KEY (mall_id, refund_id, settlement_id, verdict)
    REFERENCES payments_refund (mall_id, id, settlement_id, verdict) DEFERRABLE INITIALLY IMMEDIATE,
  ADD CONSTRAINT payments_return_by_its_gateway FOREIGN KEY (mall_id, at_gateway_id, refund_id)
    REFERENCES payments_gatewayrefund (mall_id, id, refund_id) DEFERRABLE INITIALLY IMMEDIATE,
  ADD CONSTRAINT payments_return_by_its_transfer FOREIGN KEY (mall_id, transfer_id, refund_id, verdict)
    REFERENCES payments_transfer (mall_id, id, refund_id, verdict) DEFERRABLE INITIALLY IMMEDIATE;
"""
NOT_COMPARED = """
ALTER TABLE payments_return
  DROP CONSTRAINT payments_return_of_a_granted_refund,
  DROP CONSTRAINT payments_return_by_its_gateway,
  DROP CONSTRAINT payments_return_by_its_transfer;
ALTER TABLE payments_transfer DROP CONSTRAINT payments_transfer_as_decided;
ALTER TABLE payments_gatewayrefund DROP CONSTRAINT payments_gatewayrefund_of_refund;
ALTER TABLE payments_refund DROP CONSTRAINT payments_refund_as_decided;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_returning"), ("tenancy", "0002_wall")]

    operations = [
        ProtectMallTable("payments_refundaccount"),
        ProtectMallTable("payments_gatewayrefund"),
        ProtectMallTable("payments_transfer"),
        ProtectMallTable("payments_return"),
        CompositeReference("payments_refundaccount", "refund_id", "payments_refund"),
        CompositeReference("payments_gatewayrefund", "refund_id", "payments_refund"),
        CompositeReference("payments_gatewayrefund", "charge_id", "payments_charge"),
        CompositeReference("payments_transfer", "refund_id", "payments_refund"),
        CompositeReference("payments_return", "refund_id", "payments_refund"),
        CompositeReference("payments_return", "settlement_id", "payments_settlement"),
        CompositeReference("payments_return", "at_gateway_id", "payments_gatewayrefund"),
        CompositeReference("payments_return", "transfer_id", "payments_transfer"),
        migrations.RunSQL(COMPARED, NOT_COMPARED),
        # What is sealed is sealed anew when the mall's key is followed by another.
        OnlyAdded("payments_refundaccount", except_columns=("destination",)),
        OnlyAdded("payments_refundwish", except_columns=("wished", "destination", "refund_id", "ended_at")),
        OnlyAdded("payments_gatewayrefund", except_columns=ASKING),
        OnlyAdded("payments_transfer", except_columns=VERDICT),
        OnlyAdded("payments_return"),
        OnlyAdded("payments_photo", except_columns=("file_key", "state", "finding", "scanner", "scanned_at")),
    ]
