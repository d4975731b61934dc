from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.kernel.errors import NotAllowed


def only_manager(by: Actor) -> None:
    """Refuse whoever does not manage the mall. Raises NotAllowed."""
    if not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat mengubah ini."))


def only_own(by: Actor, agency_id: int | None) -> None:
    """Refuse whoever neither manages the mall nor administers the agency. Raises NotAllowed."""
    if not by.steers(agency_id):
        raise NotAllowed(_("Hanya admin instansi ini dan pengelola MPP yang dapat mengubah ini."))
