"""Days added up: as their rows are, however late, corrected or removed these were."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from pendopo.catalogue.actions import writing
from pendopo.performance.actions import adding_up
from pendopo.performance.models import DayRollup, ServiceRollup, StaleDay
from pendopo.performance.queries import verifying
from pendopo.performance.tests import make
from pendopo.performance.tests.make import DAY, LATER
from pendopo.queues.models import Period, Ticket, Visit
from pendopo.queues.tests import ten
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)
ZONES = [(Mall.Zone.WIB, 7), (Mall.Zone.WITA, 8), (Mall.Zone.WIT, 9)]


def is_true(mall: Mall) -> bool:
    """Say whether every day is as its rows are."""
    return not list(verifying.differences(mall, verifying.span(mall, None, None)))


def test_ten_tickets_are_added_up_as_by_hand() -> None:
    day = ten.play(DAY)
    with wall.inside(day.mall.pk):
        assert adding_up.add_up(day.mall, at=LATER) == 4
        assert adding_up.add_up(day.mall, at=LATER) == 0

        kept = {
            row.service.code: (
                row.taken, row.completed, row.sent_away, row.absent, row.cancelled, row.waits, row.served_seconds,
            )
            for row in ServiceRollup.objects.filter(day=DAY).select_related("service")
        }  # fmt: skip
        minutes = [[5, 5, 5, 9, 14], [10, 21, 22]]
        card, birth = ([minute * 60 for minute in some] for some in minutes)
        assert kept == {
            day.hall.service.code: (7, 4, 2, 1, 1, card, (8 + 3 + 1 + 4) * 60),
            day.birth: (3, 3, 1, 0, 0, birth, (8 + 10 + 30) * 60),
        }
        around = list(DayRollup.objects.order_by("day").values_list("day", "visitors"))
        assert around == [(DAY - ONE_DAY, 1), (DAY, 9), (DAY + ONE_DAY, 1), (DAY + 2 * ONE_DAY, 0)]
        arrivals = DayRollup.objects.get(day=DAY).arrivals
        assert arrivals == [5, 6, 8, 27 + 15, 480, 481, 482, 520, 1438]
        assert not StaleDay.objects.exists()
        assert is_true(day.mall)


@pytest.mark.parametrize(("zone", "ahead"), ZONES)
def test_a_day_is_added_up_after_its_own_midnight(zone: str, ahead: int) -> None:
    here = make.hall(zone)
    midnight = datetime(2024, 10, 10, tzinfo=UTC) - timedelta(hours=ahead)
    with wall.inside(here.mall.pk):
        make.served(here, midnight - timedelta(minutes=30), waits=5, minutes=20)
        make.served(here, midnight + timedelta(minutes=1), waits=2, minutes=2)

        # Whoever acted in the last moment of the day may be writing still.
        assert adding_up.add_up(here.mall, at=midnight + timedelta(minutes=4)) == 0
        assert adding_up.add_up(here.mall, at=midnight + timedelta(minutes=6)) == 1

        assert list(DayRollup.objects.values_list("day", "visitors", "arrivals")) == [(DAY, 1, [23 * 60 + 30])]
        assert list(ServiceRollup.objects.values_list("waits", "served_seconds")) == [([300], 1200)]
        assert is_true(here.mall)


def late(here: Hall) -> None:
    """Somebody came whose row reaches us only now."""
    make.served(here, make.moment(here, 11), waits=40)


def corrected(here: Hall) -> None:
    """An outcome was written wrongly."""
    Ticket.objects.filter(outcome="done").update(outcome="sent_away", reason="paper_missing")


def other_service(here: Hall) -> None:
    """A ticket was of another service."""
    other = writing.write_service(here.place.agency, name="Akta", at=LATER)
    Ticket.objects.update(variant=other.variants.get())


def never_called(here: Hall) -> None:
    """A wait is corrected, where the ticket stays as it was."""
    Period.objects.filter(kind="waiting").update(ended_at=F("ended_at") - timedelta(minutes=3))


def came_later(here: Hall) -> None:
    """Somebody had come at another time."""
    Visit.objects.update(checked_in_at=make.moment(here, 9, 20))


def by_another_way(here: Hall) -> None:
    """Somebody had taken the number with a phone."""
    Visit.objects.update(origin="phone")


def other_day(here: Hall) -> None:
    """A ticket belonged to the day before."""
    Ticket.objects.filter(number=1).update(day=DAY - ONE_DAY)


@pytest.mark.parametrize(
    "change",
    [late, corrected, other_service, never_called, came_later, by_another_way, other_day],
    ids=lambda act: act.__name__,
)
def test_what_changes_a_past_day_has_it_added_up_anew(change: Callable[[Hall], None]) -> None:
    here = make.hall(Mall.Zone.WITA)
    with wall.inside(here.mall.pk):
        make.served(here, make.moment(here, 8))
        make.served(here, make.moment(here, 9), waits=20)
        assert adding_up.add_up(here.mall, at=LATER) == 3
        before = snapshot()

        change(here)

        differing = list(verifying.differences(here.mall, verifying.span(here.mall, None, None)))
        assert differing
        # It is known that they are to be added up: nothing is broken.
        assert {each.is_marked for each in differing} == {True}
        assert 1 <= adding_up.add_up(here.mall, at=LATER) <= 2
        assert snapshot() != before
        assert is_true(here.mall)
        assert adding_up.add_up(here.mall, at=LATER) == 0


def test_what_no_figure_counts_marks_nothing() -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        make.served(here, make.moment(here, 8))
        adding_up.add_up(here.mall, at=LATER)

        Ticket.objects.update(agency_number="", hold_note="x", holder="")
        Visit.objects.update(rolled_up=True, priority="")

        assert not StaleDay.objects.exists()


def test_today_marks_nothing_until_it_is_over() -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        # A clock of the hall: now is before 22.00 in the west, or the day is taken for over already.
        make.taken(here, timezone.now() + timedelta(days=1))

        assert not StaleDay.objects.exists()
        assert adding_up.add_up(here.mall, at=timezone.now() + timedelta(days=3)) == 0


def test_a_month_is_added_up_at_once_and_the_rest_follows() -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        make.served(here, make.moment(here, 8, day=DAY - timedelta(days=40)))
        make.served(here, make.moment(here, 8))

        assert [adding_up.add_up(here.mall, at=LATER) for _run in range(3)] == [31, 12, 0]
        assert DayRollup.objects.filter(visitors=1).count() == 2
        assert is_true(here.mall)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (ServiceRollup, {"taken": 7}),
        (ServiceRollup, {"waits": [600, 1201]}),
        (ServiceRollup, {"served_seconds": 1}),
        (ServiceRollup, {"done": 1, "by_phone": 1}),
        (DayRollup, {"visitors": 1, "arrivals": [480]}),
    ],
)
def test_a_broken_rollup_is_found_and_rebuilt(
    table: type[ServiceRollup | DayRollup], change: dict[str, object]
) -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        make.served(here, make.moment(here, 8))
        make.served(here, make.moment(here, 9), waits=20)
        adding_up.add_up(here.mall, at=LATER)
        before = snapshot()

        table._default_manager.filter(day=DAY).update(**change)

        found = list(verifying.differences(here.mall, verifying.span(here.mall, None, None)))
        assert {each.day for each in found} == {DAY}
        assert {each.name for each in found} == set(change)
        assert {each.is_marked for each in found} == {False}
        assert adding_up.rebuild(here.mall, [DAY], at=LATER) == 1
        assert snapshot() == before
        assert is_true(here.mall)


@pytest.mark.parametrize("table", [ServiceRollup, DayRollup])
def test_a_rollup_that_is_gone_is_found(table: type[ServiceRollup | DayRollup]) -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        make.served(here, make.moment(here, 8))
        adding_up.add_up(here.mall, at=LATER)

        table._default_manager.filter(day=DAY).delete()

        assert not is_true(here.mall)


def test_days_that_were_never_added_up_are_not_rebuilt() -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        make.served(here, make.moment(here, 8))

        assert adding_up.rebuild(here.mall, [DAY], at=LATER) == 0
        assert not DayRollup.objects.exists()


def snapshot() -> list[tuple[object, ...]]:
    """Return all that is kept, but when it was made."""
    days = DayRollup.objects.order_by("day").values_list("day", "visitors", "arrivals")
    services = ServiceRollup.objects.order_by("day", "service").values_list("day", "service", *verifying.NAMES)
    return [*days, *services]
