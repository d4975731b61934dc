"""Placing agencies in a mall: who they are, at which sites they receive people, and their counters."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from pendopo.agencies.codes import agency_code, short_name
from pendopo.agencies.models import (
    Agency,
    Counter,
    Outlet,
)
from pendopo.agencies.queries.directory import Directory
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.tenancy.models import Mall, Site, Zone


@transaction.atomic
def add_agency(
    mall: Mall,
    *,
    code: str,
    name: str,
    at: datetime,
    short_name: str = "",
    parent: Agency | None = None,
    by: Who | None = None,
    reason: str = "",
) -> Agency:
    """Add an agency to a mall under a code of at most 12 letters."""
    agency = Agency.objects.create(mall=mall, code=code, name=name, short_name=short_name or name[:40], parent=parent)
    after = {"code": code, "name": name}
    audit.record("agency.added", f"agency:{agency.pk}", by=by, at=at, reason=reason, after=after)
    return agency


@transaction.atomic
def add_outlet(
    mall: Mall,
    site: Site,
    *,
    agency: Agency | None,
    at: datetime,
    observes_holidays: bool = True,
    by: Who | None = None,
    reason: str = "",
) -> Outlet:
    """Give an agency an outlet at a site, or open its ended one again; without agency it is the mall's common desk."""
    outlet = Outlet.objects.filter(mall=mall, site=site, agency=agency).exclude(ended_at=None).first()
    outlet = outlet or Outlet(mall=mall, site=site, agency=agency)
    outlet.observes_holidays, outlet.ended_at = observes_holidays, None
    outlet.save()
    audit.record("outlet.added", f"outlet:{outlet.pk}", by=by, at=at, reason=reason)
    return outlet


@transaction.atomic
def add_counter(
    outlet: Outlet, *, zone: Zone, number: int, at: datetime, by: Who | None = None, reason: str = ""
) -> Counter:
    """Add a numbered counter of an outlet in a zone of its site."""
    counter = Counter.objects.create(mall_id=outlet.mall_id, outlet=outlet, zone=zone, number=number)
    after = {"zone": zone.pk, "number": number}
    audit.record("counter.added", f"counter:{counter.pk}", by=by, at=at, reason=reason, after=after)
    return counter


@transaction.atomic
def add_named_agencies(mall: Mall, names: Iterable[str], *, at: datetime, by: Who | None = None) -> Directory:
    """Add agencies under short names and codes made from their names; return all agencies of the mall."""
    directory = Directory(Agency.objects.select_for_update().filter(mall=mall).order_by("pk"))
    for name in names:
        if directory.get(name) is None:
            short = short_name(name)
            code = agency_code(short, directory.codes)
            directory.add(add_agency(mall, code=code, name=name, short_name=short, at=at, by=by))
    return directory
