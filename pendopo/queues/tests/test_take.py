from datetime import UTC, datetime, time
from uuid import uuid4

import pytest
from django.utils import timezone

from pendopo.agencies.types import Hours
from pendopo.audit.models import Entry
from pendopo.kernel.errors import AnotherBody
from pendopo.queues.actions import taking
from pendopo.queues.errors import Closed, NotOffered
from pendopo.queues.models import Event, Period, Series, Ticket
from pendopo.queues.tests import make
from pendopo.queues.types import Origin, State
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


def test_the_first_ticket_of_the_day_is_number_one() -> None:
    hall = make.hall()

    taken = make.taken(hall)

    assert (taken.number, taken.state, taken.ahead, taken.is_new) == ("A-001", State.WAITING, 0, True)
    with wall.inside(hall.mall.pk):
        ticket = Ticket.objects.get(key=taken.key)
        assert ticket.day == hall.mall.local(timezone.now()).date()
        assert Period.objects.get(ticket=ticket).kind == Period.Kind.WAITING
        assert Event.objects.get(ticket_id=ticket.pk).number == "A-001"
        assert Entry.objects.filter(action="ticket.taken", subject=f"ticket:{ticket.pk}").count() == 1


def test_who_comes_later_sees_who_is_ahead() -> None:
    hall = make.hall()
    make.taken(hall)

    assert (make.taken(hall).number, make.taken(hall).ahead) == ("A-002", 2)


def test_the_same_request_gets_the_same_ticket() -> None:
    hall = make.hall()
    request = uuid4()
    first, second = (
        taking.take(
            hall.mall, hall.service.code, origin=Origin.PHONE, request_id=request, by=make.NOBODY, at=timezone.now()
        )
        for _ in range(2)
    )

    assert (second.key, second.number, second.is_new) == (first.key, first.number, False)
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.count() == 1
        assert Series.objects.get().last == 1


def test_a_request_number_used_for_something_else_is_refused() -> None:
    hall = make.hall()
    request = uuid4()
    at = timezone.now()
    taking.take(hall.mall, hall.service.code, origin=Origin.PHONE, request_id=request, by=make.NOBODY, at=at)

    with pytest.raises(AnotherBody):
        taking.take(hall.mall, "LAIN-001", origin=Origin.PHONE, request_id=request, by=make.NOBODY, at=at)

    with wall.inside(hall.mall.pk):
        assert Ticket.objects.count() == 1


def test_an_unknown_service_gets_no_ticket() -> None:
    hall = make.hall()

    with pytest.raises(NotOffered):
        taking.take(hall.mall, "TIDAK-ADA", origin=Origin.PHONE, request_id=uuid4(), by=make.NOBODY, at=timezone.now())

    with wall.inside(hall.mall.pk):
        assert not Ticket.objects.exists()
        assert not Series.objects.exists()


MONDAY_MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09.00 WIB
MONDAY = [Hours(1, time(8), time(15), time(12), time(13), "Istirahat")]


@pytest.mark.parametrize(
    ("at", "why"),
    [
        (MONDAY_MORNING.replace(hour=0), "Buka pukul 08.00"),
        (MONDAY_MORNING.replace(hour=8), "Sudah tutup hari ini"),
        (MONDAY_MORNING.replace(day=24), "Tidak buka pada hari ini"),
    ],
)
def test_a_closed_outlet_says_why(at: datetime, why: str) -> None:
    hall = make.hall(hours=MONDAY)

    with pytest.raises(Closed, match=why):
        make.taken(hall, at=at)

    with wall.inside(hall.mall.pk):
        assert not Ticket.objects.exists()


def test_tickets_are_given_in_hours_and_in_the_break() -> None:
    hall = make.hall(hours=MONDAY)

    numbers = [make.taken(hall, at=MONDAY_MORNING).number, make.taken(hall, at=MONDAY_MORNING.replace(hour=5)).number]

    assert numbers == ["A-001", "A-002"]


def test_numbers_begin_again_at_midnight_of_the_mall() -> None:
    hall = make.hall()
    before = datetime(2026, 11, 23, 16, 59, tzinfo=UTC)  # 23.59 WIB
    after = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # 00.00 WIB on the 24th

    assert [make.taken(hall, at=before).number, make.taken(hall, at=after).number] == ["A-001", "A-001"]
