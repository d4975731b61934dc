"""Who may write what an agency offers. For actions only."""

from django.utils.translation import gettext as _

from pendopo.agencies.models import Outlet
from pendopo.agencies.types import Actor
from pendopo.catalogue.errors import NotYourAgency, OfferEnded
from pendopo.catalogue.models import Service
from pendopo.kernel.errors import NotUnderstood


def only_its_own(by: Actor, agency_id: int) -> None:
    """Refuse whoever neither manages the mall nor administers the agency. Raises NotYourAgency."""
    if not by.steers(agency_id):
        raise NotYourAgency(_("Hanya admin instansi ini dan pengelola MPP yang dapat mengubah ini."))


def locked(service: Service, by: Actor) -> Service:
    """Lock a service that stands for whoever may write it. Raises NotYourAgency, OfferEnded."""
    only_its_own(by, service.agency_id)
    return standing(service)


def standing(service: Service) -> Service:
    """Lock a service that was not ended. Raises OfferEnded."""
    found = Service.objects.select_for_update(of=("self",), no_key=True).select_related("mall", "agency")
    service = found.get(pk=service.pk)
    if service.ended_at:
        raise OfferEnded(_("Layanan ini sudah diakhiri. Buka lagi dahulu."))
    return service


def refuse_strangers(service: Service, outlet: Outlet | None) -> Outlet:
    """Return the outlet when it may give a service: its agency's, or the common desk. Raises NotUnderstood."""
    if outlet is None or outlet.agency_id not in {None, service.agency_id}:
        raise NotUnderstood(_("Pilih gerai instansi ini, atau loket bersama, yang melayani."))
    return outlet
