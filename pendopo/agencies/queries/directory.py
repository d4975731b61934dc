"""The agencies and outlets of a mall, found by name."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency, Outlet
from pendopo.agencies.types import Actor
from pendopo.kernel.errors import NotFound
from pendopo.tenancy.models import Mall


def outlets_of(mall: Mall) -> list[Outlet]:
    """Return the outlets where people are received, with their agencies, the common desk first."""
    rows = Outlet.objects.receiving().filter(mall=mall, site__retired_at=None).select_related("agency", "site")
    return list(rows.order_by("agency__name"))


def agency_of(mall: Mall, code: str, *, among: frozenset[int] | None = None) -> Agency:
    """Return an agency by its code. Raises NotFound, also for one that is not among those which somebody may see."""
    rows = Agency.objects.filter(mall=mall, code=code)
    if among is not None:
        rows = rows.filter(pk__in=among)
    found = rows.first()
    if found is None:
        raise NotFound(_("Instansi tidak ditemukan."))
    return found


def agencies_seen(mall: Mall, actor: Actor) -> list[Agency]:
    """Return the agencies of which the actor may read what is kept of them, by name."""
    rows = Agency.objects.filter(mall=mall).order_by("name")
    return list(rows if actor.overseen is None else rows.filter(pk__in=actor.overseen))


def agencies_steered(mall: Mall, actor: Actor) -> list[Agency]:
    """Return the agencies for which the actor may decide, by name."""
    return [each for each in Agency.objects.filter(mall=mall).order_by("name") if actor.steers(each.pk)]


class Directory:
    """A mall's agencies, found by name, short name or code without a query each; capitals and blanks do not matter."""

    def __init__(self, agencies: Iterable[Agency]) -> None:
        self._found: dict[str, Agency] = {}
        self.codes: dict[str, Agency] = {}
        for agency in agencies:
            self.add(agency)

    def add(self, agency: Agency) -> None:
        """Know one more; a full name wins over another's short name or code."""
        for name in (agency.short_name, agency.code):
            self._found.setdefault(_key(name), agency)
        self._found[_key(agency.name)] = agency
        self.codes[agency.code] = agency

    def get(self, name: str) -> Agency | None:
        """Find an agency."""
        return self._found.get(_key(name))


def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
