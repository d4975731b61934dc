"""Search that forgives: what was meant, ranked, in one round trip; and all services by name where nothing was typed."""

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, prefetch_related_objects

from pendopo.catalogue.models import Published
from pendopo.catalogue.searching.asking import Word, understand
from pendopo.catalogue.searching.synonyms import Synonyms, shipped
from pendopo.kernel.cursors import UnknownCursor, read_place
from pendopo.tenancy.models import Mall

PAGE = 30
NEAREST = 3
# Of the weight of what was asked: from where a service is an answer, and from where it may have been meant.
ANSWERS, RESEMBLES = Decimal("0.37"), Decimal("0.2")
# Where every word is understood, though not by one service: sembelih kambing.
ANSWERS_KNOWN = Decimal("0.3")
# Beside a word of another trade: jadwal bioskop is no permit for a cinema.
ANSWERS_FOREIGN = Decimal("0.65")
# What an unknown word beside the name of a paper says, of what it says elsewhere: ktp dimakan tikus.
STORY = 0.4
# An answer that fits less than this part of the best is none: whoever types "akta kelahiran" has no use for all deeds.
BESIDE_THE_BEST = Decimal("0.6")
# The whole country is not ranked for one query: the best of so many are.
CANDIDATES = 300

# As the search rounds it; nothing that overflows a number of the database.
SCORE = re.compile(r"\d{1,6}(\.\d{1,10})?", re.ASCII)

type Place = tuple[Decimal, str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """Some published variants, and where the next page begins (None: this was the last).

    `nearest`: what may have been meant where nothing was found.
    """

    items: Sequence[Published]
    next: str | None
    nearest: Sequence[Published] = ()


def search(
    mall: Mall,
    *,
    words: str = "",
    agency: str = "",
    cursor: str = "",
    size: int = PAGE,
    synonyms: Synonyms | None = None,
) -> Page:
    """Return the published variants that fit the words, the best first, or all by name; one round trip, keyset-paged.

    Raises NotUnderstood for a cursor that we did not make.
    """
    asked = understand(words, synonyms or shipped())
    if not asked:
        return Page([], None) if words.strip() else _by_name(mall, agency, cursor, size)
    after = _read_cursor(cursor) if cursor else None
    found = _ranked(asked, words, mall=mall, agency=agency, after=after, most=size + 1)
    answers = [row for row in found if _answers(row)]
    following = _write_cursor(_score(answers[size - 1]), answers[size - 1]) if len(answers) > size else None
    return Page(answers[:size], following, () if answers or cursor else _once_each(found)[:NEAREST])


def search_everywhere(words: str, *, size: int = PAGE, synonyms: Synonyms | None = None) -> list[Published]:
    """Return what fits the words in all malls, the best first, each with its mall."""
    asked = understand(words, synonyms or shipped())
    found = [row for row in _ranked(asked, words, most=size) if _answers(row)] if asked else []
    prefetch_related_objects(found, "mall")
    return found


def _by_name(mall: Mall, agency: str, cursor: str, size: int) -> Page:
    found = Published.objects.of_mall(mall)
    if agency:
        found = found.filter(agency_code=agency)
    if cursor:
        _best, name, code = _read_cursor(cursor)
        found = found.filter(Q(name__gt=name) | Q(name=name, code__gt=code))
    items = list(found.order_by("name", "code")[: size + 1])
    following = _write_cursor(Decimal(0), items[size - 1]) if len(items) > size else None
    return Page(items[:size], following)


def _once_each(rows: Sequence[Published]) -> list[Published]:
    return list({row.service_code: row for row in reversed(rows)}.values())[::-1]


def _score(row: Published) -> Decimal:
    return Decimal(str(vars(row)["score"]))


def _answers(row: Published) -> bool:
    return bool(vars(row)["answers"])


# Each word may be found in several ways; the best one counts. A name of fewer letters goes before a longer one.
RANKED = """
WITH asked AS MATERIALIZED (
  SELECT * FROM unnest(%(numbers)s::int[], %(words)s::text[], %(weights)s::float8[]) AS a (n, word, weight)
), ways AS MATERIALIZED (
  SELECT w.n, w.worth, to_tsquery(w.language::regconfig, w.query) AS query, true AS is_sure
  FROM unnest(%(of)s::int[], %(queries)s::text[], %(languages)s::text[], %(worths)s::float8[])
    AS w (n, query, language, worth)
  UNION ALL
  SELECT a.n, 0.85 * CASE
      WHEN near.likeness > 0.55 THEN sqrt(near.likeness)
      -- One letter is wrong in a short word: as many letters, and it begins alike.
      WHEN near.likeness > 0.36 AND left(near.word, 1) = left(a.word, 1)
        AND abs(length(near.word) - length(a.word)) <= 1 THEN greatest(near.likeness, 0.66)
      ELSE near.likeness END,
    to_tsquery('simple', near.word || ':ABC'), false
  FROM asked a CROSS JOIN LATERAL (
    SELECT k.word, similarity(k.word, a.word) AS likeness FROM catalogue_word k
    WHERE k.word %% a.word AND k.word <> a.word ORDER BY likeness DESC, k.word LIMIT 6
  ) near
  WHERE length(a.word) >= 4
), one AS MATERIALIZED (
  SELECT w.n, string_agg('(' || w.query::text || ')', '|')::tsquery AS query
  FROM ways w JOIN asked a USING (n) WHERE a.weight >= 1 AND w.worth > 0.3 AND numnode(w.query) > 0 GROUP BY w.n
), wanted AS MATERIALIZED (
  SELECT string_agg('(' || query::text || ')', '|')::tsquery AS any_word,
    string_agg('(' || query::text || ')', '&')::tsquery AS all_words
  FROM one
), candidates AS MATERIALIZED (
  {candidates}
), hits AS MATERIALIZED (
  SELECT c.id, w.n, max(w.worth) AS worth, bool_or(w.is_sure) AS is_sure
  FROM candidates c JOIN ways w ON c.lexemes @@ w.query GROUP BY c.id, w.n
), weighed AS MATERIALIZED (
  -- The fewer have a word, the more it says; beside the name of a paper, what nobody has is the story around it.
  SELECT a.n,
    a.weight * coalesce(1 + 0.6 / (1 + few.hits), CASE WHEN %(names_paper)s THEN %(story)s ELSE 1 END) AS weight,
    few.is_sure IS NOT TRUE AND a.weight >= 1 AS is_unknown
  FROM asked a LEFT JOIN (SELECT n, count(*) AS hits, bool_or(is_sure) AS is_sure FROM hits GROUP BY n) few USING (n)
), scored AS MATERIALIZED (
  SELECT c.id, c.name, c.code, round((
      coalesce(found.weight, 0) / (SELECT sum(weight) FROM weighed)
      + CASE WHEN c.code = %(code)s OR c.service_code = %(code)s THEN 1 ELSE 0 END
      + CASE WHEN c.lexemes @@ phraseto_tsquery('simple', %(phrase)s) THEN 0.1 ELSE 0 END
      - least(length(c.name), 300) / 5000.0
    )::numeric, 4) AS score
  FROM candidates c LEFT JOIN (
    SELECT h.id, sum(h.worth * w.weight) AS weight FROM hits h JOIN weighed w USING (n) GROUP BY h.id
  ) found USING (id)
), best AS (
  SELECT greatest(
    CASE WHEN EXISTS (SELECT FROM weighed WHERE is_unknown) THEN %(answers)s ELSE %(answers_known)s END,
    max(score) * %(beside)s
  ) AS least
  FROM scored
)
SELECT p.*, s.score, s.score >= best.least AS answers
FROM scored s CROSS JOIN best JOIN catalogue_published p ON p.id = s.id
WHERE s.score >= %(resembles)s {after}
ORDER BY s.score DESC, s.name, s.code LIMIT %(most)s
"""
OF_MALL = """
  SELECT p.id, p.name, p.code, p.service_code, p.lexemes FROM catalogue_published p, wanted
  WHERE p.mall_id = %(mall)s AND (%(agency)s = '' OR p.agency_code = %(agency)s)
    AND (p.lexemes @@ wanted.any_word OR p.code = %(code)s OR p.service_code = %(code)s)
"""
OF_ALL = """
  SELECT p.id, p.name, p.code, p.service_code, p.lexemes FROM catalogue_published p WHERE p.id IN (
    WITH fit AS MATERIALIZED (
      SELECT id FROM catalogue_published WHERE lexemes @@ (SELECT all_words FROM wanted) LIMIT %(candidates)s
    )
    SELECT id FROM fit
    UNION
    (SELECT id FROM catalogue_published WHERE lexemes @@ (SELECT any_word FROM wanted)
     LIMIT (SELECT %(candidates)s - count(*) FROM fit))
  )
"""
AFTER = """AND (s.score < %(after_score)s
  OR (s.score = %(after_score)s AND (s.name, s.code) > (%(after_name)s, %(after_code)s)))"""
OF_A_MALL, OF_A_MALL_ON, OF_ALL_MALLS = (
    RANKED.format(candidates=candidates, after=after)
    for candidates, after in ((OF_MALL, ""), (OF_MALL, AFTER), (OF_ALL, ""))
)


def _ranked(
    asked: Sequence[Word],
    text: str,
    *,
    mall: Mall | None = None,
    agency: str = "",
    after: Place | None = None,
    most: int,
) -> list[Published]:
    papers = any(word.names_paper for word in asked)
    foreign = not papers and any(word.is_foreign for word in asked)
    ways = [(number, way) for number, word in enumerate(asked) for way in word.ways]
    score, name, code = after or (Decimal(0), "", "")
    statement = OF_ALL_MALLS if mall is None else OF_A_MALL_ON if after else OF_A_MALL
    found = Published.objects.raw(
        statement,
        {
            "numbers": list(range(len(asked))),
            "words": [word.text for word in asked],
            "weights": [word.weight for word in asked],
            "of": [number for number, _way in ways],
            "queries": [way.query for _number, way in ways],
            "languages": ["indonesian" if way.is_stemmed else "simple" for _number, way in ways],
            "worths": [way.worth for _number, way in ways],
            "mall": mall.pk if mall else None,
            "agency": agency,
            "code": text.strip().upper(),
            "phrase": " ".join(word.text for word in asked),
            "answers": ANSWERS_FOREIGN if foreign else ANSWERS,
            "answers_known": ANSWERS_FOREIGN if foreign else ANSWERS_KNOWN,
            "names_paper": papers,
            "story": STORY,
            "resembles": RESEMBLES,
            "beside": BESIDE_THE_BEST,
            "candidates": CANDIDATES,
            "after_score": score,
            "after_name": name,
            "after_code": code,
            "most": most,
        },
    )
    return list(found)


def _write_cursor(score: Decimal, row: Published) -> str:
    return base64.urlsafe_b64encode(json.dumps([str(score), row.name, row.code]).encode()).decode()


def _read_cursor(text: str) -> Place:
    match read_place(text):
        case [str() as score, str() as name, str() as code] if SCORE.fullmatch(score):
            return Decimal(score), name, code
    raise UnknownCursor
