"""Where the wall ends and where it does not: used connections, the role owner, pg_dump."""

import subprocess
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections, transaction
from pytest_django.plugin import DjangoDbBlocker

from pendopo.config.binaries import programs
from pendopo.config.connections import Role, connection_url
from pendopo.config.env import env
from tests.world import World, build, tables

MALL_TABLES = sorted(model._meta.db_table for model in tables("mall"))
Count = dict[str, int]

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, World]]:
    """Two malls that everybody's connection sees."""
    with django_db_blocker.unblock():
        yield build(), build()
        connections.close_all()


def count(connection: psycopg.Connection[tuple[int]]) -> Count:
    found: Count = {}
    for table in MALL_TABLES:
        row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert row
        found[table] = row[0]
    return found


@pytest.mark.parametrize("ending", ["COMMIT", "ROLLBACK"])
def test_a_used_connection_shows_no_rows_and_no_error(worlds: tuple[World, World], ending: str) -> None:
    nothing = dict.fromkeys(MALL_TABLES, 0)
    with psycopg.connect(connection_url(env, "app"), autocommit=True) as connection:
        assert count(connection) == nothing
        connection.execute("BEGIN")
        connection.execute("SELECT set_config('pendopo.mall', %s, true)", [str(worlds[0].mall.pk)])
        assert all(count(connection).values())
        connection.execute(ending)

        assert connection.execute("SELECT current_setting('pendopo.mall', true)").fetchone() == ("",)
        assert count(connection) == nothing


@pytest.mark.parametrize("value", ["", "0", "-1"])
def test_a_mall_that_is_none_shows_no_rows(worlds: tuple[World, World], value: str) -> None:
    with psycopg.connect(connection_url(env, "app"), autocommit=True) as connection:
        connection.execute("SELECT set_config('pendopo.mall', %s, false)", [value])

        assert count(connection) == dict.fromkeys(MALL_TABLES, 0)


def test_a_back_fill_by_the_owner_reaches_all_malls(worlds: tuple[World, World]) -> None:
    malls = {world.mall.pk for world in worlds}
    for table in MALL_TABLES:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET mall_id = mall_id RETURNING mall_id")
            assert malls <= {row[0] for row in cursor.fetchall()}, table
            transaction.set_rollback(True, using="owner")


def test_the_owner_dumps_all_malls_and_the_app_none(worlds: tuple[World, World]) -> None:
    ended = dump("owner")
    assert ended.returncode == 0, ended.stderr
    for world in worlds:
        assert f"\t{world.waiting.key}\t" in ended.stdout

    refused = dump("app")
    assert refused.returncode != 0
    assert "row-level security" in refused.stderr
    assert not any(world.waiting.key in refused.stdout for world in worlds)


def dump(role: Role) -> subprocess.CompletedProcess[str]:
    command = [str(programs() / "pg_dump"), "--no-password", connection_url(env, role), "--table=queues_ticket"]
    return subprocess.run(command, capture_output=True, text=True, check=False)
