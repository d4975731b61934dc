from pathlib import Path

from django.db import migrations

from pendopo.tenancy.operations import SqlFunctions

WATCH = """
CREATE CONSTRAINT TRIGGER agencies_no_milestone_circle AFTER INSERT OR UPDATE ON agencies_milestoneneed
FOR EACH ROW EXECUTE FUNCTION agencies_refuse_milestone_circle();
"""
REST = "DROP TRIGGER agencies_no_milestone_circle ON agencies_milestoneneed;"


class Migration(migrations.Migration):
    """Refuse milestones that wait for themselves."""

    dependencies = [("agencies", "0013_code_tries")]

    operations = [
        SqlFunctions(Path(__file__).parent / "sql_0014", ("agencies_refuse_milestone_circle",)),
        migrations.RunSQL(WATCH, REST),
    ]
