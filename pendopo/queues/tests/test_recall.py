"""Calling the same person again: after a while, and not too often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from pendopo.kernel.errors import MoveNotAllowed, RuleViolation
from pendopo.queues.actions import calling, serving
from pendopo.queues.errors import CalledEnough, CalledTooSoon
from pendopo.queues.models import Event, HallRules, Ticket
from pendopo.queues.tests import make
from pendopo.queues.types import State
from pendopo.tenancy import wall

GAP = timedelta(seconds=30)


def calls_of(ticket: Ticket) -> tuple[int, int]:
    """How often a ticket was called, and how often the boards heard it."""
    heard = Event.objects.filter(ticket_id=ticket.pk, kind__in=["called", "recalled"]).count()
    return Ticket.objects.get(pk=ticket.pk).calls, heard


@pytest.mark.django_db
def test_a_recall_waits_and_says_how_long() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        HallRules.objects.create(mall=hall.mall, recall_gap_seconds=30)
        ticket = make.called(hall)
        at = ticket.changed_at

        with pytest.raises(CalledTooSoon, match="30 detik lagi sebelum memanggil ulang A-001"):
            calling.recall(ticket, by=hall.officer, at=at)
        with pytest.raises(CalledTooSoon, match="1 detik"):
            calling.recall(ticket, by=hall.officer, at=at + GAP - timedelta(seconds=1))
        # A clock that was set back makes nobody wait for longer than the rule.
        with pytest.raises(CalledTooSoon, match="30 detik"):
            calling.recall(ticket, by=hall.officer, at=at - timedelta(hours=2))
        assert calls_of(ticket) == (1, 1)

        calling.recall(ticket, by=hall.officer, at=at + GAP)
        with pytest.raises(CalledTooSoon):
            calling.recall(ticket, by=hall.officer, at=at + GAP + timedelta(seconds=29))
        assert calls_of(ticket) == (2, 2)


@pytest.mark.django_db
def test_after_the_last_call_only_absence_is_left() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        HallRules.objects.create(mall=hall.mall, recall_gap_seconds=30)
        ticket = make.called(hall)
        at = ticket.changed_at
        calling.recall(ticket, by=hall.officer, at=at + GAP)
        calling.recall(ticket, by=hall.officer, at=at + 2 * GAP)

        with pytest.raises(CalledEnough, match="A-001 sudah dipanggil 3 kali"):
            calling.recall(ticket, by=hall.officer, at=at + 3 * GAP)
        assert calls_of(ticket) == (3, 3)

        assert serving.mark_absent(ticket, by=hall.officer, at=at + 3 * GAP).state == State.ABSENT


@pytest.mark.django_db
def test_the_mall_decides_gap_and_number() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        HallRules.objects.create(mall=hall.mall, recall_gap_seconds=0, most_calls=2)
        ticket = make.called(hall)

        calling.recall(ticket, by=hall.officer, at=ticket.changed_at)
        with pytest.raises(CalledEnough):
            calling.recall(ticket, by=hall.officer, at=ticket.changed_at)

        assert calls_of(ticket) == (2, 2)


@pytest.mark.django_db
def test_whoever_is_served_is_not_called_again() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = serving.serve(make.called(hall), by=hall.officer, at=timezone.now())

        with pytest.raises(MoveNotAllowed):
            calling.recall(ticket, by=hall.officer, at=timezone.now() + GAP)

        assert calls_of(ticket) == (1, 1)


@pytest.mark.usefixtures("committed")
def test_two_who_recall_at_once_are_heard_once() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        HallRules.objects.create(mall=hall.mall, recall_gap_seconds=30)
        ticket = make.called(hall)

    def recall(_officer: int) -> str:
        try:
            with wall.inside(hall.mall.pk):
                calling.recall(ticket, by=hall.officer, at=ticket.changed_at + GAP)
        except RuleViolation as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "called"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(recall, range(2)))

    assert said == ["called", "called_too_soon"]
    with wall.inside(hall.mall.pk):
        assert calls_of(ticket) == (2, 2)
