"""What is found for the queries of `queries.csv` in the demo mall, with synonyms and without, and how fast.

The nation is 514 malls that have each published what the demo mall has.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from bench.stage import stage  # isort: skip - sets the surroundings first
import psycopg
from django.utils import timezone

from bench.queries import FIRST, Query, queries
from bench.report import Figure, part
from pendopo.catalogue.queries.searching import search, search_everywhere
from pendopo.catalogue.searching.synonyms import Synonyms, shipped
from pendopo.demo import actions as demo
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

MALLS = 514
ROUNDS = 3


def run() -> list[Figure]:
    """Measure."""
    asked = queries()
    with stage() as place:
        mall, _is_new = demo.build(at=timezone.now(), tell=lambda _done, _parts: None)
        with wall.inside(mall.pk):
            figures = [
                *_shares("with synonyms", asked, mall, shipped(), tell=True),
                *_shares("without", asked, mall, shipped().without_meanings, tell=False),
            ]
        _spread(place.owner_url, mall)
        with wall.inside(mall.pk):
            figures += _times("one mall", "≤ 25", asked, lambda query: search(mall, words=query.text))
        figures += _times("nation", "≤ 60", asked, lambda query: search_everywhere(query.text))
    return figures


def _shares(name: str, asked: Sequence[Query], mall: Mall, synonyms: Synonyms, *, tell: bool) -> list[Figure]:
    right: dict[str, list[bool]] = defaultdict(list)
    for query in asked:
        found = [row.service_code for row in search(mall, words=query.text, synonyms=synonyms).items]
        right[query.kind].append(query.is_right(found))
        if tell and not right[query.kind][-1]:
            print(f"missed: {query.kind}: {query.text}: {' '.join(found[:FIRST]) or '-'}")
    everything = [one for some in right.values() for one in some]
    return [
        Figure(f"{name}: all", 100 * sum(everything) / len(everything), "%", "≥ 95" if tell else "", _of(everything)),
        *(Figure(f"{name}: {kind}", 100 * sum(some) / len(some), "%", note=_of(some)) for kind, some in right.items()),
    ]


def _of(some: Sequence[bool]) -> str:
    return f"{sum(some)} of {len(some)}"


def _spread(owner_url: str, mall: Mall) -> None:
    """Let 513 malls more publish the same."""
    at = timezone.now()
    others = [
        tenancy.found_mall(f"kota-{number}", name=f"MPP {number}", government=f"Kota {number}", at=at).pk
        for number in range(2, MALLS + 1)
    ]
    with psycopg.connect(owner_url, autocommit=True) as connection:
        told = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'catalogue_published'"
            " AND column_name NOT IN ('id', 'mall_id', 'lexemes')"
        ).fetchall()
        columns = ", ".join(f'"{row[0]}"' for row in told)
        connection.execute(
            f"INSERT INTO catalogue_published (mall_id, {columns})"
            f" SELECT other, {columns} FROM catalogue_published, unnest(%s::int[]) AS other WHERE mall_id = %s",
            [others, mall.pk],
        )
        connection.execute("VACUUM ANALYZE catalogue_published")
        connection.execute("VACUUM ANALYZE catalogue_word")


def _times(name: str, aim: str, asked: Sequence[Query], look: Callable[[Query], object]) -> list[Figure]:
    taken: list[tuple[float, str]] = []
    for _round in range(ROUNDS):
        for query in asked:
            began = time.perf_counter()
            look(query)
            taken.append(((time.perf_counter() - began) * 1000, query.text))
    times = [milliseconds for milliseconds, _text in taken]
    return [
        Figure(f"{name}: median", part(times, 0.5), "ms"),
        Figure(f"{name}: 95 %", part(times, 0.95), "ms", aim, f"slowest: {max(taken)[1]}, {max(times):.0f} ms"),
    ]
