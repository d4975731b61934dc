"""Several officers at the same product."""

import pytest
from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.applications.actions import handing
from pendopo.applications.actions.handing import Signed
from pendopo.applications.models import Move, Receipt
from pendopo.applications.tests import make
from pendopo.queues.tests.crowd import together
from pendopo.tenancy import wall


@pytest.mark.usefixtures("committed")
def test_two_officers_at_once_hand_it_over_once() -> None:
    place, at = make_agencies.place(), timezone.now()
    officer = make_agencies.staff(place.mall, Role.OFFICER, agency=place.agency)
    with wall.inside(place.mall.pk):
        product = make.ready(place, officer, at=at)

    def act() -> None:
        with wall.inside(place.mall.pk):
            handing.hand(product, Signed("book"), by=officer, at=at)

    together([act] * 4)
    with wall.inside(place.mall.pk):
        assert Receipt.objects.count() == 1
        assert Move.objects.filter(kind="handed").count() == 1
