"""Stretches of time, in order and apart: cut with each other, taken away, and added up. Half-open: the end is out."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple


class Span(NamedTuple):
    """From a moment until before another."""

    starts_at: datetime
    ends_at: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.ends_at - self.starts_at


def merge(spans: Iterable[Span]) -> list[Span]:
    """Put spans into order and join those that touch or overlap."""
    joined: list[Span] = []
    for span in sorted(spans):
        if span.ends_at <= span.starts_at:
            continue
        if joined and span.starts_at <= joined[-1].ends_at:
            joined[-1] = Span(joined[-1].starts_at, max(joined[-1].ends_at, span.ends_at))
        else:
            joined.append(span)
    return joined


def common(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Return what lies in both."""
    found = (Span(max(a.starts_at, b.starts_at), min(a.ends_at, b.ends_at)) for a in one for b in other)
    return merge(span for span in found if span.starts_at < span.ends_at)


def without(spans: Sequence[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what is left of spans when others are taken away."""
    left = list(spans)
    for gone in taken:
        left = [
            piece
            for span in left
            for piece in (
                Span(span.starts_at, min(span.ends_at, gone.starts_at)),
                Span(max(span.starts_at, gone.ends_at), span.ends_at),
            )
            if piece.starts_at < piece.ends_at
        ]
    return merge(left)


def around(spans: Iterable[Span], at: datetime) -> Span | None:
    """Return the span in which a moment lies."""
    return next((span for span in spans if span.starts_at <= at < span.ends_at), None)


def total(spans: Iterable[Span]) -> timedelta:
    """Add up how long they last."""
    return sum((span.length for span in spans), timedelta(0))
