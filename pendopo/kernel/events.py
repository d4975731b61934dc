"""How a lower module tells those above it what happened. Handlers run in the publisher's transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

_handlers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe[E](event: type[E], handler: Callable[[E], None]) -> None:
    """Call `handler` for each event of this type. Only `config/wiring.py` subscribes; twice is once."""
    if handler not in _handlers[event]:
        _handlers[event].append(handler)


def publish(event: object) -> None:
    """Tell every subscriber, in the order of subscription; an exception of one undoes the publisher's change."""
    for handler in _handlers[type(event)]:
        handler(event)
