from django.db import migrations


class Migration(migrations.Migration):
    """Index what search looks through, while the malls work on."""

    atomic = False
    dependencies = [("catalogue", "0003_search")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY IF NOT EXISTS published_lexemes ON catalogue_published USING gin (lexemes);",
            "DROP INDEX IF EXISTS published_lexemes;",
        )
    ]
