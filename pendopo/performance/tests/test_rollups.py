"""Days added up: as their rows are, however late, corrected or removed these were."""

from datetime import timedelta

import pytest

from pendopo.performance.actions import adding_up
from pendopo.performance.models import DayRollup, ServiceRollup, StaleDay
from pendopo.performance.queries import verifying
from pendopo.performance.tests.make import DAY, LATER
from pendopo.queues.tests import ten
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
