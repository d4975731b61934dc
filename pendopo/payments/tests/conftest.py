"""Who is at the counter of the tests of bills."""

import pytest

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.documents.tests.conftest import scanner, scanner_address

# Fixtures of the vault: one clamd for all tests of a worker.
__all__ = ["scanner", "scanner_address"]


@pytest.fixture
def where() -> Place:
    return agencies.place()


@pytest.fixture
def officer(where: Place) -> Actor:
    return agencies.staff(where.mall, agency=where.agency)


@pytest.fixture
def checker(where: Place) -> Actor:
    """Somebody of the back office, who checks what the officer has recorded."""
    return agencies.staff(where.mall, Role.BACK_OFFICE, agency=where.agency)
