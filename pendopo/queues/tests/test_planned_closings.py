"""Closings told ahead: they begin and end by themselves, and whoever waits then is decided for."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from pendopo.agencies.actions import founding
from pendopo.agencies.models import Closing, Counter
from pendopo.agencies.queries.opening import opening
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.config import jobs
from pendopo.kernel.errors import NotAllowed, NotUnderstood, ReasonMissing
from pendopo.queues.actions import calling, lines, planned_closings, serving, sessions, taking
from pendopo.queues.actions import closing as closings
from pendopo.queues.errors import Closed
from pendopo.queues.models import CounterQueue, CounterSession, Event, Ticket
from pendopo.queues.queries.closings import closings_now
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import EndedBecause, Origin, Outcome, SessionState, State
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

# A Thursday in Jakarta: 10.00.
TEN = datetime(2030, 11, 21, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ELEVEN = TEN + 60 * MINUTE
HOURS = [Hours(day, time(8), time(15)) for day in range(1, 8)]


def take(hall: Hall, at: datetime) -> taking.Taken:
    return taking.take(hall.mall, hall.service.code, origin=Origin.PHONE, request_id=uuid4(), by=make.NOBODY, at=at)


def manager(hall: Hall) -> Actor:
    return make_agencies.staff(hall.mall, Role.MANAGER)


def plan(hall: Hall, by: Actor, *, counter: Counter | None = None) -> Closing:
    """From 10.00 to 11.00, told at 9.30."""
    return planned_closings.plan_closing(
        hall.place.outlet, counter=counter, starts_at=TEN, ends_at=ELEVEN, reason="Rapat", by=by, at=TEN - 30 * MINUTE
    )


def state_of(counter: Counter) -> tuple[str, str]:
    session = CounterSession.objects.get(counter=counter, ended_at=None)
    return session.state, session.reason


def test_it_begins_and_ends_by_itself() -> None:
    hall = make.hall(hours=HOURS)
    by = manager(hall)
    with wall.inside(hall.mall.pk):
        closing = plan(hall, by)
        assert take(hall, TEN - MINUTE).is_new
        assert planned_closings.begin_closings(hall.mall, at=TEN - MINUTE) == 0
        with pytest.raises(Closed, match=r"Rapat sampai 11\.00"):
            take(hall, TEN)
    # The schedule of the worker, at the minute of its beginning and of its end.
    jobs.begin_closings.func(int(TEN.timestamp()))
    with wall.inside(hall.mall.pk):
        assert state_of(hall.counter) == (SessionState.PAUSED, "Rapat")
        assert planned_closings.begin_closings(hall.mall, at=TEN + MINUTE) == 0
        closing.refresh_from_db()
        assert closing.begun_at == TEN
    jobs.end_pauses.func(int(ELEVEN.timestamp()))
    with wall.inside(hall.mall.pk):
        assert state_of(hall.counter) == (SessionState.OPEN, "")
        assert take(hall, ELEVEN).is_new


@pytest.mark.parametrize("of_counter", [False, True])
def test_its_beginning_and_end_are_told_once_they_come_even_a_look_later(*, of_counter: bool) -> None:
    hall = make.hall(hours=HOURS)
    with wall.inside(hall.mall.pk):
        plan(hall, manager(hall), counter=hall.counter if of_counter else None)
        told = {
            after: planned_closings.tell_changes(hall.mall, at=TEN + after * MINUTE)
            for after in (-1, 0, 1, 2, 30, 59, 60, 61, 62)
        }
        kinds = Event.objects.filter(mall=hall.mall, kind=Event.Kind.STATUS, queue_id=hall.queue.pk)
        # Planned, and twice each: at its moment and at the next look.
        assert kinds.filter(at__gte=TEN - 30 * MINUTE, at__lte=ELEVEN + MINUTE).count() == 5
    assert told == {-1: 0, 0: 1, 1: 1, 2: 0, 30: 0, 59: 0, 60: 1, 61: 1, 62: 0}


def test_the_end_of_a_closed_counters_rest_is_told() -> None:
    hall = make.hall(hours=HOURS)
    with wall.inside(hall.mall.pk):
        sessions.set_session(
            hall.counter, SessionState.CLOSED, by=hall.officer, at=TEN, reason="meeting", until=TEN + 30 * MINUTE
        )
        assert planned_closings.tell_changes(hall.mall, at=TEN + 29 * MINUTE) == 0
        assert planned_closings.tell_changes(hall.mall, at=TEN + 30 * MINUTE) == 1


def test_the_last_day_of_a_long_closing_is_written_as_the_reader_writes_days() -> None:
    hall = make.hall(hours=HOURS)
    with wall.inside(hall.mall.pk):
        planned_closings.plan_closing(
            hall.place.outlet, counter=None, starts_at=TEN, ends_at=TEN + timedelta(days=3), reason="Pindah gedung",
            by=manager(hall), at=TEN - MINUTE,
        )  # fmt: skip
        shown = opening(hall.mall, hall.place.outlet.pk, TEN + MINUTE)
        last = opening(hall.mall, hall.place.outlet.pk, TEN + timedelta(days=3) - MINUTE)
    assert shown.text == "Tutup: Pindah gedung (s.d. 24 Nov)"
    with translation.override("en"):
        assert shown.text == "Closed: Pindah gedung (until 24 Nov)"
    assert last.text == "Pindah gedung sampai 10.00"


def test_whoever_serves_finishes_first() -> None:
    hall = make.hall(hours=HOURS)
    by = manager(hall)
    with wall.inside(hall.mall.pk):
        plan(hall, by, counter=hall.counter)
        take(hall, TEN - 5 * MINUTE)
        called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=TEN - 4 * MINUTE)
        assert called
        ticket = serving.serve(Ticket.objects.get(pk=called.id), by=hall.officer, at=TEN - 4 * MINUTE)

        assert planned_closings.begin_closings(hall.mall, at=TEN) == 0
        assert state_of(hall.counter) == (SessionState.OPEN, "")
        serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=TEN + MINUTE)
        assert planned_closings.begin_closings(hall.mall, at=TEN + 2 * MINUTE) == 1

        assert state_of(hall.counter) == (SessionState.PAUSED, "Rapat")


def test_the_manager_lets_another_counter_call_those_who_wait() -> None:
    hall = make.hall(hours=HOURS)
    by = manager(hall)
    with wall.inside(hall.mall.pk):
        closing = plan(hall, by)
        take(hall, TEN - MINUTE)
        helper = desk_counter(hall)
        assert closings_now(hall.mall, TEN)[0].must_decide

        with pytest.raises(NotUnderstood):
            planned_closings.move(closing, hall.counter, by=by, at=TEN)
        assert planned_closings.move(closing, helper, by=by, at=TEN) == 1

        assert CounterQueue.objects.filter(counter=helper, queue=hall.queue, is_helped=True).exists()
        assert not closings_now(hall.mall, TEN)[0].must_decide


def desk_counter(hall: Hall) -> Counter:
    """A counter of the common desk."""
    common = founding.add_outlet(hall.mall, hall.place.site, agency=None, at=TEN)
    return founding.add_counter(common, zone=hall.place.zone, number=9, at=TEN)


def test_the_manager_serves_those_who_wait_first() -> None:
    hall = make.hall(hours=HOURS)
    by = manager(hall)
    with wall.inside(hall.mall.pk):
        closing = plan(hall, by)
        take(hall, TEN - MINUTE)
        planned_closings.begin_closings(hall.mall, at=TEN)
        with pytest.raises(NotUnderstood):
            planned_closings.postpone(closing, ELEVEN, by=by, at=TEN)

        assert planned_closings.postpone(closing, TEN + 20 * MINUTE, by=by, at=TEN + MINUTE) == 1

        assert take(hall, TEN + 2 * MINUTE).is_new
        sessions.end_pauses(hall.mall, at=TEN + 2 * MINUTE)
        assert state_of(hall.counter) == (SessionState.OPEN, "")
        # It begins anew at the later hour, with whoever waits then.
        assert planned_closings.begin_closings(hall.mall, at=TEN + 20 * MINUTE) == 1
        assert closings_now(hall.mall, TEN + 20 * MINUTE)[0].must_decide


def test_the_manager_sends_home_with_a_promise() -> None:
    hall = make.hall(hours=HOURS)
    by = manager(hall)
    with wall.inside(hall.mall.pk):
        closing = plan(hall, by)
        ticket = take(hall, TEN - MINUTE)

        assert planned_closings.send_home(closing, by=by, at=TEN) == 1

        ended = Ticket.objects.get(pk=ticket.id)
        assert (ended.state, ended.ended_because) == (State.CANCELLED, EndedBecause.CLOSURE)
        assert closings.redeem(ended, at=TEN + timedelta(days=1)).is_new


def test_a_counter_whose_queue_others_call_needs_no_decision() -> None:
    hall = make.hall(hours=HOURS)
    by = manager(hall)
    with wall.inside(hall.mall.pk):
        plan(hall, by, counter=hall.counter)
        take(hall, TEN - MINUTE)
        assert closings_now(hall.mall, TEN)[0].must_decide
        other = founding.add_counter(hall.place.outlet, zone=hall.place.zone, number=2, at=TEN)
        lines.assign_counter(other, [hall.queue], at=TEN)
        officer = make_agencies.staff(hall.mall, Role.OFFICER, agency=hall.place.agency)
        sessions.set_session(other, SessionState.OPEN, by=officer, at=TEN)

        assert not closings_now(hall.mall, TEN)[0].must_decide


def test_what_was_planned_is_taken_back_or_ended() -> None:
    hall = make.hall(hours=HOURS)
    by = manager(hall)
    with wall.inside(hall.mall.pk):
        planned_closings.withdraw(plan(hall, by), by=by, at=TEN - MINUTE)
        assert not Closing.objects.exists()
        closing = plan(hall, by)
        planned_closings.begin_closings(hall.mall, at=TEN)
        planned_closings.withdraw(closing, by=by, at=TEN + MINUTE)

        assert take(hall, TEN + MINUTE).is_new
        sessions.end_pauses(hall.mall, at=TEN + MINUTE)
        assert state_of(hall.counter) == (SessionState.OPEN, "")


def test_only_the_manager_plans_with_a_reason_and_an_end() -> None:
    hall = make.hall(hours=HOURS)
    by = manager(hall)
    given = {"counter": None, "starts_at": TEN, "ends_at": ELEVEN, "reason": "Rapat", "by": by, "at": TEN}
    with wall.inside(hall.mall.pk):
        for change, refusal in (
            ({"by": hall.officer}, NotAllowed),
            ({"reason": " "}, ReasonMissing),
            ({"ends_at": TEN}, NotUnderstood),
            ({"ends_at": TEN + timedelta(days=90)}, NotUnderstood),
        ):
            with pytest.raises(refusal):
                planned_closings.plan_closing(hall.place.outlet, **(given | change))  # type: ignore[arg-type]

        assert not Closing.objects.exists()


def test_the_page_plans_and_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = make.hall(hours=HOURS)
    take(hall, TEN - MINUTE)
    by = manager(hall)
    assert by.account
    monkeypatch.setattr(timezone, "now", lambda: TEN)
    client = Client()
    client.force_login(by.account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    page = f"/m/{hall.mall.slug}/closing/"
    wanted = {
        "plan-what": f"o{hall.place.outlet.pk}",
        "plan-starts": "2030-11-21T10:00",
        "plan-ends": "2030-11-21T11:00",
        "plan-why": "Rapat koordinasi",
    }

    refused = client.post(page, wanted | {"plan-ends": "kemarin"})
    planned = client.post(page, wanted, follow=True).content.decode()
    hall_page = client.get(f"/m/{hall.mall.slug}/hall/").content.decode()
    with wall.inside(hall.mall.pk):
        closing = Closing.objects.get()
    unknown = client.post(f"{page}decision/", {"closing": closing.pk, "choice": "later"})
    sent = client.post(f"{page}decision/", {"closing": closing.pk, "choice": "send_home"}, follow=True)

    assert refused.status_code == 422
    assert "1 orang menunggu keputusan" in planned
    assert "sudah tutup dan 1 orang masih menunggu" in hall_page
    assert unknown.status_code == 422
    assert "1 orang pulang dengan janji" in sent.content.decode()
    with wall.inside(hall.mall.pk):
        assert Closing.objects.get().decision == Closing.Decision.SEND_HOME
