"""The wall as it must be for every table there is, and for those that will come."""

import re

import pytest
from django.apps import apps
from django.db import models

from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.tenancy.operations import MALL
from tests.world import build, ours, rows, tables

# Tables of libraries, and why they need no wall.
OTHERS = {
    "account_emailaddress": "allauth; stays empty: contacts are hashes of ours",
    "account_emailconfirmation": "allauth; stays empty",
    "auth_group": "Django; unused: roles are memberships",
    "auth_group_permissions": "Django; unused",
    "auth_permission": "Django; names of its own permissions",
    "django_content_type": "Django; names of models",
    "django_session": "Django; an account's session, opened by its random key",
    "mfa_authenticator": "allauth; an account's passkeys, and sealed secrets of its app",
    "procrastinate_events": "jobs; arguments are numbers, the mall among them",
    "procrastinate_jobs": "jobs; arguments are numbers, the mall among them",
    "procrastinate_periodic_defers": "jobs; names of schedules",
    "procrastinate_workers": "jobs; heartbeats",
}
PERSONAL = re.compile(
    r"(^|_)(name|nik|kk|nip|npwp|passport|kitas|bpjs|email|phone|mobile|contact|handle|birth|born|address|gender|sex|"
    r"religion|mother|father|photo|face|signature|person|party|account|user|ip|note|words|subject)(_|$)"
)
# Columns of shared tables whose names sound personal, and what they hold.
REVIEWED = {
    "tenancy_region.name": "a region's",
    "tenancy_mall.name": "the mall's own",
    "worktime_holiday.name": "a holiday's",
    "worktime_holiday.note": "on a decree",
    "catalogue_published.name": "a service's, published",
    "catalogue_published.service_name": "a service's, published",
    "catalogue_published.variant_name": "a service's, published",
    "catalogue_published.agency_name": "an agency's, published",
    "audit_installationentry.subject": "kind and number of a row: account:7",
    "audit_installationentry.account_number": "who acted, by number only",
}
ONLY_ADDED = {"audit_entry", "audit_installationentry", "queues_event"}
MALL_TABLES = tables("mall")
# As PostgreSQL writes it back.
POLICY = "(mall_id = (NULLIF(current_setting('pendopo.mall'::text, true), ''::text))::integer)"


def test_every_model_says_whose_its_rows_are() -> None:
    assert {model.__name__: getattr(model, "tenant", None) for model in ours()}.items() >= {("Ticket", "mall")}
    wrong = [model for model in ours() if model.__dict__.get("tenant") not in {"mall", "account", "shared"}]
    assert wrong == []


@pytest.mark.django_db
def test_every_table_is_of_a_model_or_known() -> None:
    known = {model._meta.db_table for model in ours()} | set(OTHERS) | {"django_migrations"}
    found = {row[0] for row in rows("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")}

    assert found - known == set()
    assert set(OTHERS) - found == set()
    assert {model._meta.db_table for model in apps.get_models()} - known == set()


@pytest.mark.django_db
@pytest.mark.parametrize("model", MALL_TABLES, ids=lambda model: model._meta.db_table)
def test_a_mall_table_stands_behind_the_wall(model: type[models.Model]) -> None:
    table = model._meta.db_table

    assert model._meta.get_field("mall").remote_field.model is Mall  # type: ignore[union-attr]
    security = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass"
    assert rows(security, table) == [(True, True)]
    policies = "SELECT permissive, roles::text, cmd, qual, with_check FROM pg_policies WHERE tablename = %s"
    # What a table adds may only narrow the wall.
    widening = [policy for policy in rows(policies, table) if policy[0] != "RESTRICTIVE"]
    assert widening == [("PERMISSIVE", "{public}", "ALL", POLICY, POLICY)]


def test_the_policy_is_the_one_of_the_design() -> None:
    assert MALL == "nullif(current_setting('pendopo.mall', true), '')::int"


@pytest.mark.django_db
def test_what_is_shared_and_of_one_mall_is_written_only_by_that_mall() -> None:
    of_malls = {model._meta.db_table for model in tables("shared") if _mall_column(model)}
    found = rows(
        "SELECT c.relname::text, relforcerowsecurity, array_agg(DISTINCT coalesce(p.with_check, p.qual))"
        " FROM pg_class c JOIN pg_policies p ON p.tablename = c.relname"
        " WHERE c.relname = ANY(%s) AND p.cmd <> 'SELECT' GROUP BY 1, 2",
        sorted(of_malls),
    )

    assert {row[0] for row in found} == of_malls
    assert {row[1:] for row in [(r[0], r[1], str(r[2])) for r in found]} == {(True, str([POLICY]))}


def _mall_column(model: type[models.Model]) -> bool:
    return any(column.column == "mall_id" for column in model._meta.fields)


# What is shared


@pytest.mark.parametrize("model", tables("shared"), ids=lambda model: model._meta.db_table)
def test_a_shared_table_has_no_personal_column(model: type[models.Model]) -> None:
    table = model._meta.db_table
    personal = {f"{table}.{column.column}" for column in model._meta.fields if PERSONAL.search(str(column.column))}

    assert personal - set(REVIEWED) == set()


def test_what_was_reviewed_is_still_there() -> None:
    assert set(REVIEWED) <= {f"{m._meta.db_table}.{c.column}" for m in tables("shared") for c in m._meta.fields}


def test_no_table_has_a_column_for_the_number_of_a_citizen() -> None:
    named = {f"{m._meta.db_table}.{c.column}" for m in ours() for c in m._meta.fields}

    assert {column for column in named if re.search(r"[._](nik|kk|passport)$", column)} == set()


# Rights


@pytest.mark.django_db
def test_the_app_is_nobody_special() -> None:
    assert rows("SELECT current_user::text") == [("pendopo_app",)]
    rights = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    assert rows(rights) == [(False, False, False, False)]
    assert rows("SELECT relname FROM pg_class WHERE relowner = current_user::regrole") == []
    assert rows("SELECT roleid FROM pg_auth_members WHERE member = current_user::regrole") == []
    assert rows("SELECT has_schema_privilege('public', 'CREATE')") == [(False,)]
    of_ours = "relnamespace = 'public'::regnamespace AND relkind = 'r'"
    assert rows(f"SELECT relname FROM pg_class WHERE {of_ours} AND has_table_privilege(oid, 'TRUNCATE')") == []


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(ONLY_ADDED))
def test_what_was_witnessed_is_never_changed(table: str) -> None:
    for right in ("UPDATE", "DELETE", "TRUNCATE"):
        assert rows("SELECT has_table_privilege(%s, %s)", table, right) == [(False,)]
    assert rows("SELECT has_any_column_privilege(%s, 'UPDATE')", table) == [(False,)]
    assert rows("SELECT has_table_privilege(%s, 'INSERT')", table) == [(True,)]


@pytest.mark.django_db
def test_of_a_period_only_the_end_is_filled_in() -> None:
    columns = rows(
        "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'queues_period'"
        " AND has_column_privilege('queues_period', column_name::text, 'UPDATE')"
    )

    assert columns == [("ended_at",)]
    assert rows("SELECT has_table_privilege('queues_period', 'DELETE')") == [(False,)]


@pytest.mark.django_db
def test_a_world_has_a_row_in_every_mall_table() -> None:
    world = build()

    with wall.inside(world.mall.pk):
        empty = [model._meta.db_table for model in MALL_TABLES if not model._base_manager.exists()]
    assert empty == []
