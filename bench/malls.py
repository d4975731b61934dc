"""Many malls as large as one: its rows copied by SQL for others, and a history of tickets in all of them."""

import psycopg
from django.utils import timezone

from pendopo.catalogue.components import rules
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy.models import Mall

# Between the numbers of a row and of its copy in the next mall.
APART = 1_000_000
# What stands in a mall, those that point after those pointed to; tickets are no part of it.
COPIED = (
    "tenancy_site", "tenancy_zone", "agencies_agency", "agencies_membership", "agencies_outlet",
    "agencies_openinghours", "agencies_counter", "agencies_hotline", "agencies_agreement", "agencies_signatory",
    "catalogue_service", "catalogue_variant", "catalogue_offering", "catalogue_standard", "catalogue_publication",
    "queues_queue", "queues_queueservice", "queues_counterqueue", "queues_countersession", "queues_counterday",
)  # fmt: skip
PER_DAY = 100

STANDARDS = """
INSERT INTO catalogue_standard (mall_id, service_id, components, decree_number, decree_on, decree_file, forum,
    forum_evidence, valid_from, review_due_on, written_at)
SELECT mall_id, id, (
    SELECT jsonb_object_agg(c, repeat('Menurut peraturan yang berlaku. ', 10)) FROM unnest(%(codes)s::text[]) c
  ), 'SK ' || id, current_date - 300, '', '', '', current_date - 300, current_date + 60, now()
FROM catalogue_service WHERE mall_id = %(mall)s
"""
AGREEMENTS = """
WITH made AS (
  INSERT INTO agencies_agreement (mall_id, kind, number, title, scope, starts_on, ended_because, file_name, file_path,
    created_at)
  SELECT %(mall)s, 'contract', '', 'PKS ' || short_name, '', current_date - 300, '', '', '', now()
  FROM agencies_agency WHERE mall_id = %(mall)s RETURNING id, title
)
INSERT INTO agencies_signatory (mall_id, agreement_id, agency_id, name, signer, state, signed_on, reason, note,
  next_step)
SELECT %(mall)s, m.id, a.id, '', 'Kepala', 'signed', current_date - 300, '', '', ''
FROM made m JOIN agencies_agency a ON a.mall_id = %(mall)s AND m.title = 'PKS ' || a.short_name
"""
SESSIONS = """
INSERT INTO queues_countersession (mall_id, counter_id, account_id, state, started_at, ended_at, reason)
SELECT c.mall_id, c.id, (SELECT min(id) FROM people_account), s.state, now() - s.ago, now() - s.ended, ''
FROM agencies_counter c
CROSS JOIN (VALUES ('closed', interval '99 days', interval '98 days'), ('open', interval '1 minute', NULL))
  AS s (state, ago, ended)
WHERE c.mall_id = %(mall)s
"""
COUNTER_DAYS = """
INSERT INTO queues_counterday (mall_id, counter_id, day, due, empty, rest)
SELECT c.mall_id, c.id, d, 25200, CASE WHEN c.id %% 10 = 0 THEN 600 ELSE 0 END, 900
FROM agencies_counter c CROSS JOIN generate_series(current_date - 40, current_date - 1, interval '1 day') d
WHERE c.mall_id = %(mall)s
"""
QUIET = "UPDATE pg_index SET indisready = {state}, indisvalid = {state} WHERE indrelid = ANY(%s::regclass[])"
HOT = ["queues_visit", "queues_ticket", "queues_period"]
# Times of earlier days begin at eight in the morning of the west; one in ten of today waits still.
HISTORY = f"""
CREATE UNLOGGED TABLE bench_came AS
SELECT g, m.mall, m.place, m.place * {APART} AS ahead, k.k, k.k %% %(a_day)s AS turn, t.today - k.k / %(a_day)s AS day,
  k.k / %(a_day)s = 0 AND k.k %% 10 = 0 AS waits_still,
  CASE WHEN k.k / %(a_day)s = 0 THEN now() - (90 + k.k %% %(a_day)s) * interval '1 minute'
    ELSE (t.today - k.k / %(a_day)s + time '01:00') AT TIME ZONE 'UTC'
      + k.k %% %(a_day)s * interval '400 minutes' / %(a_day)s
  END AS queued_at,
  (g %% 7919 %% 45 + 1) * interval '1 minute' AS waits, (3 + g %% 12) * interval '1 minute' AS lasts
FROM generate_series(0, %(tickets)s - 1) g
CROSS JOIN LATERAL (SELECT g / %(malls)s AS k) k
CROSS JOIN LATERAL (SELECT (%(numbers)s::int[])[1 + g %% %(malls)s] AS mall, g %% %(malls)s AS place) m
CROSS JOIN (SELECT (now() AT TIME ZONE 'Asia/Jakarta')::date AS today) t
"""
VISITS = """
INSERT INTO queues_visit (id, mall_id, site_id, day, origin, checked_in_at)
SELECT -g - 1, mall, %(site)s + ahead, day, 'kiosk', queued_at FROM bench_came
"""
TICKETS = """
INSERT INTO queues_ticket (id, mall_id, key, request_id, request_digest, visit_id, queue_id, variant_id, day, number,
  state, queued_at, changed_at, counter_id, calls, outcome, reason, agency_number)
SELECT -g - 1, mall, left(md5(g::text), 26), gen_random_uuid(), sha256(g::text::bytea), -g - 1,
  (%(queues)s::bigint[])[1 + turn %% %(lines)s] + ahead, (%(variants)s::bigint[])[1 + turn %% %(lines)s] + ahead, day,
  1 + turn, CASE WHEN waits_still THEN 'waiting' ELSE 'completed' END, queued_at, queued_at,
  CASE WHEN NOT waits_still THEN (%(counters)s::bigint[])[1 + turn %% %(desks)s] + ahead END, 1,
  CASE WHEN waits_still THEN '' ELSE 'done' END, '', ''
FROM bench_came
"""
PERIODS = """
INSERT INTO queues_period (id, mall_id, ticket_id, kind, started_at, ended_at)
SELECT -3 * g - p.n, mall, -g - 1, p.kind, queued_at + p.begins, CASE WHEN NOT waits_still THEN queued_at + p.ends END
FROM bench_came CROSS JOIN LATERAL (VALUES
  (1, 'waiting', interval '0', waits), (2, 'called', waits, waits + interval '1 minute'),
  (3, 'serving', waits + interval '1 minute', waits + lasts)
) AS p (n, kind, begins, ends)
WHERE NOT waits_still OR p.n = 1
"""


def furnish(connection: psycopg.Connection, mall: Mall) -> None:
    """Give a mall what a running one has: standards, agreements, people at the counters, days of counters added up."""
    values = {"mall": mall.pk, "codes": [each.code for each in rules().components]}
    for statement in (STANDARDS, AGREEMENTS, SESSIONS, COUNTER_DAYS):
        connection.execute(statement.encode(), values)


def clone(connection: psycopg.Connection, mall: Mall, copies: int) -> list[Mall]:
    """Found malls that have all that a mall has."""
    at = timezone.now()
    found = [
        tenancy.found_mall(f"kota-{number}", name=f"MPP {number}", government=f"Kota {number}", at=at)
        for number in range(1, copies + 1)
    ]
    numbers = [each.pk for each in found]
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for table in COPIED:
            connection.execute(_copy(connection, table).encode(), {"mall": mall.pk, "numbers": numbers})
    return found


def _copy(connection: psycopg.Connection, table: str) -> str:
    columns = [
        str(row[0])
        for row in connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'"
            " ORDER BY ordinal_position",
            [table],
        )
    ]
    foreign = connection.execute(
        "SELECT a.attname FROM pg_constraint c"
        " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
        " WHERE c.contype = 'f' AND c.conrelid = %s::regclass AND c.confrelid = ANY(%s::regclass[])"
        " AND a.attname <> 'mall_id'",
        [table, list(COPIED)],
    )
    moved = {"id", *(str(row[0]) for row in foreign)}
    values = [
        "x.mall" if name == "mall_id" else f't."{name}" + x.place * {APART}' if name in moved else f't."{name}"'
        for name in columns
    ]
    names = ", ".join(f'"{name}"' for name in columns)
    return (
        f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {', '.join(values)} FROM {table} t,"
        f" unnest(%(numbers)s::int[]) WITH ORDINALITY AS x (mall, place) WHERE t.mall_id = %(mall)s"
    )


def remember(connection: psycopg.Connection, malls: list[Mall], tickets: int, *, a_day: int = PER_DAY) -> None:
    """Let tickets have been taken, called and served in all malls, so many a day in each, the last of them today."""
    model = malls[0].pk
    lines = connection.execute(
        "SELECT q.queue_id, min(v.id) FROM queues_queueservice q"
        " JOIN catalogue_variant v ON v.mall_id = q.mall_id AND v.service_id = q.service_id"
        " WHERE q.mall_id = %s GROUP BY q.queue_id ORDER BY 1",
        [model],
    ).fetchall()
    desks = [row[0] for row in connection.execute("SELECT id FROM agencies_counter WHERE mall_id = %s", [model])]
    site = connection.execute("SELECT min(site_id) FROM queues_queue WHERE mall_id = %s", [model]).fetchone()
    assert site
    values = {
        "tickets": tickets, "malls": len(malls), "numbers": [each.pk for each in malls], "site": site[0],
        "queues": [row[0] for row in lines], "variants": [row[1] for row in lines], "lines": len(lines),
        "counters": desks, "desks": len(desks), "a_day": a_day,
    }  # fmt: skip
    # Loaded without indexes, triggers and foreign keys looked at row by row.
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(HISTORY.encode(), values)
        connection.execute(QUIET.format(state="false").encode(), [HOT])
        for statement in (VISITS, TICKETS, PERIODS):
            connection.execute(statement.encode(), values)
        connection.execute(QUIET.format(state="true").encode(), [HOT])
    connection.execute("DROP TABLE bench_came")
    connection.execute("SET maintenance_work_mem = '1GB'")
    for table in HOT:
        connection.execute(f"REINDEX TABLE {table}".encode())
    connection.execute("ANALYZE")
