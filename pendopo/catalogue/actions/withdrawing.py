"""What the catalogue does when an agency changes or an outlet ends. For `config.wiring`."""

from pendopo.agencies.events import AgencyChanged, OutletEnded
from pendopo.agencies.models import Outlet
from pendopo.audit import actions as audit
from pendopo.catalogue.actions import publishing
from pendopo.catalogue.models import Offering
from pendopo.tenancy.models import Mall


def follow_agency(event: AgencyChanged) -> None:
    """Let the public catalogue name the agency as it is called now."""
    publishing.publish(Mall.objects.get(pk=event.mall_id), at=event.at, by=event.by)


def withdraw_outlet(event: OutletEnded) -> None:
    """Give no more at an outlet what it gave, and let the public catalogue say so."""
    outlet = Outlet.objects.select_related("mall").get(pk=event.outlet_id)
    given = Offering.objects.filter(mall=outlet.mall_id, outlet=outlet).exclude(status=Offering.Status.NOT)
    services = list(given.order_by("service").values_list("service", flat=True))
    if not services:
        return
    given.update(status=Offering.Status.NOT, reason=event.reason)
    subject, after = f"outlet:{outlet.pk}", {"services": services}
    audit.record("outlet.offers_ended", subject, by=event.by, at=event.at, reason=event.reason, after=after)
    publishing.publish(outlet.mall, at=event.at, by=event.by)
