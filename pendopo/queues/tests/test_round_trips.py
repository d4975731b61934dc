"""Taking and calling cost one query each, from the request to the answer; the token is checked without one."""

from uuid import uuid4

import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.actions import memberships
from pendopo.queues.tests import make
from pendopo.tenancy import wall
from tests import plugin


@pytest.mark.usefixtures("committed")
def test_taking_and_calling_are_one_query_each() -> None:
    hall = make.hall()
    assert hall.officer.account
    with wall.inside(hall.mall.pk):
        token = memberships.create_token(hall.officer.account, hall.mall, at=timezone.now())
    client = Client(headers={"authorization": f"Bearer {token}"})
    base = f"/api/v1/malls/{hall.mall.slug}"
    client.get(base)  # from now on the process knows the mall
    body = {"service": hall.service.code, "origin": "desk", "id": str(uuid4())}

    with CaptureQueriesContext(connection) as taking:
        taken = client.post(f"{base}/tickets", body, content_type="application/json")
    with CaptureQueriesContext(connection) as calling:
        called = client.post(f"{base}/counters/{hall.counter.pk}/calls", content_type="application/json")

    assert isinstance(taken, HttpResponse)
    assert isinstance(called, HttpResponse)
    assert (taken.status_code, called.status_code) == (201, 200)
    assert [query["sql"].split("(")[0] for query in taking] == ["SELECT * FROM queues_take"]
    assert [query["sql"].split("(")[0] for query in calling] == ["SELECT * FROM queues_call"]


@pytest.mark.usefixtures("committed")
def test_a_forged_token_costs_none() -> None:
    hall = make.hall()
    client = Client(headers={"authorization": "Bearer pdp_eyJ9.AAAA"})
    client.get(f"/api/v1/malls/{hall.mall.slug}")

    with CaptureQueriesContext(connection) as refusing:
        refused = client.post(f"/api/v1/malls/{hall.mall.slug}/tickets", {}, content_type="application/json")

    assert refused.status_code == 401
    assert list(refusing) == []


@pytest.mark.usefixtures("committed")
def test_whether_a_counter_is_busy_is_asked_of_the_counters_own_index() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        make.taken(hall)
    busy = "SELECT 1 FROM queues_ticket WHERE mall_id = $1 AND counter_id = $2 AND state IN ('called', 'serving')"
    with psycopg.connect(plugin.SERVER.url("postgres", plugin.DATABASE)) as server:
        # In a table of a few rows all ways cost the same: let the planner believe, for this transaction, in a million
        # of which sixty are at counters.
        server.execute(
            "UPDATE pg_class SET relpages = 1, reltuples = CASE WHEN oid IN"
            " (SELECT indexrelid FROM pg_index WHERE indpred IS NOT NULL) THEN 60 ELSE 1000000 END"
            " WHERE oid = 'queues_ticket'::regclass"
            " OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = 'queues_ticket'::regclass)"
        )
        # As our functions are planned: for any mall, not for one.
        server.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        server.execute(f"PREPARE busy (int, bigint) AS {busy}")
        plan = "\n".join(row[0] for row in server.execute("EXPLAIN EXECUTE busy (1, 1)"))
        server.rollback()

    assert "counter_has_one_ticket" in plan
    assert "visit_at_one_counter" not in plan
