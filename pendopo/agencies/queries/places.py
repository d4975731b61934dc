"""Agencies, outlets and counters as those see them who arrange a mall. Vans are arranged with their journeys."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.events import EndAsked
from pendopo.agencies.models import Agency, Counter, Duty, Membership, Outlet
from pendopo.agencies.models.places import CounterQuerySet
from pendopo.kernel import events
from pendopo.kernel.cursors import Page, UnknownCursor, page_of, read_cursor
from pendopo.kernel.errors import NotFound
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.tenancy.models import Mall, Site, Zone

PAGE = 50
ALL = 10_000


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency with where it receives people and with how many counters."""

    agency: Agency
    sites: Sequence[str]
    counters: int


def agencies(mall: Mall, words: str = "", cursor: str = "", *, size: int = PAGE) -> Page[AgencyLine]:
    """Return the mall's agencies by name, a page at a time, in three queries."""
    rows = Agency.objects.filter(mall=mall).select_related("parent")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__iexact=words))
    page = page_of(rows, cursor, size)
    sites: dict[int, list[str]] = {}
    shown = [each.pk for each in page.items]
    for agency, site in outlets(mall).filter(agency__in=shown).values_list("agency", "site__name"):
        sites.setdefault(agency, []).append(site)
    standing = _counters(mall).standing().filter(outlet__agency__in=shown, zone__site__retired_at=None)
    counters = dict(standing.order_by().values_list("outlet__agency").annotate(Count("pk")))
    return page.showing([AgencyLine(each, sites.get(each.pk, []), counters.get(each.pk, 0)) for each in page.items])


def outlets(mall: Mall, *, ended_too: bool = False) -> QuerySet[Outlet]:
    """Return the outlets, each with `standing`, how many counters it has; the common desk of a site first."""
    rows = Outlet.objects.all() if ended_too else Outlet.objects.receiving()
    rows = rows.filter(mall=mall, site__retired_at=None).exclude(site__kind=Site.Kind.VAN)
    rows = rows.select_related("site", "agency", "mall")
    standing = Count("counters", filter=Q(counters__retired_at=None))
    return rows.annotate(standing=standing).order_by("agency__short_name", "site__position", "pk")


def outlet(mall: Mall, number: int) -> Outlet:
    """Return an outlet. Raises NotFound."""
    found = outlets(mall, ended_too=True).filter(pk=number).first() if number <= LARGEST_ID else None
    if found is None:
        raise NotFound(_("Gerai tidak ditemukan."))
    return found


def outlet_name(outlet: Outlet) -> str:
    """Name an outlet: its agency and its place."""
    who = outlet.agency.short_name if outlet.agency else _("Loket bersama")
    return f"{who} ({outlet.site.name})"


def counters(
    mall: Mall, cursor: str = "", *, agency: str = "", retired: bool = False, size: int = PAGE
) -> Page[Counter]:
    """Return counters by number, a page at a time: those that stand, or those that were retired."""
    if cursor and not read_cursor(cursor)[0].isdecimal():
        raise UnknownCursor
    rows = _counters(mall).exclude(retired_at=None) if retired else _counters(mall).standing()
    if agency:
        rows = rows.filter(outlet__agency__code=agency)
    return page_of(rows.filter(zone__site__retired_at=None), cursor, size, by="number")


def counter(mall: Mall, number: int) -> Counter:
    """Return a counter that stands. Raises NotFound."""
    found = _counters(mall).standing().filter(pk=number).first() if number <= LARGEST_ID else None
    if found is None:
        raise NotFound(_("Loket tidak dikenal."))
    return found


def _counters(mall: Mall) -> CounterQuerySet:
    rows = Counter.objects.filter(mall=mall).exclude(zone__site__kind=Site.Kind.VAN)
    return rows.select_related("outlet__agency", "outlet__site", "zone__site", "mall")


def zones(mall: Mall) -> list[Zone]:
    """Return the zones in which counters may stand."""
    rows = Zone.objects.in_use().filter(mall=mall, site__retired_at=None).exclude(site__kind=Site.Kind.VAN)
    return list(rows.select_related("site").order_by("site__position", "site__name", "code"))


def sites(mall: Mall) -> list[Site]:
    """Return the places where agencies may receive people."""
    rows = Site.objects.in_use().filter(mall=mall).exclude(kind=Site.Kind.VAN)
    return list(rows.order_by("position", "name", "pk"))


def what_ends(what: Outlet | Counter | Membership, at: datetime) -> list[str]:
    """Return, in sentences, what else ends with an outlet, a counter or a role, and what stands against it."""
    kind: Literal["outlet", "counter", "role"] = (
        "outlet" if isinstance(what, Outlet) else "counter" if isinstance(what, Counter) else "role"
    )
    asked = EndAsked(kind, what.pk, at)
    if isinstance(what, Outlet):
        numbers = list(what.counters.filter(retired_at=None).order_by("number").values_list("number", flat=True))
        if numbers:
            told = {"count": len(numbers), "numbers": ", ".join(map(str, numbers))}
            asked.told.append(_("%(count)d loket tidak dipakai lagi: %(numbers)s.") % told)
    if not isinstance(what, Membership):
        here = Q(counter__outlet=what) if isinstance(what, Outlet) else Q(counter=what)
        today = what.mall.local(at).date()
        coming = Duty.objects.filter(here, mall=what.mall_id).exclude(day__lt=today).exclude(valid_until__lt=today)
        if count := coming.count():
            asked.told.append(_("%(count)d jadwal tugas di loket itu berakhir.") % {"count": count})
    events.publish(asked)
    return asked.told
