"""Malls with people and places, built by the actions that everybody uses."""

from dataclasses import dataclass
from datetime import datetime, time
from itertools import count

from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import founding, memberships, opening_hours
from pendopo.agencies.models import Agency, Counter, Outlet
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.people.actions import open_account
from pendopo.people.models import Account
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall, Site, Zone

_number = count(1)
ALWAYS = [Hours(weekday, time.min, time.max) for weekday in range(1, 8)]


@dataclass(frozen=True)
class Place:
    """A mall with one site, zone, agency, outlet that never closes, and counter."""

    mall: Mall
    site: Site
    zone: Zone
    agency: Agency
    outlet: Outlet
    counter: Counter


def mall(*, slug: str = "", timezone_name: str = Mall.Zone.WIB) -> Mall:
    """Make an empty mall."""
    slug = slug or f"mpp-{next(_number)}-{timezone.now():%H%M%S%f}"
    return tenancy.found_mall(
        slug, name=f"MPP {slug}", government="Kota Contoh", at=timezone.now(), timezone=timezone_name
    )


def place(in_mall: Mall | None = None, *, hours: list[Hours] | None = None) -> Place:
    """Make a mall in which one agency receives people at any hour."""
    at = timezone.now()
    here = in_mall or mall()
    with wall.inside(here.pk):
        site = tenancy.add_site(here, name="Gedung", at=at)
        zone = tenancy.add_zone(site, code="A", name="Lantai 1", at=at)
        agency = founding.add_agency(here, code="DUKCAPIL", name="Dinas Dukcapil", short_name="Dukcapil", at=at)
        outlet = founding.add_outlet(here, site, agency=agency, at=at, observes_holidays=False)
        opening_hours.set_hours(outlet, ALWAYS if hours is None else hours, at=at)
        counter = founding.add_counter(outlet, zone=zone, number=1, at=at)
    return Place(here, site, zone, agency, outlet, counter)


def account(name: str = "Sri Wahyuni", *, password: str | None = None) -> Account:
    """Open an account with an address nobody has."""
    return open_account(f"{next(_number)}@contoh.test", name=name, password=password, at=timezone.now())


def staff(here: Mall, role: Role = Role.OFFICER, *, agency: Agency | None = None, at: datetime | None = None) -> Actor:
    """Make somebody who works in a mall."""
    who = account()
    with wall.inside(here.pk):
        memberships.grant(who, here, role, agency=agency, at=at or timezone.now())
        return actor_of_account(here, who)


def client(actor: Actor) -> Client:
    """Sign somebody in."""
    found = Client()
    assert actor.account
    found.force_login(actor.account)
    return found
