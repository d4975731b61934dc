"""One ledger of places a day, for all origins."""

from datetime import UTC, date, datetime, time, timedelta
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Hours, Role
from pendopo.queues.actions import quotas, serving, taking
from pendopo.queues.actions.quotas import Places
from pendopo.queues.actions.taking import Caller, Taken
from pendopo.queues.errors import Closed, QuotaFull
from pendopo.queues.models import QuotaDay, QuotaRule, Series, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.crowd import until_somebody_waits
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin
from pendopo.tenancy import wall

# A Friday in Jakarta, after everybody began to work here: 09.00 and 11.00.
MORNING = datetime(2030, 11, 22, 2, tzinfo=UTC)
LATER = datetime(2030, 11, 22, 4, tzinfo=UTC)


def rule(hall: Hall, **limits: object) -> None:
    """Limit the hall's service."""
    with wall.inside(hall.mall.pk):
        QuotaRule.objects.create(mall=hall.mall, site=hall.place.site, service=hall.service, **limits)


def take(hall: Hall, at: datetime = MORNING, *, phone: bool = True) -> Taken:
    """Take a ticket by phone or at the desk."""
    origin, by = (Origin.PHONE, make.NOBODY) if phone else (Origin.DESK, Caller(account_id=hall.officer.account_id))
    return taking.take(hall.mall, hall.service.code, origin=origin, request_id=uuid4(), by=by, at=at)


@pytest.mark.django_db
def test_no_more_than_the_days_places_are_given_and_nothing_is_written_for_the_refused() -> None:
    hall = make.hall()
    rule(hall, total=2)
    take(hall)
    take(hall, phone=False)

    with pytest.raises(QuotaFull, match="habis"):
        take(hall)

    with wall.inside(hall.mall.pk):
        assert (Ticket.objects.count(), Series.objects.get().last, QuotaDay.objects.get().taken) == (2, 2, 2)


@pytest.mark.django_db
def test_a_place_given_back_is_there_for_the_next() -> None:
    hall = make.hall()
    rule(hall, total=1)
    taken = take(hall)
    with wall.inside(hall.mall.pk):
        serving.cancel(Ticket.objects.get(pk=taken.id), by=None, at=MORNING)

    assert take(hall, phone=False).number == "A-002"


@pytest.mark.django_db
def test_phones_have_their_share_until_the_others_are_released() -> None:
    hall = make.hall()
    rule(hall, total=3, phone_total=1, released_at=time(10))
    take(hall)

    with pytest.raises(QuotaFull, match=r"10\.00"):
        take(hall)
    at_the_desk = take(hall, phone=False)
    released = take(hall, LATER)

    assert (at_the_desk.number, released.number) == ("A-002", "A-003")


@pytest.mark.django_db
def test_a_date_comes_before_a_weekday_and_a_weekday_before_every_day() -> None:
    hall = make.hall()
    rule(hall, total=9)
    rule(hall, total=8, weekday=5)
    rule(hall, total=5000, day=date(2030, 11, 29))

    for days in (0, 1, 7):
        take(hall, MORNING + timedelta(days=days))

    with wall.inside(hall.mall.pk):
        assert list(QuotaDay.objects.order_by("day").values_list("total", flat=True)) == [8, 9, 5000]


@pytest.mark.django_db
def test_a_rule_for_other_days_limits_nothing_today() -> None:
    hall = make.hall()
    rule(hall, total=1, weekday=1)

    assert [take(hall).number, take(hall).number] == ["A-001", "A-002"]


@pytest.mark.django_db
def test_before_closing_no_new_numbers_and_those_given_are_still_served() -> None:
    hall = make.hall(hours=[Hours(day, time(8), time(11, 30)) for day in range(1, 8)])
    rule(hall, total=10, closes_minutes=30)
    given = take(hall)

    with pytest.raises(Closed, match="tetap dilayani"):
        take(hall, LATER)

    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get().pk == given.id


@pytest.mark.usefixtures("committed")
def test_sixteen_at_once_never_take_more_than_there_are() -> None:
    hall = make.hall()
    rule(hall, total=5)
    refused: list[str] = []

    def press() -> None:
        try:
            take(hall)
        except QuotaFull:
            refused.append("full")
        finally:
            connection.close()

    pressing = [Thread(target=press) for _one in range(16)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()

    with wall.inside(hall.mall.pk):
        assert (len(refused), Ticket.objects.count(), QuotaDay.objects.get().taken) == (11, 5, 5)


@pytest.mark.usefixtures("committed")
def test_a_number_being_given_while_a_quota_is_made_is_in_its_ledger() -> None:
    hall = make.hall()
    boss = agencies.staff(hall.mall, Role.MANAGER)

    def decide() -> None:
        with wall.inside(hall.mall.pk):
            quotas.set_quota(hall.mall, hall.place.site, hall.service, Places(2), reason="Rapat", by=boss, at=MORNING)
        connection.close()

    take(hall)
    deciding = Thread(target=decide)
    with wall.inside(hall.mall.pk):
        take(hall)
        deciding.start()
        until_somebody_waits()
    deciding.join()

    with wall.inside(hall.mall.pk):
        assert QuotaDay.objects.get().taken == 2


@pytest.mark.usefixtures("committed")
def test_a_quota_made_between_the_look_and_the_number_counts_it() -> None:
    hall = make.hall()
    taken: list[Taken] = []

    def second() -> None:
        taken.append(take(hall))
        connection.close()

    def decide() -> None:
        with wall.inside(hall.mall.pk):
            QuotaRule.objects.create(mall=hall.mall, site=hall.place.site, service=hall.service, total=5)
        connection.close()

    taking = Thread(target=second)
    with wall.inside(hall.mall.pk):
        first = take(hall)
        taking.start()
        # It has looked for a quota, and waits for the first one's number.
        until_somebody_waits()
        deciding = Thread(target=decide)
        deciding.start()
        deciding.join()
    taking.join()

    assert [each.number for each in (first, *taken)] == ["A-001", "A-002"]
    with wall.inside(hall.mall.pk):
        assert QuotaDay.objects.get().taken == 1
