"""One browser and one pair of processes for all tests of this folder; one browser context a person a test.

All is of the package, not of the session: while Playwright's loop runs in this thread, Django refuses the ORM, and the
demo mall must be gone before another package makes its own.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from pendopo.demo import removal
from pendopo.demo.types import SLUG
from tests import plugin, servers
from tests.end_to_end import browser as browsers
from tests.end_to_end import desk as desks
from tests.end_to_end import scene as scenes
from tests.end_to_end.browser import Visitors, Watched
from tests.end_to_end.desk import Desk
from tests.end_to_end.scene import Scene
from tests.servers import Running


@pytest.fixture(scope="package")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """The demo mall on a working morning."""
    plugin.forget_tables()
    with django_db_blocker.unblock():
        built = scenes.build(at=timezone.now(), visitors=60)
        connections.close_all()
    plugin.know_tables()
    yield built
    with django_db_blocker.unblock():
        assert removal.remove(SLUG)
        connections.close_all()
    # The accounts of the demo stay behind, and what was committed to no mall.
    plugin.make_anew()


@pytest.fixture(scope="package")
def processes(scene: Scene) -> Iterator[tuple[Running, Running]]:
    """`web` and `live`, each knowing the other."""
    with servers.web_and_live() as started:
        yield started


@pytest.fixture(scope="package")
def browser(scene: Scene) -> Iterator[Browser]:
    """Chromium, begun after the scene was made and gone before it is taken away."""
    with browsers.chromium() as started:
        yield started


@pytest.fixture
def visitors(browser: Browser, processes: tuple[Running, Running]) -> Iterator[Visitors]:
    """People with a browser each; none of their pages may complain or ask a foreign host."""
    watched = Watched(frozenset(urlsplit(process.url).netloc for process in processes))
    people = Visitors(browser, processes[0].url, watched)
    yield people
    people.leave()
    assert watched.complaints == []
    assert watched.foreign == []


@pytest.fixture
def desk(scene: Scene, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """An open counter whose queue is empty."""
    with django_db_blocker.unblock(), desks.opened(scene) as made:
        yield made
