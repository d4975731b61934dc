"""Days that are over, whatever the clock says, and moments after them."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from pendopo.agencies.models import Membership
from pendopo.agencies.tests import make as agencies
from pendopo.queues.actions import calling, serving, taking
from pendopo.queues.models import Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin, Outcome
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

# A Wednesday long ago.
DAY = date(2024, 10, 9)
LATER = datetime(2024, 10, 12, 3, tzinfo=UTC)


def hall(zone: str = Mall.Zone.WIB) -> Hall:
    """Make a hall whose people have worked here for long."""
    made = make.hall(agencies.mall(timezone_name=zone))
    with wall.inside(made.mall.pk):
        Membership.objects.filter(mall=made.mall).update(starts_on=date(2020, 1, 1))
    return made


def moment(here: Hall, hour: int, minute: int = 0, *, day: date = DAY) -> datetime:
    """Return a moment of a past day by the hall's clock."""
    return datetime.combine(day, time(hour, minute), here.mall.zone)


def taken(here: Hall, at: datetime) -> Ticket:
    """Take a number at the kiosk. Stand inside the mall."""
    given = taking.take(here.mall, here.service.code, origin=Origin.KIOSK, request_id=uuid4(), by=make.NOBODY, at=at)
    return Ticket.objects.select_related("queue", "visit").get(pk=given.id)


def served(here: Hall, at: datetime, *, waits: int = 10, minutes: int = 5) -> Ticket:
    """Take a number, call it after some minutes, and serve it for some. Stand inside the mall."""
    ticket = taken(here, at)
    called_at = at + timedelta(minutes=waits)
    assert calling.call_next(here.mall, here.counter.pk, by=here.caller, at=called_at)
    ticket = serving.serve(ticket, by=here.officer, at=called_at)
    ended_at = called_at + timedelta(minutes=minutes)
    return serving.complete(ticket, outcome=Outcome.DONE, by=here.officer, at=ended_at)
