"""Who decides what about readiness. For actions only."""

from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.kernel.errors import NotAllowed
from pendopo.readiness.models import CRITERION, Charge
from pendopo.tenancy.models import Mall


def only_manager(by: Actor) -> None:
    """Refuse whoever does not manage the mall. Raises NotAllowed."""
    if not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat mengubah ini."))


def only_in_charge(by: Actor, mall: Mall, criterion: str) -> None:
    """Refuse whoever neither manages the mall nor administers the agency responsible. Raises NotAllowed."""
    charge = Charge.objects.filter(mall=mall, item=CRITERION + criterion).first()
    if by.manages or (charge and charge.agency_id is not None and by.steers(charge.agency_id)):
        return
    raise NotAllowed(_("Hanya pengelola MPP dan admin instansi penanggung jawab yang dapat mencatat bukti."))
