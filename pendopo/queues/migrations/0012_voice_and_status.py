from pathlib import Path

from django.db import migrations, models

from pendopo.tenancy.operations import ReplaceFunctions

HERE = Path(__file__).parent
LANGUAGES = [
    ("id", "Indonesia saja"),
    ("id,en", "Indonesia, lalu Inggris"),
    ("id,jv", "Indonesia, lalu Jawa"),
    ("id,en,jv", "Indonesia, Inggris, lalu Jawa"),
]
KINDS = [
    "taken", "called", "recalled", "serving", "completed", "absent", "cancelled", "counter", "parked", "returned",
    "forwarded", "checked_in", "status",
]  # fmt: skip


class Migration(migrations.Migration):
    """Let a mall choose how it calls, tell of closings at once, and give a van's numbers only where it stands."""

    dependencies = [("queues", "0011_lighter_call")]

    operations = [
        migrations.AddField(
            model_name="hallrules",
            name="voice",
            field=models.CharField(choices=LANGUAGES, db_default="id", default="id", max_length=8),
        ),
        migrations.AddField(
            model_name="hallrules",
            name="spells_digits",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name="hallrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("voice__in", ["id", "id,en", "id,jv", "id,en,jv"])),
                name="voice_begins_in_indonesian",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(choices=[(kind, kind.replace("_", " ").title()) for kind in KINDS], max_length=10),
        ),
        ReplaceFunctions(HERE / "sql_0012", HERE / "sql_0011", ("queues_take",)),
    ]
