"""A day in memory is the day that `pendopo demo traffic` plays: everybody is called at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bench.days import Day
from pendopo.demo import actions, traffic
from pendopo.queues.models import Period, Ticket
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


def test_a_day_in_memory_is_a_day_of_the_demo() -> None:
    mall, _is_new = actions.build(at=timezone.now(), tell=lambda done, parts: None)
    day = mall.local(timezone.now()).date() - timedelta(days=1)

    traffic.play(mall, day, visitors=150, seed=7, speed=0, now=timezone.now(), watch=lambda moment: None)
    people = Day(day, 150, seed=7).play()

    with wall.inside(mall.pk):
        tickets = list(Ticket.objects.filter(mall=mall, day=day).order_by("queued_at").select_related("counter"))
        calls = dict(Period.objects.filter(mall=mall, kind=Period.Kind.CALLED).values_list("ticket_id", "started_at"))
        midnight = mall.local(tickets[0].queued_at).replace(hour=0, minute=0, second=0, microsecond=0)
        played = [
            (round((calls[ticket.pk] - midnight).total_seconds()), ticket.counter.number if ticket.counter else 0)
            for ticket in tickets
        ]
    assert played == [(round(person.called), person.counter) for person in people]
    assert len(played) == 150
