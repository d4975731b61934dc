"""Products on their way to their owners."""

from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.applications.actions import handing
from pendopo.applications.actions.handing import Signed
from pendopo.applications.models import PickUpService
from pendopo.applications.tests import make
from pendopo.queues.tests.make import Hall


def products(hall: Hall) -> None:
    """Make a product on a shelf, one that was handed over and signed for, and a pick-up queue."""
    at = timezone.now()
    keeper = make_agencies.staff(hall.mall, Role.BACK_OFFICE, agency=hall.place.agency)
    make.ready(hall.place, keeper, at=at, shelf="1")
    handing.hand(make.ready(hall.place, keeper, at=at, shelf="2"), Signed("drawn", make.drawn()), by=keeper, at=at)
    PickUpService.objects.create(mall=hall.mall, agency=hall.place.agency, service=hall.service)
