"""The wall around each table, and what may never change: all of it once the inspection is signed."""

from django.db import migrations

from pendopo.tenancy.operations import CompositeReference, OnlyAdded, ProtectMallTable

IS_SIGNED = """EXISTS (
  SELECT 1 FROM inspections_place p
  JOIN inspections_signature s ON s.mall_id = p.mall_id AND s.inspection_id = p.inspection_id
  WHERE p.mall_id = {table}.mall_id AND p.id = {table}.place_id)"""


def ends_with_the_signature(table: str, *, but: str = "false") -> migrations.RunSQL:
    """Refuse rows of a signed inspection, new or changed. `but` says which may still come."""
    is_signed = IS_SIGNED.format(table=table)
    return migrations.RunSQL(
        sql=f"""
        CREATE POLICY not_after_signature ON {table} AS RESTRICTIVE FOR INSERT
          WITH CHECK (({but}) OR NOT {is_signed});
        CREATE POLICY unchanged_after_signature ON {table} AS RESTRICTIVE FOR UPDATE
          USING (true) WITH CHECK (({but}) OR NOT {is_signed});
        """,
        reverse_sql=f"""
        DROP POLICY not_after_signature ON {table};
        DROP POLICY unchanged_after_signature ON {table};
        """,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0001_initial"),
        ("tenancy", "0002_wall"),
        ("agencies", "0002_wall"),
    ]

    operations = [
        ProtectMallTable("inspections_inspection"),
        ProtectMallTable("inspections_place"),
        ProtectMallTable("inspections_answer"),
        ProtectMallTable("inspections_opinion"),
        ProtectMallTable("inspections_signature"),
        ProtectMallTable("inspections_finding"),
        ProtectMallTable("inspections_step"),
        ProtectMallTable("inspections_photo"),
        CompositeReference("inspections_place", "inspection_id", "inspections_inspection"),
        CompositeReference("inspections_place", "site_id", "tenancy_site"),
        CompositeReference("inspections_answer", "place_id", "inspections_place"),
        CompositeReference("inspections_opinion", "place_id", "inspections_place"),
        CompositeReference("inspections_signature", "inspection_id", "inspections_inspection"),
        CompositeReference("inspections_finding", "place_id", "inspections_place"),
        CompositeReference("inspections_finding", "agency_id", "agencies_agency"),
        CompositeReference("inspections_step", "finding_id", "inspections_finding"),
        CompositeReference("inspections_photo", "place_id", "inspections_place"),
        CompositeReference("inspections_photo", "finding_id", "inspections_finding"),
        OnlyAdded("inspections_inspection", except_columns=("summary",)),
        OnlyAdded("inspections_place"),
        OnlyAdded("inspections_opinion"),
        OnlyAdded("inspections_signature"),
        OnlyAdded("inspections_finding", except_columns=("state", "state_at")),
        OnlyAdded("inspections_step"),
        OnlyAdded("inspections_photo"),
        # An answer may be mended until the signature, and is never removed.
        OnlyAdded("inspections_answer", except_columns=("value", "number", "note", "part", "at", "received_at")),
        ends_with_the_signature("inspections_answer"),
        ends_with_the_signature("inspections_opinion"),
        ends_with_the_signature("inspections_photo", but="stage = 'after'"),
        migrations.RunSQL(
            sql=f"""
            CREATE POLICY not_after_signature ON inspections_finding AS RESTRICTIVE FOR INSERT
              WITH CHECK (NOT {IS_SIGNED.format(table="inspections_finding")});
            CREATE POLICY no_place_after_signature ON inspections_place AS RESTRICTIVE FOR INSERT
              WITH CHECK (NOT EXISTS (
                SELECT 1 FROM inspections_signature s
                WHERE s.mall_id = inspections_place.mall_id AND s.inspection_id = inspections_place.inspection_id));
            CREATE POLICY unchanged_after_signature ON inspections_inspection AS RESTRICTIVE FOR UPDATE
              USING (true) WITH CHECK (NOT EXISTS (
                SELECT 1 FROM inspections_signature s
                WHERE s.mall_id = inspections_inspection.mall_id AND s.inspection_id = inspections_inspection.id));
            """,  # noqa: S608 - names of our own tables
            reverse_sql="""
            DROP POLICY not_after_signature ON inspections_finding;
            DROP POLICY no_place_after_signature ON inspections_place;
            DROP POLICY unchanged_after_signature ON inspections_inspection;
            """,
        ),
    ]
