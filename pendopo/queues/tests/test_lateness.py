"""Before a number is taken: whether its turn would come only after closing. And what was told stands on paper."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import opening_hours
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.queues.actions import attending, planned_closings
from pendopo.queues.models import Ticket
from pendopo.queues.queries import plans, snapshots, waits
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.tests.test_reception import second_service
from pendopo.queues.tests.test_waits import at_work, hall_with_history
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

# A Thursday in Jakarta: noon, when the afternoons of these tests begin.
NOON = datetime(2030, 11, 21, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WARNING = "melewati jam tutup pukul"


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    waits.forget()
    yield
    waits.forget()


def busy_hall() -> Hall:
    """Two wait behind one who is served for six minutes more: whoever comes now is called after 26 minutes."""
    hall = hall_with_history()
    with wall.inside(hall.mall.pk):
        at_work(hall, NOON)
    return hall


def closes_at(hall: Hall, closes: time) -> None:
    with wall.inside(hall.mall.pk):
        day = hall.mall.local(NOON).date()
        opening_hours.except_day(hall.place.outlet, day, reason="Rapat", opens=time(8), closes=closes, at=NOON)


def desk(hall: Hall) -> Client:
    account = make_agencies.staff(hall.mall, Role.OFFICER).account
    assert account
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def pages(hall: Hall) -> list[str]:
    """The kiosk's, the phone's and the desk's page before a number is taken."""
    here, code = f"/m/{hall.mall.slug}", hall.service.code
    return [
        Client().get(f"{here}/kiosk/{hall.place.agency.code}/{code}/").content.decode(),
        Client().get(f"{here}/services/{code}/").content.decode(),
        desk(hall).get(f"{here}/reception/?add={code}").content.decode(),
    ]


def test_all_are_warned_before_and_may_take_all_the_same() -> None:
    hall = busy_hall()
    closes_at(hall, time(12, 28))

    for page in pages(hall):
        assert f"{WARNING} 12.28" in page
        assert "Ambil nomor antrean" in page or "ambil nomor" in page
    answer = Client().post(
        f"/m/{hall.mall.slug}/kiosk/tickets/", {"id": str(uuid4()), "service": hall.service.code, "nothing": "1"}
    )

    assert answer.status_code == 302


def test_nobody_is_warned_while_there_is_time() -> None:
    hall = busy_hall()
    closes_at(hall, time(12, 30))

    for page in pages(hall):
        assert "jam tutup" not in page


def test_a_closing_told_ahead_counts_like_the_hour() -> None:
    hall = busy_hall()
    closes_at(hall, time(15))
    with wall.inside(hall.mall.pk):
        planned_closings.plan_closing(
            hall.place.outlet,
            counter=None,
            starts_at=NOON + 20 * MINUTE,
            ends_at=NOON + 240 * MINUTE,
            reason="Rapat",
            by=make_agencies.staff(hall.mall, Role.MANAGER),
            at=NOON,
        )

    for page in pages(hall):
        assert "melewati jam tutup pukul 12.20" in page


def test_what_the_desk_tells_is_kept_and_printed() -> None:
    hall = busy_hall()
    client = desk(hall)
    answer = client.post(
        f"/m/{hall.mall.slug}/reception/visits/", {"id": str(uuid4()), "service": hall.service.code}, follow=True
    )
    with wall.inside(hall.mall.pk):
        ticket = Ticket.objects.order_by("-pk")[0]
    slip = client.get(f"/m/{hall.mall.slug}/reception/tickets/{ticket.pk}/slip/").content.decode()

    assert answer.status_code == 200
    assert (ticket.wait_low, ticket.wait_high) == (30, 30)
    assert "Perkiraan menunggu paling lama 30 menit" in slip


def test_what_the_kiosk_tells_is_kept() -> None:
    hall = busy_hall()
    Client().post(
        f"/m/{hall.mall.slug}/kiosk/tickets/",
        {"id": str(uuid4()), "service": hall.service.code, "nothing": "1"},
        follow=True,
    )

    with wall.inside(hall.mall.pk):
        ticket = Ticket.objects.order_by("-pk")[0]
    assert (ticket.wait_low, ticket.wait_high) == (30, 30)


def test_an_estimate_that_fails_stops_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = busy_hall()

    def fail(*_given: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(waits, "snapshot", fail)
    closes_at(hall, time(12, 28))

    for page in pages(hall):
        assert WARNING not in page
    answer = Client().post(
        f"/m/{hall.mall.slug}/kiosk/tickets/",
        {"id": str(uuid4()), "service": hall.service.code, "nothing": "1"},
        follow=True,
    )

    assert answer.status_code == 200
    assert "Nomor antrean Anda" in answer.content.decode()


def test_the_plan_follows_the_estimates() -> None:
    """Three wait for A, whose service takes ten minutes, nobody for B; B's counter is away until 13.00."""
    hall = hall_with_history()
    code = second_service(hall)
    with wall.inside(hall.mall.pk):
        for _person in range(3):
            make.taken(hall, at=NOON)
        by = make_agencies.staff(hall.mall)
        taken = attending.attend(hall.mall, [code, hall.service.code], request_id=uuid4(), by=by, at=NOON)
        tickets = plans.tickets_of_visit(Ticket.objects.get(pk=taken[0].id))
        told = waits.estimates(hall.mall, tickets, NOON)

        steps = plans.plan(tickets, NOON)

    # By the rule of people ahead A would take 30 minutes too: what counts is that the estimate was asked.
    of_a = next(step for step in steps if step.ticket.queue.code == "A")
    assert told[of_a.ticket.pk].median == 1800
    assert (of_a.place, of_a.minutes) == (1, 30)


def test_a_snapshot_reads_breaks_and_closings_as_pauses() -> None:
    hall = hall_with_history()
    with wall.inside(hall.mall.pk):
        planned_closings.plan_closing(
            hall.place.outlet,
            counter=hall.counter,
            starts_at=NOON + 20 * MINUTE,
            ends_at=NOON + 50 * MINUTE,
            reason="Rapat",
            by=make_agencies.staff(hall.mall, Role.MANAGER),
            at=NOON,
        )
        ticket = at_work(hall, NOON)[1]
        clock = snapshots.Clock(hall.mall, ticket.day)
        seen = snapshots.snapshot(hall.mall, {hall.queue.pk}, clock, NOON)
        told = waits.estimate(hall.mall, ticket, NOON)

    assert [(pause.due, pause.until) for pause in seen.places[0].breaks] == [(12 * 3600 + 1200, 12 * 3600 + 3000)]
    # Free at 6 and at 16 minutes: both are called before the closing.
    assert told
    assert told.median == 960
