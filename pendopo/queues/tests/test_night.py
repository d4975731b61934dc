"""The mall's own midnight: leftovers end with a reason, numbers begin at 1; old days keep figures and lose names."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from pendopo.agencies.tests import make as agencies
from pendopo.people import actions as people
from pendopo.queues.actions import calling, night, serving, taking
from pendopo.queues.models import CounterSession, DayFigure, Period, Ticket, Visit
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import EndedBecause, Origin, Outcome, State
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.django_db

ZONES = [(Mall.Zone.WIB, 7), (Mall.Zone.WITA, 8), (Mall.Zone.WIT, 9)]


def take(hall: Hall, at: datetime) -> taking.Taken:
    """Take a ticket at a moment."""
    return taking.take(hall.mall, hall.service.code, origin=Origin.PHONE, request_id=uuid4(), by=make.NOBODY, at=at)


@pytest.mark.parametrize(("zone", "ahead_of_utc"), ZONES)
def test_numbers_begin_at_one_when_the_malls_own_day_begins(zone: str, ahead_of_utc: int) -> None:
    hall = make.hall(agencies.mall(timezone_name=zone))
    midnight = datetime(2030, 11, 17, tzinfo=UTC) - timedelta(hours=ahead_of_utc)

    before = [
        take(hall, midnight - timedelta(seconds=2)).number,
        take(hall, midnight - timedelta(seconds=1.5)).number,
    ]
    after = take(hall, midnight).number

    assert before == ["A-001", "A-002"]
    assert after == "A-001"


@pytest.mark.parametrize(("zone", "ahead_of_utc"), ZONES)
def test_what_a_day_left_open_ends_with_its_reason(zone: str, ahead_of_utc: int) -> None:
    hall = make.hall(agencies.mall(timezone_name=zone))
    midnight = datetime(2030, 11, 17, tzinfo=UTC) - timedelta(hours=ahead_of_utc)
    evening = midnight - timedelta(hours=1)
    with wall.inside(hall.mall.pk):
        CounterSession.objects.update(started_at=evening)
    served, called, waiting = (take(hall, evening).id for _one in range(3))
    for _one in range(2):
        calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=evening)
        with wall.inside(hall.mall.pk):
            first = Ticket.objects.get(pk=served)
            if first.state == State.CALLED:
                serving.serve(first, by=hall.officer, at=evening)
                # The counter is free again only for this test's sake: two live tickets of one day.
                Ticket.objects.filter(pk=served).update(counter=hall.counter, state="absent")
    with wall.inside(hall.mall.pk):
        Ticket.objects.filter(pk=called).update(state="waiting", counter=None)
        Ticket.objects.filter(pk=served).update(state="serving")
        assert night.close_day(hall.mall, at=midnight - timedelta(seconds=1)) == 0

        ended = night.close_day(hall.mall, at=midnight)
        again = night.close_day(hall.mall, at=midnight)

        assert (ended, again) == (3, 0)
        now = {ticket.pk: (ticket.state, ticket.ended_because, ticket.outcome) for ticket in Ticket.objects.all()}
        assert now[waiting] == now[called] == (State.CANCELLED, EndedBecause.NIGHT, "")
        assert now[served] == (State.COMPLETED, EndedBecause.NIGHT, Outcome.LEFT)
        assert not CounterSession.objects.filter(ended_at=None).exists()
        assert not Period.objects.filter(ended_at=None).exists()


def test_after_thirteen_months_figures_stay_and_names_go() -> None:
    hall = make.hall()
    began = datetime(2029, 10, 14, 2, tzinfo=UTC)
    taken = take(hall, began)
    calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=began + timedelta(minutes=10))
    with wall.inside(hall.mall.pk):
        ticket = serving.serve(Ticket.objects.get(pk=taken.id), by=hall.officer, at=began + timedelta(minutes=11))
        serving.complete(
            ticket, outcome=Outcome.DONE, by=hall.officer, at=began + timedelta(minutes=16), agency_number="X-1"
        )
        person = people.add_person(hall.mall, name="Warga", at=began)
        Visit.objects.update(person=person, deaf=True)
        take(hall, began + timedelta(minutes=1))

        kept = night.roll_up(hall.mall, at=datetime(2030, 11, 14, 2, tzinfo=UTC))
        rolled = night.roll_up(hall.mall, at=datetime(2030, 12, 1, 2, tzinfo=UTC))
        again = night.roll_up(hall.mall, at=datetime(2030, 12, 1, 2, tzinfo=UTC))

        assert (kept, rolled, again) == (0, 1, 0)
        figure = DayFigure.objects.get()
        assert (figure.tickets, figure.served, figure.wait_seconds, figure.service_seconds) == (2, 1, 600, 300)
        assert not Visit.objects.exclude(person=None).exists()
        assert not Visit.objects.filter(deaf=True).exists()
        assert not Ticket.objects.exclude(agency_number="").exists()
