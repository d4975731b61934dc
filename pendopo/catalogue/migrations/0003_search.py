import django.contrib.postgres.indexes
from django.db import migrations, models


def folded(column: str) -> str:
    return f"regexp_replace(lower({column}), '[^0-9a-z]+', ' ', 'g')"


def weighed(text: str, weight: str) -> str:
    return f"setweight(to_tsvector('simple', {text}) || to_tsvector('indonesian', {text}), '{weight}')"


class Migration(migrations.Migration):
    """Let the database keep what search looks through: words as written and stemmed, and all words that there are."""

    dependencies = [("catalogue", "0002_wall")]

    operations = [
        migrations.RemoveIndex("published", "published_search"),
        migrations.AddField("published", "abbreviations", models.TextField(blank=True, db_default="")),
        migrations.CreateModel(
            name="Word",
            fields=[("word", models.CharField(max_length=60, primary_key=True, serialize=False))],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="word_nearest", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.RunSQL(
            f"""
            ALTER TABLE catalogue_published ADD COLUMN lexemes tsvector NOT NULL GENERATED ALWAYS AS (
              {weighed(folded("service_name"), "A")} || setweight(to_tsvector('simple', abbreviations), 'A') ||
              {weighed(folded("variant_name"), "B")} || {weighed("search_text", "C")} || {weighed("description", "D")}
            ) STORED;
            INSERT INTO catalogue_word (word)
            SELECT DISTINCT word FROM catalogue_published, string_to_table(search_text, ' ') AS word
            WHERE length(word) BETWEEN 1 AND 60;
            """,  # noqa: S608 - texts of our own
            "ALTER TABLE catalogue_published DROP COLUMN lexemes;",
        ),
    ]
