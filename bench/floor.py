"""A hall as large as the hot paths are measured in: 16 queues, ten million tickets of earlier days, free counters."""

import os
import time
from dataclasses import dataclass
from datetime import timedelta

import psycopg
from django.utils import timezone

from bench.stage import Stage
from pendopo.agencies.actions import memberships
from pendopo.catalogue.actions import publishing, writing
from pendopo.queues.actions import lines
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Mall

QUEUES = 16
# No zone has numbers for more.
MOST_IN_A_ZONE = 30_000
HISTORY = "BENCH_HISTORY"

# Loaded without indexes and foreign keys checked row by row: minutes instead of an hour. Then all is as it was.
LOAD = """
SET session_replication_role = replica;
UPDATE pg_index SET indisready = false, indisvalid = false
  WHERE indrelid IN ('queues_ticket'::regclass, 'queues_visit'::regclass);
INSERT INTO queues_visit (id, mall_id, site_id, day, origin, checked_in_at)
  SELECT -g, {mall}, {site}, date '{today}' - 1 - g / 10000, 'kiosk', now() FROM generate_series(1, {rows}) g;
INSERT INTO queues_ticket (id, mall_id, key, request_id, request_digest, visit_id, queue_id, variant_id, day, number,
    state, queued_at, changed_at, counter_id, calls, outcome, reason, agency_number)
  SELECT -g, {mall}, left(md5(g::text), 26), gen_random_uuid(), sha256(g::text::bytea), -g,
    (ARRAY[{queues}]::bigint[])[1 + g % 16], {variant}, date '{today}' - 1 - g / 10000, 1 + (g % 10000) / 16,
    'completed', now(), now(), {counter}, 1, 'done', '', ''
  FROM generate_series(1, {rows}) g;
UPDATE pg_index SET indisready = true, indisvalid = true
  WHERE indrelid IN ('queues_ticket'::regclass, 'queues_visit'::regclass);
"""


@dataclass(frozen=True)
class Floor:
    """What those who press need to know. `counters` free ones begin at `first_counter`."""

    stage: Stage
    mall: Mall
    services: list[str]
    queues: list[int]
    kiosk: str
    officer: str
    first_counter: int
    counters: int

    def admin(self) -> psycopg.Connection:
        """Reach the database as nobody else may: to make what no action makes so fast."""
        return psycopg.connect(self.stage.server.url("postgres", "pendopo"), autocommit=True)


def build(stage: Stage, *, counters: int = 0) -> Floor:
    """Make the queues, the history, and counters at all of which one officer sits."""
    hall, at = stage.hall, timezone.now()
    mall, place = hall.mall, hall.place
    assert hall.officer.account
    with wall.inside(mall.pk):
        services, queues = [hall.service], [hall.queue]
        for number in range(1, QUEUES):
            service = writing.write_service(place.agency, name=f"Layanan {number}", at=at)
            writing.offer(service, place.outlet, at=at)
            services.append(service)
            queues.append(
                lines.open_queue(place.zone, code=chr(65 + number), name=service.name, services=[service], at=at)
            )
        publishing.publish(mall, at=at)
        _device, kiosk = tenancy.register_device(place.site, kind=Device.Kind.KIOSK, name="Kios 1", at=at)
        officer = memberships.create_token(hall.officer.account, mall, at=at)
        zones = [place.zone.pk]
        while len(zones) * MOST_IN_A_ZONE <= counters:
            code = f"Z{len(zones)}"
            zones.append(tenancy.add_zone(place.site, code=code, name=f"Zona {code}", at=at).pk)
    numbers, codes = [queue.pk for queue in queues], [service.code for service in services]
    floor = Floor(stage, mall, codes, numbers, kiosk, officer, hall.counter.pk + 1, counters)
    with floor.admin() as connection:
        _remember(connection, floor)
        _place_counters(connection, floor, zones)
        connection.execute("CREATE TABLE bench_series (queue int PRIMARY KEY, last int NOT NULL)")
        connection.execute("INSERT INTO bench_series SELECT n, 0 FROM generate_series(1, 16) n")
        connection.execute(
            "CREATE TABLE bench_ticket (id bigserial PRIMARY KEY, queue int NOT NULL, number int NOT NULL,"
            " request_id uuid NOT NULL UNIQUE, taken_at timestamptz NOT NULL, UNIQUE (queue, number))"
        )
        connection.execute("GRANT ALL ON bench_series, bench_ticket, bench_ticket_id_seq TO pendopo_app")
        connection.execute("VACUUM (ANALYZE)")
        connection.execute("CHECKPOINT")
    os.sync()  # what loading left to write would be written while we measure
    return floor


def _remember(connection: psycopg.Connection, floor: Floor) -> None:
    began, rows = time.monotonic(), int(os.environ.get(HISTORY, "10000000"))
    hall = floor.stage.hall
    variant = connection.execute("SELECT min(id) FROM catalogue_variant WHERE mall_id = %s", [floor.mall.pk]).fetchone()
    assert variant
    with connection.transaction():
        connection.execute(
            LOAD.format(
                mall=floor.mall.pk,
                site=hall.place.site.pk,
                today=floor.mall.local(timezone.now()).date(),
                rows=rows,
                queues=", ".join(map(str, floor.queues)),
                variant=variant[0],
                counter=hall.counter.pk,
            ).encode()
        )
    connection.execute("SET maintenance_work_mem = '1GB'")
    connection.execute("REINDEX TABLE queues_visit")
    connection.execute("REINDEX TABLE queues_ticket")
    print(f"{rows:,} tickets of earlier days in {time.monotonic() - began:.0f} s", flush=True)


def _place_counters(connection: psycopg.Connection, floor: Floor, zones: list[int]) -> None:
    hall = floor.stage.hall
    assert hall.officer.account
    values = {
        "mall": floor.mall.pk,
        "outlet": hall.place.outlet.pk,
        "zones": zones,
        "most": MOST_IN_A_ZONE,
        "account": hall.officer.account.pk,
        "first": floor.first_counter,
        "counters": floor.counters,
        "queues": floor.queues,
        "at": timezone.now() - timedelta(minutes=1),
    }
    connection.execute(
        "INSERT INTO agencies_counter (id, mall_id, outlet_id, zone_id, number)"
        " SELECT %(first)s + n - 1, %(mall)s, %(outlet)s, (%(zones)s::bigint[])[1 + n / %(most)s], 2 + n %% %(most)s"
        " FROM generate_series(1, %(counters)s) n",
        values,
    )
    connection.execute(
        "INSERT INTO queues_countersession (mall_id, counter_id, account_id, state, started_at)"
        " SELECT %(mall)s, %(first)s + n - 1, %(account)s, 'open', %(at)s FROM generate_series(1, %(counters)s) n",
        values,
    )
    # Two queues of its own and one that it helps, as in a real hall.
    connection.execute(
        "INSERT INTO queues_counterqueue (mall_id, counter_id, queue_id, is_helped, position)"
        " SELECT %(mall)s, %(first)s + n - 1, (%(queues)s::bigint[])[1 + (n + k * 5) %% 16], k = 2, k"
        " FROM generate_series(1, %(counters)s) n, generate_series(0, 2) k",
        values,
    )
