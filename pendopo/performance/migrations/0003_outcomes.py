from pathlib import Path

from django.db import migrations, models

HERE = Path(__file__).parent
MARK = "performance_mark_visit.sql"
TRIGGER = """
CREATE OR REPLACE TRIGGER performance_mark AFTER UPDATE OF {columns} ON queues_visit
FOR EACH ROW EXECUTE FUNCTION performance_mark_visit();
"""


class Migration(migrations.Migration):
    """Let rollups say what became of tickets and how many came by phone; the worker fills in what is there, by days."""

    dependencies = [
        ("performance", "0002_wall_and_marks"),
    ]

    operations = [
        migrations.AddField("dayrollup", "edition", models.PositiveSmallIntegerField(db_default=1)),
        migrations.AddIndex("dayrollup", models.Index(fields=["mall", "edition"], name="day_rollup_edition")),
        *(
            migrations.AddField("servicerollup", name, models.PositiveIntegerField(db_default=0))
            for name in ("done", "handed_over", "taken_in", "by_phone")
        ),
        migrations.AddConstraint(
            "servicerollup",
            models.CheckConstraint(
                condition=models.Q(
                    completed__gte=models.F("sent_away")
                    + models.F("done")
                    + models.F("handed_over")
                    + models.F("taken_in"),
                    taken__gte=models.F("by_phone"),
                ),
                name="service_rollup_outcomes_within",
            ),
        ),
        migrations.RunSQL(
            (HERE / "sql_0003" / MARK).read_text() + TRIGGER.format(columns="checked_in_at, origin"),
            (HERE / "sql_0002" / MARK).read_text() + TRIGGER.format(columns="checked_in_at"),
        ),
    ]
