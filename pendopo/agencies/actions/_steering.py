"""What only whoever leads an agency, or the mall, decides. For actions only."""

from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.kernel.errors import NotAllowed


def refuse_strangers(by: Actor, agency_id: int | None) -> None:
    """Refuse whoever decides neither about this agency nor about all."""
    if not by.steers(agency_id):
        raise NotAllowed(_("Hanya pengelola MPP dan admin instansi ini yang dapat mengubahnya."))
