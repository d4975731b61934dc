"""Calling the next person.

A counter that has called is busy until it completes. To measure the call alone there are 60,000 counters at which one
officer sits, each called from once a round; between rounds all who were called are completed and as many wait anew.
"""

from itertools import count
from uuid import uuid4

from bench.floor import Floor, build
from bench.hot import measure
from bench.load import Pressed, Waited, paced, post, wrk
from bench.report import Figure
from bench.stage import running, stage
from pendopo.queues.models import Ticket

COUNTERS = 60_000

AFRESH = """
UPDATE queues_period SET ended_at = now() WHERE ended_at IS NULL;
UPDATE queues_ticket SET state = 'completed', outcome = 'done'
  WHERE state IN ('called', 'waiting') AND day >= '{today}';
WITH came AS (
  INSERT INTO queues_visit (mall_id, site_id, day, origin, checked_in_at)
  SELECT {mall}, {site}, '{today}', 'kiosk', now() FROM generate_series(1, {many}) RETURNING id
), placed AS (
  SELECT id, row_number() OVER () AS n,
    (SELECT coalesce(max(number), 0) FROM queues_ticket WHERE day = '{today}') AS last
  FROM came
), took AS (
  INSERT INTO queues_ticket (mall_id, key, request_id, request_digest, visit_id, queue_id, variant_id, day, number,
    state, queued_at, changed_at, calls, outcome, reason, agency_number)
  SELECT {mall}, left(md5(id::text || 'x'), 26), gen_random_uuid(), sha256(id::text::bytea), id,
    (ARRAY[{queues}]::bigint[])[1 + n % 16], {variant}, '{today}', last + 1 + n / 16,
    'waiting', now() + n * interval '1 microsecond', now(), 0, '', '', ''
  FROM placed RETURNING id
)
INSERT INTO queues_period (mall_id, ticket_id, kind, started_at) SELECT {mall}, id, 'waiting', now() FROM took;
"""


def run() -> list[Figure]:
    """Measure with an officer's own token and ten million tickets of history."""
    with stage() as here:
        floor = build(here, counters=COUNTERS)
        path = f"/api/v1/malls/{floor.mall.slug}/counters/"
        with running("web") as port:

            def press(seconds: int) -> Pressed:
                _afresh(floor)
                known = (path, floor.officer, str(floor.first_counter), str(COUNTERS))
                return wrk(port, "call.lua", *known, seconds=seconds)

            def pace(rate: float, seconds: int) -> Waited:
                _afresh(floor)
                free = count(floor.first_counter)
                return paced(port, lambda: _request(floor, path, next(free)), rate=rate, seconds=seconds)

            return measure(floor, port, press, pace)


def _request(floor: Floor, path: str, counter: int) -> bytes:
    return post(f"{path}{counter}/calls", floor.officer, f'{{"id":"{uuid4()}"}}')


def _afresh(floor: Floor) -> None:
    place = floor.stage.hall.place
    with floor.admin() as connection:
        found = connection.execute(
            "SELECT (now() AT TIME ZONE timezone)::date, (SELECT min(id) FROM catalogue_variant WHERE mall_id = m.id)"
            " FROM tenancy_mall m WHERE id = %s",
            [floor.mall.pk],
        ).fetchone()
        assert found
        text = AFRESH.format(
            mall=floor.mall.pk,
            site=place.site.pk,
            today=found[0],
            many=COUNTERS,
            queues=", ".join(map(str, floor.queues)),
            variant=found[1],
        )
        connection.execute(text.encode())
        connection.execute(f"VACUUM (ANALYZE) {Ticket._meta.db_table}, queues_period, queues_visit")
