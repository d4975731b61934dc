"""What tests of messages share."""

from collections.abc import Callable, Iterator

import pytest

from pendopo.kernel import events


@pytest.fixture
def listen() -> Iterator[Callable[[type], list[object]]]:
    """Hear the events of a type until the test ends."""
    added: list[tuple[type, Callable[[object], None]]] = []

    def begin(event: type) -> list[object]:
        heard: list[object] = []
        events.subscribe(event, heard.append)
        added.append((event, heard.append))
        return heard

    yield begin
    for event, handler in added:
        events._handlers[event].remove(handler)
