"""Fixtures of the whole suite."""

from collections.abc import Iterator

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from pendopo.tenancy.queries import forget_malls
from tests import plugin

# Several workers share two cores, so that any of them stands still for seconds now and then. What is asserted is who
# wins and what is refused, never how fast.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")
PATIENT = " -c lock_timeout=60000 -c statement_timeout=60000 -c idle_in_transaction_session_timeout=120000"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this worker its own database, cloned from the migrated template."""
    plugin.SERVER.create_database(plugin.DATABASE, template="pendopo")
    connections.databases["default"]["OPTIONS"]["options"] += PATIENT
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    plugin.SERVER.drop_database(plugin.DATABASE)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test commit, for races and crashes: it makes its own mall and leaves it, the wall keeps it apart."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()


@pytest.fixture(autouse=True)
def _forget_malls() -> None:
    forget_malls()
