from collections.abc import Iterator
from pathlib import Path

import pytest

from pendopo.agencies.tests import make as make_agencies
from pendopo.documents.tests import clamd
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall


@pytest.fixture(scope="session")
def scanner_address() -> Iterator[str]:
    """Run one clamd for all tests of a worker."""
    with clamd.running() as address:
        yield address


@pytest.fixture
def scanner(scanner_address: str, settings: object) -> str:
    """Let the installation have a scanner."""
    setattr(settings, "CLAMD", scanner_address)  # noqa: B010 - pytest-django's settings take any name
    return scanner_address


def _stand(db: None) -> Iterator[Mall]:
    found = make_agencies.mall()
    with wall.inside(found.pk):
        yield found


# Stand in a mall; in `hall` also where a test's `mall` is another one. Nobody gave a file there.
mall = pytest.fixture(_stand, name="mall")
hall = pytest.fixture(_stand, name="hall")


@pytest.fixture(autouse=True)
def _own_folder(settings: object, tmp_path: Path) -> None:
    """Keep files apart: malls of other workers have the same numbers."""
    setattr(settings, "MEDIA_ROOT", str(tmp_path / "files"))  # noqa: B010 - pytest-django's settings take any name
