"""Setting up a real mall: what is there from the first hour, made by the modules' own actions."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from pendopo.agencies.actions import founding, memberships, opening_hours
from pendopo.agencies.types import Hours, Role
from pendopo.config.errors import Failed
from pendopo.people import actions as people
from pendopo.people.models import Account, contact_hash
from pendopo.queues.actions import ruling
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall, Region
from pendopo.worktime import actions as worktime
from pendopo.worktime.models import Holiday

# Provinces by the first two digits of a region's code; those not named are in WIB (Keppres 41/1987 and later laws).
ZONES = dict.fromkeys(["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"], Mall.Zone.WITA) | (
    dict.fromkeys(["81", "82", "91", "92", "93", "94", "95", "96"], Mall.Zone.WIT)
)
# Until the mall sets its own. Civil servants rest 60 minutes, on Fridays 90 (Perpres 21/2023).
USUAL_HOURS = [Hours(day, time(8), time(15), time(12), time(13), "Istirahat") for day in range(1, 5)] + [
    Hours(5, time(8), time(15), time(11, 30), time(13), "Istirahat Jumat")
]


@dataclass(frozen=True, slots=True)
class Founded:
    """A mall with its administrator; `password` is "" for an account that was there before."""

    mall: Mall
    account: Account
    password: str


def import_shared(*, at: datetime) -> list[str]:
    """Import regions and national holidays where they are missing; say what was done."""
    told = []
    if not Region.objects.exists():
        told.append(f"{tenancy.import_regions(at=at)} wilayah / regions")
    if not Holiday.objects.exists():
        told.append(f"{len(worktime.import_holidays(at=at).lines)} hari libur / holidays")
    return told


def region_of(code: str) -> Region:
    """Find the kabupaten, kota or province whose mall it is. Raises Failed."""
    region = Region.objects.filter(
        code=code.strip(), level__in=[Region.Level.PROVINCE, Region.Level.REGENCY], valid_to=None
    ).first()
    if region is None:
        raise Failed(
            f"--region {code}: tidak ada kabupaten, kota atau provinsi berkode itu / no such region. Contoh: 35.76."
        )
    return region


def zone_of(region: Region) -> Mall.Zone:
    """Tell in which of the country's three zones a region lies."""
    return ZONES.get(region.code[:2], Mall.Zone.WIB)


@transaction.atomic
def found(
    slug: str,
    *,
    name: str,
    region: Region,
    timezone: Mall.Zone,
    site: str,
    email: str,
    admin: str,
    password: str,
    at: datetime,
) -> Founded:
    """Make an empty mall: a site with zone A and a common desk, and an account that manages it. Raises SlugTaken."""
    mall = tenancy.found_mall(slug, name=name, government=region.name, region=region, timezone=timezone, at=at)
    with wall.inside(mall.pk):
        account = Account.objects.filter(handle=contact_hash(email)).first()
        is_new = account is None
        if account is None:
            account = people.open_account(email, name=admin, password=password, at=at)
        memberships.grant(account, mall, Role.MANAGER, at=at)
        place = tenancy.add_site(mall, name=site, at=at, account_id=account.pk)
        tenancy.add_zone(place, code="A", name="Zona A", at=at, account_id=account.pk)
        ruling.begin_rules(mall, at=at)
        desk = founding.add_outlet(mall, place, agency=None, at=at)
        opening_hours.set_hours(desk, USUAL_HOURS, at=at)
    return Founded(mall, account, password if is_new else "")
