from collections.abc import Iterator

import pytest

from pendopo.people.tests.make import all_channels


@pytest.fixture
def channels() -> Iterator[None]:
    """Mail, WhatsApp and SMS are set up."""
    with all_channels():
        yield
