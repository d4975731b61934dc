from django.utils.translation import gettext as _

from pendopo.tenancy.errors import SiteEnded, ZoneEnded
from pendopo.tenancy.models import Site, Zone


def hold_zone(zone: Zone) -> None:
    """Keep a zone and its site from ending until the transaction does. Raises ZoneEnded."""
    if not Zone.objects.hold(zone):
        raise ZoneEnded(_("%(zone)s sudah berakhir.") % {"zone": zone.name})


def hold_site(site: Site) -> Site:
    """Keep a site from ending until the transaction does, and return it as it is. Raises SiteEnded."""
    site = Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    if site.retired_at is not None:
        raise SiteEnded(_("“%(name)s” sudah berakhir.") % {"name": site.name})
    return site
