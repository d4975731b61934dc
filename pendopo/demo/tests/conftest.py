from collections.abc import Iterator

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from pendopo.demo import actions, removal
from pendopo.demo.types import SLUG
from pendopo.tenancy.models import Mall
from tests import plugin


@pytest.fixture(scope="package")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Mall]:
    """The demo mall, made once for all tests of this package; what a test changes in it is rolled back."""
    with django_db_blocker.unblock():
        mall, is_new = actions.build(at=timezone.now(), tell=lambda done, parts: None)
        assert is_new
        yield mall
        assert removal.remove(SLUG)
        connections.close_all()
    # What is the installation's stays when a demo mall goes, its accounts and holidays; other tests begin without it.
    plugin.make_anew()
