"""What stands in a mall before counters and staff are imported: loaded once, looked up line by line."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from pendopo.agencies.importing.reading import Broken
from pendopo.agencies.models import Agency, Counter, Outlet
from pendopo.agencies.queries.directory import Directory
from pendopo.tenancy.models import Mall, Zone


def named(agencies: Directory, name: str) -> Agency | None:
    """Find the agency that a line names; an empty name is the mall itself. Raises Broken."""
    if not name:
        return None
    agency = agencies.get(name)
    if agency is None:
        raise Broken(_("Instansi “%(name)s” belum terdaftar: impor instansi dahulu.") % {"name": name[:80]})
    return agency


def parent_of(agencies: Directory, agency: Agency, name: str) -> Agency:
    """Find the agency above one; nobody stands above themselves, at any height. Raises Broken."""
    parent = named(agencies, name)
    assert parent is not None
    above: Agency | None = parent
    while above is not None:
        if above.pk == agency.pk:
            raise Broken(_("Induk “%(name)s” berada di bawah instansi ini sendiri.") % {"name": name[:80]})
        above = above.parent
    return parent


class Places:
    """Zones, outlets and counters of a mall."""

    def __init__(self, mall: Mall) -> None:
        self._zones = list(
            Zone.objects.in_use().filter(mall=mall).select_related("site").order_by("site__position", "code")
        )
        self.outlets = {
            (outlet.site_id, outlet.agency_id): outlet
            for outlet in Outlet.objects.receiving().filter(mall=mall).order_by("pk")
        }
        self.counters = {
            (counter.zone_id, counter.number): counter
            for counter in Counter.objects.standing().filter(mall=mall).select_related("outlet__agency")
        }

    def zone(self, code: str, site: str) -> Zone:
        """Find a zone by its code, and by its site where several have that code. Raises Broken."""
        found = [zone for zone in self._zones if zone.code.casefold() == code.casefold()]
        if site:
            found = [zone for zone in found if zone.site.name.casefold() == site.casefold()]
        if not found:
            raise Broken(
                _("Zona “%(zone)s” tidak ada. Yang ada: %(zones)s.")
                % {"zone": code[:20], "zones": _listed(zone.code for zone in self._zones)}
            )
        if len(found) > 1:
            raise Broken(
                _("Zona “%(zone)s” ada di beberapa lokasi: isi kolom “lokasi” (%(sites)s).")
                % {"zone": code[:20], "sites": _listed(zone.site.name for zone in found)}
            )
        return found[0]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names)) or "–"
