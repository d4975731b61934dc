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
    """Make a product that was handed over and signed for, one on a shelf, and a pick-up queue."""
    at = timezone.now()
    keeper = make_agencies.staff(hall.mall, Role.BACK_OFFICE, agency=hall.place.agency)
    signed = Signed("drawn", make.drawn())
    handing.hand(make.ready(hall.place, keeper, at=at, shelf="1"), signed, by=keeper, at=at)
    make.ready(hall.place, keeper, at=at, shelf="2")
    PickUpService.objects.create(mall=hall.mall, agency=hall.place.agency, service=hall.service)
