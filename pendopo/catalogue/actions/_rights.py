"""Who may write what an agency offers. For actions only."""

from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.catalogue.errors import NotYourAgency, OfferEnded, ReasonMissing
from pendopo.catalogue.models import Service


def only_its_own(by: Actor, agency_id: int) -> None:
    """Refuse whoever neither manages the mall nor administers the agency. Raises NotYourAgency."""
    if not by.steers(agency_id):
        raise NotYourAgency(_("Hanya admin instansi ini dan pengelola MPP yang dapat mengubah ini."))


def stated(reason: str) -> str:
    """Return a reason as it is kept. Raises ReasonMissing when there is none."""
    if not reason.strip():
        raise ReasonMissing(_("Tulis alasan perubahan: alasan ini tercatat."))
    return reason.strip()


def locked(service: Service, by: Actor) -> Service:
    """Lock a service that stands for whoever may write it. Raises NotYourAgency, OfferEnded."""
    only_its_own(by, service.agency_id)
    found = Service.objects.select_for_update(of=("self",), no_key=True).select_related("mall", "agency")
    service = found.get(pk=service.pk)
    if service.ended_at:
        raise OfferEnded(_("Layanan ini sudah diakhiri. Buka lagi dahulu."))
    return service
