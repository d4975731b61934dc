"""What became of tickets: the same from days added up as from their rows, whatever happened to either since."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext

from pendopo.catalogue.actions import writing
from pendopo.performance.actions import adding_up
from pendopo.performance.models import DayRollup, ServiceRollup
from pendopo.performance.queries import verifying
from pendopo.performance.queries.fresh import EDITION
from pendopo.performance.queries.outcomes import Outcomes, outcomes
from pendopo.performance.tests import make
from pendopo.performance.tests.make import DAY, LATER
from pendopo.queues.models import Ticket, Visit
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

ONE_DAY = timedelta(days=1)
FIRST, LAST = DAY - 20 * ONE_DAY, DAY + 2 * ONE_DAY


@pytest.fixture
def here() -> Hall:
    """A hall with tickets of two services on three days in two months, of which nothing is added up yet."""
    made = make.hall()
    with wall.inside(made.mall.pk):
        other = writing.write_service(made.place.agency, name="Akta", at=LATER).variants.get()
        for day in (FIRST, DAY, LAST):
            for hour in (8, 9, 10, 11):
                make.served(made, make.moment(made, hour, day=day))
            make.taken(made, make.moment(made, 12, day=day))
        tickets = list(Ticket.objects.filter(state="completed").order_by("pk"))
        for place, ticket in enumerate(tickets):
            outcome = ("done", "taken_in", "handed_over", "informed")[place % 4]
            Ticket.objects.filter(pk=ticket.pk).update(outcome=outcome)
        Ticket.objects.filter(pk__in=[each.pk for each in tickets[1:7]]).update(variant=other)
        Visit.objects.filter(pk__in=[each.visit_id for each in tickets[::2]]).update(origin="phone")
    return made


def by_rows(hall: Hall, field: str) -> dict[str, Outcomes]:
    """Count the rows themselves."""
    chosen = Ticket.objects.filter(mall=hall.mall, day__range=(FIRST, LAST)).values_list(field).order_by()
    counted = chosen.annotate(
        Count("pk"),
        done=Count("pk", filter=Q(outcome="done")), handed_over=Count("pk", filter=Q(outcome="handed_over")),
        taken_in=Count("pk", filter=Q(outcome="taken_in")), by_phone=Count("pk", filter=Q(visit__origin="phone")),
    )  # fmt: skip
    return {str(key): Outcomes(*figures) for key, *figures in counted}


def assert_true(hall: Hall) -> None:
    assert outcomes(hall.mall, FIRST, LAST, by="day") == by_rows(hall, "day")
    assert outcomes(hall.mall, FIRST, LAST, by="service") == by_rows(hall, "variant__service")


def not_added_up(hall: Hall) -> None:
    """Nothing was added up yet."""


def added_up(hall: Hall) -> None:
    """Everything was."""
    while adding_up.add_up(hall.mall, at=LATER):
        pass
    assert DayRollup.objects.count() == (LATER.date() - FIRST).days


def some_added_up(hall: Hall) -> None:
    """The last day is not over."""
    adding_up.add_up(hall.mall, at=make.moment(hall, 13, day=LAST))
    assert not DayRollup.objects.filter(day=LAST).exists()


def changed_since(hall: Hall) -> None:
    """A row of a day that was added up is another now."""
    added_up(hall)
    Ticket.objects.filter(day=DAY, outcome="done").update(outcome="handed_over")


def of_an_earlier_edition(hall: Hall) -> None:
    """A worker of an earlier version added up, or did so before this one came."""
    added_up(hall)
    ServiceRollup.objects.update(done=0, handed_over=0, taken_in=0, by_phone=0)
    DayRollup.objects.update(edition=1)


@pytest.mark.parametrize(
    "come", [not_added_up, added_up, some_added_up, changed_since, of_an_earlier_edition], ids=lambda act: act.__name__
)
def test_figures_are_those_of_the_rows(here: Hall, come: Callable[[Hall], None]) -> None:
    with wall.inside(here.mall.pk):
        come(here)

        assert_true(here)


def test_a_part_of_the_services_and_months(here: Hall) -> None:
    with wall.inside(here.mall.pk):
        added_up(here)
        months = outcomes(here.mall, FIRST, LAST, by="month", services=[here.service.pk])

        # The six of the other service are the second to the fourth of the first day, and three of the second.
        assert months == {"2024-09": Outcomes(2, 1, 0, 0, 1), "2024-10": Outcomes(7, 1, 1, 1, 2)}
        assert outcomes(here.mall, FIRST, LAST, by="month", services=[]) == {}
        assert outcomes(here.mall, date(2023, 1, 1), date(2023, 12, 31), by="day") == {}


def test_two_queries_and_no_ticket_is_read_where_days_are_added_up(here: Hall) -> None:
    with wall.inside(here.mall.pk):
        added_up(here)
        with CaptureQueriesContext(connection) as asked:
            outcomes(here.mall, FIRST, LAST, by="service")
        assert len(asked) == 2
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {asked[1]['sql']}")
            plan = [line for (line,) in cursor.fetchall() if "queues_ticket" in line]
    assert len(plan) == 1
    assert "never executed" in plan[0] or "rows=0" in plan[0]


def test_rollups_of_an_earlier_edition_are_made_anew_and_break_nothing(here: Hall) -> None:
    with wall.inside(here.mall.pk):
        of_an_earlier_edition(here)

        found = list(verifying.differences(here.mall, verifying.span(here.mall, None, None)))
        assert {each.name for each in found} == {"done", "handed_over", "taken_in", "by_phone"}
        assert {each.is_marked for each in found} == {True}
        days = DayRollup.objects.count()
        assert [adding_up.add_up(here.mall, at=LATER) for _run in range(2)] == [days, 0]
        assert not list(verifying.differences(here.mall, verifying.span(here.mall, None, None)))
        assert set(DayRollup.objects.values_list("edition", flat=True)) == {EDITION}
        assert_true(here)
