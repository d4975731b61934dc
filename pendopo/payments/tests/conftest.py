"""Who is at the counter of the tests of bills."""

from datetime import datetime

import pytest
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.documents.tests.conftest import scanner, scanner_address
from pendopo.payments.models import Bill
from pendopo.payments.tests import make
from pendopo.tenancy import wall

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


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def bill(where: Place, officer: Actor, at: datetime) -> Bill:
    with wall.inside(where.mall.pk):
        return make.bill(make.variant(where.agency, at=at), officer, at=at)
