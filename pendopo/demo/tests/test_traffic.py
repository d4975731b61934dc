from collections import Counter as Count
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from pendopo.agencies.types import Actor
from pendopo.audit.models import Entry
from pendopo.demo import traffic
from pendopo.demo.desks import desks_of
from pendopo.demo.errors import DayNotPlayable, NotADemoMall
from pendopo.demo.forwarded import CASES
from pendopo.demo.types import Moment, Summary
from pendopo.demo.visitors import Demand, plan
from pendopo.kernel.errors import NotFound
from pendopo.queues.actions import checking_in, sessions, taking
from pendopo.queues.actions.taking import Caller, Taken
from pendopo.queues.models import CounterSession, Period, Series, Ticket
from pendopo.queues.tests import make
from pendopo.queues.types import LIVE, Origin, Outcome, SessionState, State
from pendopo.surveys.models import Rating
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Mall

pytestmark = pytest.mark.django_db


def played(mall: Mall, *, days_ago: int = 1, visitors: int = 40, stop_after: int = 0) -> Summary:
    """Play a day without waiting; interrupted as by Ctrl-C when so many tickets were taken."""

    def watch(moment: Moment) -> None:
        if stop_after and moment.taken == stop_after:
            raise KeyboardInterrupt

    day = mall.local(timezone.now()).date() - timedelta(days=days_ago)
    return traffic.play(mall, day, visitors=visitors, seed=7, speed=0, now=timezone.now(), watch=watch)


def came() -> QuerySet[Ticket]:
    """Return the tickets of whoever came on the played day: all but those of the cases that every demo mall has."""
    return Ticket.objects.filter(case=None)


def assert_the_day_has_ended() -> None:
    assert not Ticket.objects.filter(state__in=LIVE).exists()
    assert not Period.objects.filter(ended_at=None).exists()
    assert not CounterSession.objects.filter(ended_at=None).exists()
    for series in Series.objects.all():
        numbers = Ticket.objects.filter(queue=series.queue_id, day=series.day).order_by("number")
        assert list(numbers.values_list("number", flat=True)) == list(range(1, series.last + 1))


def test_a_day_leaves_nobody_waiting_and_no_gap_and_comes_again_by_its_seed(built: Mall) -> None:
    summary = played(built)

    assert (summary.taken, summary.ended, summary.refused, summary.left_alone) == (40, 40, 0, 0)
    with wall.inside(built.pk):
        assert_the_day_has_ended()
        states = Count(came().values_list("state", flat=True))
        assert states == {State.COMPLETED: summary.served, State.ABSENT: summary.absent}
        assert Ticket.objects.filter(outcome=Outcome.SENT_AWAY).count() == summary.sent_away
        assert Rating.objects.count() == summary.rated > 0
        assert Entry.objects.filter(action="ticket.called").count() == 40 + CASES
        waited = Period.objects.filter(kind=Period.Kind.WAITING)
        assert all(period.ended_at and period.ended_at > period.started_at for period in waited)

    # The same seed brings the same people, and each fares as before.
    assert played(built) == summary
    with wall.inside(built.pk):
        assert_the_day_has_ended()
        told = Count(came().values_list("variant", "state", "outcome", "reason"))
        assert {times % 2 for times in told.values()} == {0}


def test_interrupted_the_day_ends_early(built: Mall) -> None:
    summary = played(built, stop_after=10)

    assert (summary.taken, summary.ended) == (10, 10)
    with wall.inside(built.pk):
        assert came().count() == 10
        assert_the_day_has_ended()


def test_real_people_are_served_and_left_their_counters(built: Mall) -> None:
    begins = built.local(timezone.now()).replace(hour=7, minute=0)
    with wall.inside(built.pk):
        theirs = desks_of(built)[0]
        sessions.set_session(theirs.counter, SessionState.OPEN, by=theirs.officer, at=begins)
    taken: list[Taken] = []

    def watch(moment: Moment) -> None:
        if moment.taken == 3 and not taken:
            given = taking.take(
                built, "IMIGRASI-001", origin=Origin.PHONE, request_id=uuid4(), by=Caller(), at=moment.at
            )
            taken.append(given)
            with wall.inside(built.pk):
                kiosk = Device.objects.filter(kind=Device.Kind.KIOSK)[0]
                checking_in.check_in(Ticket.objects.get(pk=given.id), by=Actor(mall=built, device=kiosk), at=moment.at)

    summary = traffic.play(built, begins.date(), visitors=10, seed=7, speed=0, now=timezone.now(), watch=watch)

    assert (summary.taken, summary.ended, summary.strangers, summary.left_alone) == (10, 10, 1, 1)
    with wall.inside(built.pk):
        assert Ticket.objects.get(pk=taken[0].id).state == State.COMPLETED
        assert CounterSession.objects.get(ended_at=None).counter == theirs.counter
        assert not Ticket.objects.filter(state__in=LIVE).exists()


def test_a_real_mall_is_refused_and_stays_empty() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        before = Entry.objects.count()

    with pytest.raises(NotADemoMall, match="MPP sungguhan"):
        traffic.demo_mall(hall.mall.slug)
    with pytest.raises(NotADemoMall):
        played(hall.mall)

    with wall.inside(hall.mall.pk):
        assert (Ticket.objects.count(), Entry.objects.count()) == (0, before)
    with pytest.raises(NotFound, match="pendopo demo"):
        traffic.demo_mall("tidak-ada")


@pytest.mark.parametrize("days_ago", [-1, 400])
def test_a_day_without_staff_is_refused(built: Mall, days_ago: int) -> None:
    with wall.inside(built.pk):
        before = CounterSession.objects.count()

    with pytest.raises(DayNotPlayable):
        played(built, days_ago=days_ago)

    with wall.inside(built.pk):
        assert not came().exists()
        assert CounterSession.objects.count() == before


def test_the_morning_is_the_peak_and_people_differ() -> None:
    demands = [Demand(["A-1", "A-2"], 3, 8), Demand(["B-1"], 1, 12)]
    zone = Mall().zone
    day = timezone.now().date()

    people = plan(demands, day, zone, visitors=2000, seed=1)

    assert people == plan(demands, day, zone, visitors=2000, seed=1)
    assert people != plan(demands, day, zone, visitors=2000, seed=2)
    hours = Count(person.at.hour for person in people)
    assert hours[9] > 2 * hours[12]
    assert min(hours) == 8
    assert 0.05 < sum(not person.comes for person in people) / 2000 < 0.11
    assert 0.04 < sum(person.outcome is Outcome.SENT_AWAY for person in people) / 2000 < 0.08
    minutes = [person.minutes for person in people if person.service == "B-1" and person.reason is None]
    assert 10 < sum(minutes) / len(minutes) < 14
