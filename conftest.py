"""Fixtures of the whole suite."""

from collections.abc import Iterator

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from pendopo.tenancy.queries import forget_malls
from tests import plugin


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give this worker its own database, cloned from the migrated template."""
    plugin.SERVER.create_database(plugin.DATABASE, template="pendopo")
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
