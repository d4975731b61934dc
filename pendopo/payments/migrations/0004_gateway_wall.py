"""The wall around the new tables, what of them may still change, and the numbers of receipts given out before."""

from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable

CODE = (
    "state", "content", "gateway_reference", "paid_at", "looks", "look_at", "told", "told_at", "is_to_cancel",
)  # fmt: skip
NUMBERED = """
WITH numbered AS (
  SELECT s.id, b.agency_id, d.paid_on, extract(year FROM s.settled_at AT TIME ZONE m.timezone)::int AS year, a.code,
    row_number() OVER (
      PARTITION BY s.mall_id, b.agency_id, extract(year FROM s.settled_at AT TIME ZONE m.timezone) ORDER BY s.id
    ) AS position
  FROM payments_settlement s
  JOIN payments_bill b ON b.id = s.bill_id
  JOIN payments_deposit d ON d.id = s.deposit_id
  JOIN agencies_agency a ON a.id = b.agency_id
  JOIN tenancy_mall m ON m.id = s.mall_id
  WHERE s.position IS NULL
)
UPDATE payments_settlement s
SET agency_id = n.agency_id, paid_on = n.paid_on, year = n.year, position = n.position,
  receipt = 'TT-' || n.code || '-' || n.year || '-' || lpad(n.position::text, 5, '0')
FROM numbered n WHERE n.id = s.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0003_gateway"),
        ("tenancy", "0002_wall"),
        ("agencies", "0002_wall"),
    ]

    operations = [
        ProtectMallTable("payments_merchant"),
        ProtectMallTable("payments_charge"),
        ProtectMallTable("payments_gatewaycall"),
        ProtectMallTable("payments_gatewaynotice"),
        ProtectMallTable("payments_voiding"),
        ProtectMallTable("payments_photo"),
        ProtectMallTable("payments_statement"),
        ProtectMallTable("payments_explanation"),
        ProtectMallTable("payments_dayclosing"),
        CompositeReference("payments_charge", "bill_id", "payments_bill"),
        CompositeReference("payments_charge", "merchant_id", "payments_merchant"),
        CompositeReference("payments_gatewaycall", "merchant_id", "payments_merchant"),
        CompositeReference("payments_gatewaycall", "charge_id", "payments_charge"),
        CompositeReference("payments_gatewaynotice", "merchant_id", "payments_merchant"),
        CompositeReference("payments_gatewaynotice", "charge_id", "payments_charge"),
        CompositeReference("payments_voiding", "bill_id", "payments_bill"),
        CompositeReference("payments_photo", "bill_id", "payments_bill"),
        CompositeReference("payments_deposit", "photo_id", "payments_photo"),
        CompositeReference("payments_settlement", "charge_id", "payments_charge"),
        CompositeReference("payments_settlement", "agency_id", "agencies_agency"),
        OnlyAdded("payments_charge", except_columns=CODE),
        OnlyAdded("payments_gatewaycall"),
        OnlyAdded("payments_gatewaynotice"),
        OnlyAdded("payments_voiding"),
        # Of a picture only the key of its file is sealed anew, when the mall's key is followed by another.
        OnlyAdded("payments_photo", except_columns=("file_key",)),
        OnlyAdded("payments_statement"),
        OnlyAdded("payments_explanation"),
        OnlyAdded("payments_dayclosing"),
        migrations.RunSQL(NUMBERED, migrations.RunSQL.noop),
    ]
