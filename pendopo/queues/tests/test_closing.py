"""A service closes while people wait: longer hours, or home with a promise that holds."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.kernel.errors import NotAllowed, ReasonMissing
from pendopo.queues.actions import calling, closing, sessions, taking
from pendopo.queues.errors import Closed, NoPromise
from pendopo.queues.models import Ticket
from pendopo.queues.queries.tickets import ahead_of
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import EndedBecause, Origin, SessionState, State
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

# A Thursday in Jakarta: 10.00. The hall is open from 8 to 15 each day.
TEN = datetime(2030, 11, 21, 3, tzinfo=UTC)
TOMORROW = TEN + timedelta(days=1)
HOURS = [Hours(day, time(8), time(15)) for day in range(1, 8)]


def take(hall: Hall, at: datetime = TEN) -> taking.Taken:
    """Take a ticket by phone."""
    return taking.take(hall.mall, hall.service.code, origin=Origin.PHONE, request_id=uuid4(), by=make.NOBODY, at=at)


def manager(hall: Hall) -> Actor:
    """The mall's manager."""
    return agencies.staff(hall.mall, Role.MANAGER)


def test_all_who_wait_are_sent_home_and_nobody_takes_a_number_any_more() -> None:
    hall = make.hall(hours=HOURS)
    first, second = take(hall), take(hall)
    by = manager(hall)
    with wall.inside(hall.mall.pk):
        sent = closing.send_home(hall.place.outlet, reason="Sistem pusat terganggu", by=by, at=TEN)

        assert sent == 2
        ended = {ticket.pk: (ticket.state, ticket.ended_because) for ticket in Ticket.objects.all()}
        assert set(ended) == {first.id, second.id}
        assert set(ended.values()) == {(State.CANCELLED, EndedBecause.CLOSURE)}
    with pytest.raises(Closed, match="Sistem pusat terganggu"):
        take(hall)


def test_the_promise_is_the_front_of_the_next_days_queue_once() -> None:
    hall = make.hall(hours=HOURS)
    first, second = take(hall), take(hall)
    by = manager(hall)
    with wall.inside(hall.mall.pk):
        closing.send_home(hall.place.outlet, reason="Listrik padam", by=by, at=TEN)
    early = take(hall, TOMORROW)
    with wall.inside(hall.mall.pk):
        later = closing.redeem(Ticket.objects.get(pk=second.id), at=TOMORROW)
        again = closing.redeem(Ticket.objects.get(pk=second.id), at=TOMORROW)
        before = closing.redeem(Ticket.objects.get(pk=first.id), at=TOMORROW)

        assert (later.id, later.is_new, again.is_new) == (again.id, True, False)
        assert [ahead_of(Ticket.objects.get(pk=pk)) for pk in (before.id, later.id, early.id)] == [0, 1, 2]
        sessions.set_session(hall.counter, SessionState.OPEN, by=hall.officer, at=TOMORROW)
    called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=TOMORROW)
    assert called
    assert called.id == before.id


def test_a_promise_is_for_whoever_was_sent_home_and_not_for_ever() -> None:
    hall = make.hall(hours=HOURS)
    waiting, sent = take(hall), take(hall)
    by = manager(hall)
    with wall.inside(hall.mall.pk):
        Ticket.objects.filter(pk=waiting.id).update(state=State.CANCELLED)
        closing.send_home(hall.place.outlet, reason="Rapat", by=by, at=TEN)
        for ticket, at in ((waiting, TOMORROW), (sent, TEN), (sent, TEN + timedelta(days=30))):
            with pytest.raises(NoPromise):
                closing.redeem(Ticket.objects.get(pk=ticket.id), at=at)
        assert Ticket.objects.count() == 2


def test_the_day_is_made_longer() -> None:
    hall = make.hall(hours=HOURS)
    by = manager(hall)
    evening = TEN + timedelta(hours=5, minutes=30)
    with pytest.raises(Closed):
        take(hall, evening)
    with wall.inside(hall.mall.pk):
        closing.extend_day(hall.place.outlet, time(17), reason="Pengunjung melimpah", by=by, at=TEN)

    assert take(hall, evening).is_new


def test_only_the_manager_closes_and_never_without_a_reason() -> None:
    hall = make.hall(hours=HOURS)
    take(hall)
    by = manager(hall)
    with wall.inside(hall.mall.pk):
        with pytest.raises(NotAllowed):
            closing.send_home(hall.place.outlet, reason="Pulang", by=hall.officer, at=TEN)
        with pytest.raises(ReasonMissing):
            closing.send_home(hall.place.outlet, reason=" ", by=by, at=TEN)

        assert Ticket.objects.get().state == State.WAITING


def test_the_page_decides_and_the_phone_uses_the_promise() -> None:
    hall = make.hall()
    ticket = make.taken(hall)
    by = manager(hall)
    assert by.account
    client = Client()
    client.force_login(by.account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    page = reverse("queues:closing", args=[hall.mall.slug])
    decision = {"outlet": hall.place.outlet.pk, "choice": "send_home", "reason": "Sistem pusat terganggu"}

    refused = client.post(page, decision | {"reason": ""})
    done = client.post(page, decision, follow=True)

    assert (refused.status_code, done.status_code) == (422, 200)
    assert "1 orang pulang" in done.content.decode()
    phone = Client()
    shown = phone.get(reverse("queues:ticket", args=[hall.mall.slug, ticket.key]))
    assert "Ambil nomor terdepan saya" in shown.content.decode()
    same_day = phone.post(reverse("queues:promise", args=[hall.mall.slug, ticket.key]))
    assert same_day.status_code == 409
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.count() == 1
