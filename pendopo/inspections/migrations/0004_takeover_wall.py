"""The wall around what a takeover adds, which may never change; after the signature nothing of it may come."""

from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable


class Migration(migrations.Migration):
    dependencies = [("inspections", "0003_takeover")]

    operations = [
        ProtectMallTable("inspections_turn"),
        ProtectMallTable("inspections_aside"),
        CompositeReference("inspections_turn", "inspection_id", "inspections_inspection"),
        CompositeReference("inspections_aside", "place_id", "inspections_place"),
        OnlyAdded("inspections_turn"),
        OnlyAdded("inspections_aside"),
        OnlyAdded(
            "inspections_answer", except_columns=("value", "number", "note", "account_id", "part", "at", "received_at")
        ),
        migrations.RunSQL(
            sql="""
            CREATE POLICY not_after_signature ON inspections_turn AS RESTRICTIVE FOR INSERT
              WITH CHECK (NOT EXISTS (
                SELECT 1 FROM inspections_signature s
                WHERE s.mall_id = inspections_turn.mall_id AND s.inspection_id = inspections_turn.inspection_id));
            CREATE POLICY not_after_signature ON inspections_aside AS RESTRICTIVE FOR INSERT
              WITH CHECK (NOT EXISTS (
                SELECT 1 FROM inspections_place p
                JOIN inspections_signature s ON s.mall_id = p.mall_id AND s.inspection_id = p.inspection_id
                WHERE p.mall_id = inspections_aside.mall_id AND p.id = inspections_aside.place_id));
            """,
            reverse_sql="""
            DROP POLICY not_after_signature ON inspections_turn;
            DROP POLICY not_after_signature ON inspections_aside;
            """,
        ),
    ]
