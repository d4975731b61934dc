"""Is it new? The innovations of the register that are nearest to a text, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from pendopo.tenancy.models import Mall

# From here on a likeness is told as one: measured on the ten named innovations retold and on ten that are none of them.
LIKE_NAME, LIKE_TEXT = 0.45, 0.22
MOST_WORDS = 8
# PostgreSQL's Indonesian configuration stems and leaves nothing out: words that mean nothing alone are left out here.
EMPTY_WORDS = (
    "agar antara atau bagi bahwa bisa dalam dan dapat dari dengan di guna hanya hingga ini itu juga karena ke kepada "
    "lain lalu lewat melalui oleh pada para per sampai satu sebagai sebuah secara sejak sekarang semua seperti serta "
    "setiap sudah tanpa telah tentang tiap untuk yaitu yang"
)

# Rare words of the register weigh more than those that stand in every second innovation ("layanan", "masyarakat").
NEAREST = """
WITH empty AS MATERIALIZED (
  SELECT tsvector_to_array(to_tsvector('indonesian', %(empty)s)) AS lexemes
), texts AS (
  SELECT i.id, i.name, i.agency_id,
    ts_delete(to_tsvector('indonesian', concat_ws(' ', i.name, i.expansion, i.summary)), empty.lexemes) AS lexemes
  FROM innovations_innovation i, empty WHERE i.mall_id = %(mall)s AND i.id <> %(besides)s
), register AS MATERIALIZED (
  SELECT id, name, agency_id, tsvector_to_array(lexemes) AS lexemes FROM texts
), size AS (
  SELECT count(*)::float AS rows FROM register
), words AS (
  SELECT DISTINCT ON (lexeme) lexeme, word
  FROM regexp_split_to_table(lower(%(name)s || ' ' || %(text)s), '[^a-z0-9]+') AS word, empty,
    unnest(tsvector_to_array(ts_delete(to_tsvector('indonesian', word), empty.lexemes))) AS lexeme
  ORDER BY lexeme, word
), weights AS MATERIALIZED (
  SELECT lexeme, ln(1 + size.rows / count(*)) AS weight
  FROM size, register, unnest(register.lexemes) AS lexeme GROUP BY lexeme, size.rows
), asked AS (
  SELECT coalesce(sum(coalesce(weights.weight, ln(1 + size.rows))), 0) AS weight
  FROM size, words LEFT JOIN weights USING (lexeme)
), near AS (
  SELECT register.id, sum(weights.weight) AS own,
    coalesce(sum(weights.weight) FILTER (WHERE words.lexeme IS NOT NULL), 0) AS shared,
    array_agg(words.word ORDER BY weights.weight DESC, words.word) FILTER (WHERE words.lexeme IS NOT NULL) AS same
  FROM register, unnest(register.lexemes) AS lexeme JOIN weights USING (lexeme) LEFT JOIN words USING (lexeme)
  GROUP BY register.id
)
SELECT register.id, register.name, agency.name,
  similarity(lower(register.name), lower(%(name)s))::float AS by_name,
  coalesce(near.shared / nullif(sqrt(near.own * asked.weight), 0), 0)::float AS by_text,
  coalesce(near.same, '{}')
FROM register JOIN agencies_agency agency ON agency.id = register.agency_id, asked, near
WHERE near.id = register.id
ORDER BY greatest(similarity(lower(register.name), lower(%(name)s)) / %(like_name)s,
  coalesce(near.shared / nullif(sqrt(near.own * asked.weight), 0), 0) / %(like_text)s) DESC, register.name
LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Near:
    """An innovation of the register: how like it is by name and by text (0 to 1), and the words that both have."""

    innovation: int
    name: str
    agency: str
    by_name: float
    by_text: float
    words: Sequence[str]

    @property
    def is_name_like(self) -> bool:
        """Whether the names are so alike that a jury would take them for one."""
        return self.by_name >= LIKE_NAME

    @property
    def is_text_like(self) -> bool:
        """Whether the texts tell of the same thing."""
        return self.by_text >= LIKE_TEXT

    @property
    def is_like(self) -> bool:
        """Whether somebody should look at it before going on."""
        return self.is_name_like or self.is_text_like

    @property
    def name_percent(self) -> int:
        """How like the names are, in percent."""
        return round(self.by_name * 100)

    @property
    def text_percent(self) -> int:
        """How like the texts are, in percent."""
        return round(self.by_text * 100)


def nearest(mall: Mall, name: str, text: str = "", *, besides: int = 0, most: int = 5) -> list[Near]:
    """Return the innovations that are nearest to a name and a text, the nearest first; writes nothing.

    Names are compared by trigrams, texts by their stemmed words weighed by how rare each is in the register.
    """
    values: dict[str, str | int | float] = {
        "mall": mall.pk, "besides": besides, "name": name, "text": text, "most": most,
        "like_name": LIKE_NAME, "like_text": LIKE_TEXT, "empty": EMPTY_WORDS,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, values)
        return [
            Near(innovation, known_as, agency, by_name, by_text, words[:MOST_WORDS])
            for innovation, known_as, agency, by_name, by_text, words in cursor.fetchall()
        ]
