"""What the public no longer finds when an outlet ends. `config.wiring` asks."""

from django.utils.translation import gettext as _

from pendopo.agencies.events import EndAsked
from pendopo.catalogue.models import Offering


def tell_what_ends(event: EndAsked) -> None:
    """Say how many services are given at an outlet no more."""
    if event.kind != "outlet":
        return
    given = Offering.objects.filter(outlet=event.number).exclude(status=Offering.Status.NOT)
    if count := given.count():
        event.told.append(
            _("%(count)d layanan tidak lagi diberikan di sini, dan hilang dari pencarian.") % {"count": count}
        )
