"""Turns of priority and ordinary visitors, on the real SQL: neither line starves, and nobody sees who is who."""

from collections.abc import Sequence
from itertools import pairwise
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pendopo.queues.actions import calling, serving, taking
from pendopo.queues.models import HallRules, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Needs, Origin, Outcome, Priority
from pendopo.tenancy import wall

pytestmark = pytest.mark.usefixtures("committed")


def arrive(hall: Hall, *, priority: bool) -> int:
    """Take a ticket at a kiosk's place, with or without a priority group."""
    group = Priority.ELDERLY if priority else None
    taken = taking.take(
        hall.mall,
        hall.service.code,
        origin=Origin.PHONE,
        request_id=uuid4(),
        by=make.NOBODY,
        at=timezone.now(),
        needs=Needs(group),
    )
    return taken.id


def call(hall: Hall) -> int:
    """Call the next person, and let them be served at once."""
    called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
    assert called
    with wall.inside(hall.mall.pk):
        at = timezone.now()
        ticket = serving.serve(Ticket.objects.get(pk=called.id), by=hall.officer, at=at)
        serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=at)
    return called.id


def rule(hall: Hall, p: int, r: int) -> None:
    """Set the turns of the mall."""
    with wall.inside(hall.mall.pk):
        HallRules.objects.update_or_create(
            mall=hall.mall, defaults={"priority_turns": p, "ordinary_turns": r, "check_in_required": False}
        )


def windows(calls: Sequence[bool], size: int) -> list[Sequence[bool]]:
    """Every run of so many consecutive calls."""
    return [calls[start : start + size] for start in range(len(calls) - size + 1)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(p=1, r=2, before=0, arrivals=[[], [True], [], [False, True], []])
@example(p=3, r=1, before=2, arrivals=[[]] * 8)
@example(p=2, r=3, before=1, arrivals=[[False]] * 8)
@given(
    p=st.integers(1, 4),
    r=st.integers(1, 4),
    before=st.integers(0, 7),
    arrivals=st.lists(st.lists(st.booleans(), max_size=2), min_size=8, max_size=16),
)
def test_while_both_lines_wait_every_window_is_fair(p: int, r: int, before: int, arrivals: list[list[bool]]) -> None:
    hall = make.hall()
    rule(hall, p, r)
    lines: dict[bool, list[int]] = {True: [], False: []}

    def come(priority: bool) -> None:
        lines[priority].append(arrive(hall, priority=priority))

    for kind in [True, False] * (before + 3):
        come(kind)
    # Some calls first, so that the windows begin anywhere in the round.
    for _turn in range(before):
        taken = call(hall)
        lines[taken in lines[True]].remove(taken)
    mixed: list[bool] = []
    oldest, place, calls_since = lines[False][0], 1, 0
    for arriving in arrivals:
        for kind in arriving:
            come(kind)
        if not (lines[True] and lines[False]):
            break
        taken = call(hall)
        is_priority = taken in lines[True]
        assert taken == lines[is_priority][0], "within a line the longest waiting first"
        lines[is_priority].pop(0)
        mixed.append(is_priority)
        calls_since += 1
        if taken == oldest:
            # The oldest ordinary ticket at place k is called after at most ceil(k (p + r) / r) calls.
            assert calls_since <= -(-place * (p + r) // r)
            oldest, place, calls_since = (lines[False] or [0])[0], 1, 0

    for window in windows(mixed, p + r):
        assert sum(window) >= p
        assert len(window) - sum(window) >= r


def test_each_of_a_waiting_line_is_called_within_its_bound() -> None:
    hall = make.hall()
    rule(hall, 3, 2)
    ordinary = [arrive(hall, priority=False) for _one in range(6)]
    for _one in range(12):
        arrive(hall, priority=True)

    order = [call(hall) for _one in range(15)]

    for place, ticket in enumerate(ordinary, start=1):
        assert order.index(ticket) + 1 <= -(-place * 5 // 2)


def test_one_line_alone_is_called_without_waiting_for_turns() -> None:
    hall = make.hall()
    rule(hall, 1, 9)
    first, second = arrive(hall, priority=True), arrive(hall, priority=True)

    assert [call(hall), call(hall)] == [first, second]


def test_priority_shows_in_no_number() -> None:
    hall = make.hall()
    for priority in (False, True, False):
        arrive(hall, priority=priority)

    with wall.inside(hall.mall.pk):
        numbers = list(Ticket.objects.order_by("pk").values_list("number", flat=True))

    assert numbers == [1, 2, 3]
    assert all(later == earlier + 1 for earlier, later in pairwise(numbers))
