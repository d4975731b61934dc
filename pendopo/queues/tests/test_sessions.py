"""Why a counter rests, until when, and who takes it over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from pendopo.agencies.actions.founding import add_agency
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotAllowed, NotUnderstood, ReasonMissing, RuleViolation
from pendopo.queues.actions import calling, sessions
from pendopo.queues.errors import CounterBusy, CounterNotOpen, CounterTaken
from pendopo.queues.models import CounterSession, Event
from pendopo.queues.queries import desks
from pendopo.queues.queries.status import hall_status
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import SessionReason, SessionState
from pendopo.tenancy import wall


def colleague(hall: Hall) -> Actor:
    """Another officer of the same agency."""
    return agencies.staff(hall.mall, Role.OFFICER, agency=hall.place.agency)


def facts() -> list[tuple[object, ...]]:
    """Everything that a refused act must leave as it was."""
    sat = CounterSession.objects.order_by("pk").values_list("account", "state", "reason", "until", "ended_at")
    return [*sat, (Event.objects.count(), Entry.objects.count())]


@pytest.mark.django_db
@pytest.mark.parametrize("reason", [SessionReason.LUNCH.value, "Mengambil blangko di gudang"])
def test_a_pause_says_why_and_until_when(reason: str) -> None:
    hall = make.hall()
    at = timezone.now()
    until = at + timedelta(minutes=15)
    with wall.inside(hall.mall.pk):
        paused = sessions.set_session(
            hall.counter, SessionState.PAUSED, by=hall.officer, at=at, reason=f" {reason} ", until=until
        )

        assert paused
        assert (paused.state, paused.reason, paused.until) == (SessionState.PAUSED, reason, until)
        assert Entry.objects.filter(action="counter.paused").latest("pk").reason == reason

        opened = sessions.set_session(hall.counter, SessionState.OPEN, by=hall.officer, at=at)
        assert opened
        assert (opened.reason, opened.until) == ("", None)


@pytest.mark.django_db
@pytest.mark.parametrize("state", [SessionState.PAUSED, SessionState.CLOSED])
def test_neither_pause_nor_closing_without_a_reason(state: SessionState) -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        before = facts()
        with pytest.raises(ReasonMissing):
            sessions.set_session(hall.counter, state, by=hall.officer, at=timezone.now(), reason="  ")
        assert facts() == before


@pytest.mark.django_db
def test_after_hours_a_counter_closes_without_a_word() -> None:
    hall = make.hall(hours=[])
    with wall.inside(hall.mall.pk):
        sessions.set_session(hall.counter, SessionState.CLOSED, by=hall.officer, at=timezone.now())

        assert CounterSession.objects.get().ended_at


@pytest.mark.django_db
@pytest.mark.parametrize("minutes", [-1, 0, 12 * 60 + 1])
def test_a_pause_ends_after_now_and_on_the_same_day(minutes: int) -> None:
    hall = make.hall()
    at = timezone.now()
    with wall.inside(hall.mall.pk):
        before = facts()
        with pytest.raises(NotUnderstood):
            sessions.set_session(
                hall.counter,
                SessionState.PAUSED,
                by=hall.officer,
                at=at,
                reason="lunch",
                until=at + timedelta(minutes=minutes),
            )
        assert facts() == before


@pytest.mark.django_db
def test_a_pause_ends_by_itself_and_not_before() -> None:
    hall = make.hall()
    at = timezone.now()
    until = at + timedelta(minutes=15)
    with wall.inside(hall.mall.pk):
        sessions.set_session(hall.counter, SessionState.PAUSED, by=hall.officer, at=at, reason="lunch", until=until)
        before = facts()

        assert sessions.end_pauses(hall.mall, at=until - timedelta(seconds=1)) == 0
        assert facts() == before

        assert sessions.end_pauses(hall.mall, at=until) == 1
        session = CounterSession.objects.get(ended_at=None)
        assert (session.state, session.reason, session.until) == (SessionState.OPEN, "", None)
        assert Entry.objects.latest("pk").action == "counter.resumed"
        assert sessions.end_pauses(hall.mall, at=until) == 0


@pytest.mark.django_db
def test_an_open_end_stays_until_somebody_opens() -> None:
    hall = make.hall()
    at = timezone.now()
    with wall.inside(hall.mall.pk):
        sessions.set_session(hall.counter, SessionState.PAUSED, by=hall.officer, at=at, reason="meeting")

        assert sessions.end_pauses(hall.mall, at=at + timedelta(hours=20)) == 0


@pytest.mark.django_db
def test_a_closing_is_told_until_its_hour() -> None:
    hall = make.hall()
    at = timezone.now()
    until = at + timedelta(hours=1)
    with wall.inside(hall.mall.pk):
        sessions.set_session(hall.counter, SessionState.CLOSED, by=hall.officer, at=at, reason="Sakit", until=until)

        told = hall_status(hall.mall, until - timedelta(seconds=1)).counter_away(hall.counter.pk)
        assert told == f"Sakit sampai {hall.mall.local(until):%H.%M}"
        assert hall_status(hall.mall, until).counter_away(hall.counter.pk) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("is_paused", [False, True])
def test_a_colleague_takes_an_idle_or_resting_counter_over(*, is_paused: bool) -> None:
    hall = make.hall()
    other = colleague(hall)
    at = timezone.now()
    with wall.inside(hall.mall.pk):
        CounterSession.objects.update(turn=2)
        if is_paused:
            sessions.set_session(hall.counter, SessionState.PAUSED, by=hall.officer, at=at, reason="lunch")

        session = sessions.take_over(hall.counter, by=other, at=at)
        again = sessions.take_over(hall.counter, by=other, at=at)

        assert (session.account, session.state, session.turn) == (other.account, SessionState.OPEN, 2)
        assert again.pk == session.pk
        before = CounterSession.objects.get(account=hall.officer.account)
        assert (before.state, before.ended_at, before.reason) == (SessionState.CLOSED, at, SessionReason.RELIEVED)
        make.taken(hall)
        with pytest.raises(CounterTaken):
            calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=at)


@pytest.mark.django_db
def test_nobody_is_pushed_away_from_a_visitor() -> None:
    hall = make.hall()
    other = colleague(hall)
    with wall.inside(hall.mall.pk):
        make.called(hall)
        before = facts()
        with pytest.raises(CounterBusy, match="A-001"):
            sessions.take_over(hall.counter, by=other, at=timezone.now())
        assert facts() == before


@pytest.mark.django_db
def test_neither_a_stranger_nor_an_empty_chair_is_taken_over() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        tax = add_agency(hall.mall, code="PAJAK", name="Kantor Pajak", at=timezone.now())
    stranger = agencies.staff(hall.mall, Role.OFFICER, agency=tax)
    other = colleague(hall)
    with wall.inside(hall.mall.pk):
        before = facts()
        with pytest.raises(NotAllowed):
            sessions.take_over(hall.counter, by=stranger, at=timezone.now())
        assert facts() == before

        sessions.set_session(hall.counter, SessionState.CLOSED, by=hall.officer, at=timezone.now(), reason="shift_end")
        before = facts()
        with pytest.raises(CounterNotOpen):
            sessions.take_over(hall.counter, by=other, at=timezone.now())
        assert facts() == before


@pytest.mark.usefixtures("committed")
def test_of_two_who_take_over_while_one_calls_the_counter_has_one() -> None:
    hall = make.hall()
    others = [colleague(hall), colleague(hall)]
    make.taken(hall)

    def act(who: int) -> str:
        try:
            if who == 2:
                called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
                return "called" if called else "nobody"
            with wall.inside(hall.mall.pk):
                sessions.take_over(hall.counter, by=others[who], at=timezone.now())
        except RuleViolation as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "sits"

    with ThreadPoolExecutor(3) as pool:
        said = list(pool.map(act, range(3)))

    with wall.inside(hall.mall.pk):
        sitting = CounterSession.objects.get(counter=hall.counter, ended_at=None)
        served = desks.open_ticket_at(hall.counter)
    if said[2] == "called":
        assert served
        assert (said[:2], sitting.account) == (["counter_busy"] * 2, hall.officer.account)
    else:
        assert said[2] in {"counter_taken", "counter_not_open"}
        assert served is None
        assert (said[:2], sitting.account in [other.account for other in others]) == (["sits"] * 2, True)
