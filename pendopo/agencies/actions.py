"""Placing agencies in a mall: who they are, where and when they receive people, and who works for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency, ApiToken, Counter, Membership, OpeningException, OpeningHours, Outlet
from pendopo.agencies.types import Role
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel.crypto import Bearer, sign_bearer
from pendopo.kernel.errors import NotAllowed
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall, Site, Zone

TOKEN_LIFE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of one weekday (Monday is 1), in the mall's own time."""

    weekday: int
    opens: time
    closes: time
    break_from: time | None = None
    break_until: time | None = None
    break_name: str = ""


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
) -> Agency:
    """Add an agency to a mall under a code of at most 12 letters."""
    agency = Agency.objects.create(mall=mall, code=code, name=name, short_name=short_name or name[:40], parent=parent)
    audit.record("agency.added", f"agency:{agency.pk}", by=by, at=at, after={"code": code, "name": name})
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
) -> Outlet:
    """Give an agency an outlet at a site; without agency it is the mall's common desk."""
    outlet = Outlet.objects.create(mall=mall, site=site, agency=agency, observes_holidays=observes_holidays)
    audit.record("outlet.added", f"outlet:{outlet.pk}", by=by, at=at)
    return outlet


@transaction.atomic
def add_counter(outlet: Outlet, *, zone: Zone, number: int, at: datetime, by: Who | None = None) -> Counter:
    """Add a numbered counter of an outlet in a zone of its site."""
    counter = Counter.objects.create(mall_id=outlet.mall_id, outlet=outlet, zone=zone, number=number)
    audit.record("counter.added", f"counter:{counter.pk}", by=by, at=at)
    return counter


@transaction.atomic
def set_hours(outlet: Outlet, hours: Iterable[Hours], *, at: datetime, by: Who | None = None, reason: str = "") -> None:
    """Replace the weekly opening hours of an outlet; a weekday not named is closed."""
    OpeningHours.objects.filter(outlet=outlet, mall_id=outlet.mall_id).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(
            mall_id=outlet.mall_id,
            outlet=outlet,
            weekday=day.weekday,
            opens=day.opens,
            closes=day.closes,
            break_from=day.break_from,
            break_until=day.break_until,
            break_name=day.break_name,
        )
        for day in hours
    )
    audit.record("hours.set", f"outlet:{outlet.pk}", by=by, at=at, reason=reason)


@transaction.atomic
def except_day(
    outlet: Outlet,
    day: date,
    *,
    reason: str,
    at: datetime,
    opens: time | None = None,
    closes: time | None = None,
    by: Who | None = None,
) -> OpeningException:
    """Close an outlet on one day, or open it at other hours (also on a holiday), for a reason that all are told."""
    exception, _made = OpeningException.objects.update_or_create(
        mall_id=outlet.mall_id, outlet=outlet, day=day, defaults={"opens": opens, "closes": closes, "reason": reason}
    )
    audit.record("hours.excepted", f"outlet:{outlet.pk}", by=by, at=at, reason=reason)
    return exception


@transaction.atomic
def grant(
    account: Account,
    mall: Mall,
    role: Role,
    *,
    at: datetime,
    agency: Agency | None = None,
    ends_on: date | None = None,
    by: Who | None = None,
) -> Membership:
    """Give an account a role in a mall from today on, for one agency or (None) for the whole mall."""
    membership, _made = Membership.objects.get_or_create(
        mall=mall,
        account=account,
        agency=agency,
        role=role.value,
        starts_on=mall.local(at).date(),
        defaults={"ends_on": ends_on},
    )
    audit.record("membership.granted", f"account:{account.pk}", by=by, at=at, after={"role": role.value})
    return membership


@transaction.atomic
def create_token(
    account: Account, mall: Mall, *, at: datetime, life: timedelta = TOKEN_LIFE, by: Who | None = None
) -> str:
    """Make a signed API token for an account in one mall and return it: it is kept nowhere.

    Raises NotAllowed when the account has no role there.
    """
    today = mall.local(at).date()
    if not Membership.objects.filter(mall=mall, account=account).valid_on(today).exists():
        raise NotAllowed(_("Akun ini tidak bertugas di MPP tersebut."))
    expires = at + life
    token = ApiToken.objects.create(mall=mall, account=account, created_at=at, expires_at=expires)
    audit.record("token.created", f"account:{account.pk}", by=by, at=at)
    return sign_bearer(Bearer("account", account.pk, mall.pk, str(token.number), int(expires.timestamp())))


@transaction.atomic
def revoke_token(token: ApiToken, *, at: datetime, by: Who | None = None) -> None:
    """End a token before its time."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at)
    audit.record("token.revoked", f"account:{token.account_id}", by=by, at=at)
