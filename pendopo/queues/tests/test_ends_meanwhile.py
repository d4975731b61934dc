"""A number drawn in the very moment in which what it is for ends: either it is refused, or the end sees who waits."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection

from pendopo.agencies.actions import places
from pendopo.agencies.models import Outlet
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions import registering, variants
from pendopo.catalogue.models import Offering, Service, Variant
from pendopo.kernel.errors import RuleViolation
from pendopo.queues.actions import arranging, endings, forwarding, lines, quotas, serving, sessions, taking
from pendopo.queues.actions.quotas import Places
from pendopo.queues.errors import NotOffered, OfferChanged, PeopleWait, PlaceInUse
from pendopo.queues.models import Queue, QuotaDay, Series, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.crowd import until_somebody_waits
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin, SessionState
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Site

# A Friday in Jakarta, after everybody began to work here: 09.00.
AT = datetime(2030, 11, 22, 2, tzinfo=UTC)
WHY = "Rapat"

type Ending = Callable[[Hall, Actor], object]


def end_outlet(hall: Hall, by: Actor) -> object:
    return places.end_outlet(hall.place.outlet, reason=WHY, by=by, at=AT)


def end_service(hall: Hall, by: Actor) -> object:
    return registering.end_service(hall.service, reason=WHY, by=by, at=AT)


def end_variant(hall: Hall, by: Actor) -> object:
    return variants.end_variant(Variant.objects.get(service=hall.service, position=1), reason=WHY, by=by, at=AT)


def end_site(hall: Hall, by: Actor) -> object:
    return endings.end_site(hall.place.site, reason=WHY, by=by, at=AT)


def retire_queue(hall: Hall, by: Actor) -> object:
    arranging.set_services(hall.queue, [], reason=WHY, by=by, at=AT)
    return arranging.retire_queue(hall.queue, reason=WHY, by=by, at=AT)


ENDINGS = [end_outlet, end_service, end_site, retire_queue]


def ready() -> tuple[Hall, Actor]:
    """A hall that may end: nobody sits at its counter, it is not the only place, and it has a second case."""
    hall = make.hall()
    boss = agencies.staff(hall.mall, Role.MANAGER)
    with wall.inside(hall.mall.pk):
        sessions.set_session(hall.counter, SessionState.CLOSED, by=hall.officer, at=AT, reason="Pulang")
        tenancy.add_site(hall.mall, name="Pos", kind=Site.Kind.OUTPOST, at=AT)
        variants.add_variant(
            hall.service, name="Lain", requirements=[], duration="", reason=WHY, by=boss, at=AT
        )  # fmt: skip
    return hall, boss


def take(hall: Hall) -> taking.Taken:
    return taking.take(hall.mall, hall.service.code, origin=Origin.PHONE, request_id=uuid4(), by=make.NOBODY, at=AT)


def draw_before(hall: Hall) -> None:
    """Let a number of the day be drawn and given back."""
    with wall.inside(hall.mall.pk):
        serving.cancel(Ticket.objects.get(pk=take(hall).id), by=None, at=AT)


def beside(act: Callable[[], object]) -> tuple[Thread, list[object]]:
    """Begin an act in another thread; what it gives or raises is in the list when it has ended."""
    found: list[object] = []

    def run() -> None:
        try:
            found.append(act())
        except RuleViolation as refusal:
            found.append(refusal)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread, found


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("end", [*ENDINGS, end_variant])
@pytest.mark.parametrize("is_first", [True, False], ids=["first", "later"])
def test_the_end_waits_for_a_number_that_is_being_drawn_and_sees_it(end: Ending, is_first: bool) -> None:
    hall, boss = ready()
    if not is_first:
        draw_before(hall)

    def decide() -> None:
        with wall.inside(hall.mall.pk):
            end(hall, boss)

    with wall.inside(hall.mall.pk):
        take(hall)
        thread, found = beside(decide)
        until_somebody_waits()
    thread.join()

    assert [type(each) for each in found] in ([PeopleWait], [PlaceInUse])
    with wall.inside(hall.mall.pk):
        assert (Outlet.objects.get(pk=hall.place.outlet.pk).ended_at, Queue.objects.get().retired_at) == (None, None)
        assert Offering.objects.get(service=hall.service).status != Offering.Status.NOT
        assert Service.objects.get(pk=hall.service.pk).ended_at is None
        assert Ticket.objects.filter(state="waiting").count() == 1


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("end", ENDINGS)
def test_whoever_asks_while_it_ends_is_refused_in_words(end: Ending) -> None:
    hall, boss = ready()

    with wall.inside(hall.mall.pk):
        end(hall, boss)
        thread, found = beside(lambda: take(hall))
        # It has seen what is about to end, and waits for its number.
        until_somebody_waits()
    thread.join()

    assert [type(each) for each in found] == [NotOffered]
    with wall.inside(hall.mall.pk):
        assert not Ticket.objects.exists()
        assert not Series.objects.exists()


@pytest.mark.usefixtures("committed")
def test_inside_another_transaction_it_is_said_that_it_just_changed() -> None:
    hall, boss = ready()

    def take_inside() -> None:
        with wall.inside(hall.mall.pk):
            take(hall)

    with wall.inside(hall.mall.pk):
        end_service(hall, boss)
        thread, found = beside(take_inside)
        until_somebody_waits()
    thread.join()

    assert [type(each) for each in found] == [OfferChanged]
    with wall.inside(hall.mall.pk):
        assert not Ticket.objects.exists()


@pytest.mark.usefixtures("committed")
def test_nobody_is_sent_on_to_a_line_that_ends_meanwhile() -> None:
    hall = make.hall()
    boss = agencies.staff(hall.mall, Role.MANAGER)
    with wall.inside(hall.mall.pk):
        other = lines.open_queue(hall.place.zone, code="B", name="Akta", services=[], at=AT)
        ticket = make.called(hall)

    def send_on() -> None:
        with wall.inside(hall.mall.pk):
            forwarding.forward(ticket, to=other, by=hall.officer, at=AT)

    with wall.inside(hall.mall.pk):
        # Held on its day, which is whenever this runs.
        arranging.retire_queue(other, reason=WHY, by=boss, at=ticket.changed_at)
        thread, found = beside(send_on)
        until_somebody_waits()
    thread.join()

    assert [type(each) for each in found] == [NotOffered]
    with wall.inside(hall.mall.pk):
        assert list(Ticket.objects.values_list("pk", "state")) == [(ticket.pk, "called")]


@pytest.mark.usefixtures("committed")
def test_the_first_number_of_a_day_is_in_a_ledger_that_is_made_meanwhile() -> None:
    hall, boss = ready()

    def decide() -> None:
        with wall.inside(hall.mall.pk):
            quotas.set_quota(hall.mall, hall.place.site, hall.service, Places(2), reason=WHY, by=boss, at=AT)

    with wall.inside(hall.mall.pk):
        take(hall)
        thread, _found = beside(decide)
        until_somebody_waits()
    thread.join()

    with wall.inside(hall.mall.pk):
        assert QuotaDay.objects.get().taken == 1
