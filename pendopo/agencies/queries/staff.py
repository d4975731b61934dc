"""Who works in a mall, in which roles and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.models import ApiToken, Membership
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.cursors import Page, page_of
from pendopo.kernel.errors import NotFound
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

PAGE = 50
ALL = 10_000


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with the roles that an actor may see of them."""

    account: Account
    roles: Sequence[Membership]


@dataclass(frozen=True, slots=True)
class Filter:
    """Whom to list: with these words in the name, of this agency, and those whose roles are all over instead."""

    words: str = ""
    agency: str = ""
    past: bool = False


def members(
    mall: Mall, actor: Actor, today: date, wanted: Filter, cursor: str = "", *, size: int = PAGE
) -> Page[Member]:
    """Return who works here by name, a page at a time, in two queries: all, or those of an admin's own agency."""
    seen = _seen(mall, actor)
    if wanted.agency:
        seen = seen.filter(agency__code=wanted.agency)
    now = seen.filter(_not_over(today))
    rows = Account.objects.filter(pk__in=seen.values("account"))
    here = rows.exclude(pk__in=now.values("account")) if wanted.past else rows.filter(pk__in=now.values("account"))
    if wanted.words:
        here = here.filter(name__icontains=wanted.words)
    page = page_of(here, cursor, size)
    roles: dict[int, list[Membership]] = {}
    shown = seen if wanted.past else now
    for held in shown.filter(account__in=[each.pk for each in page.items]):
        roles.setdefault(held.account_id, []).append(held)
    return page.showing([Member(each, roles.get(each.pk, [])) for each in page.items])


def member(mall: Mall, actor: Actor, account: int) -> Member:
    """Return somebody with all roles, those that are over last. Raises NotFound for whom the actor may not see."""
    roles = list(_seen(mall, actor).filter(account=account)) if account <= LARGEST_ID else []
    if not roles:
        raise NotFound(_("Petugas tidak ditemukan."))
    return Member(roles[0].account, roles)


def membership(mall: Mall, actor: Actor, account: int, number: int) -> Membership:
    """Return one role of somebody. Raises NotFound."""
    found = _seen(mall, actor).filter(account=account, pk=number).first() if number <= LARGEST_ID else None
    if found is None:
        raise NotFound(_("Peran itu tidak ada lagi."))
    return found


def tokens(mall: Mall, account: Account) -> list[ApiToken]:
    """Return the tokens by which programs act for somebody, the newest first."""
    return list(ApiToken.objects.filter(mall=mall, account=account).select_related("account", "mall").order_by("-pk"))


def may_appoint(by: Actor, role: Role, agency_id: int | None) -> bool:
    """Whether an actor decides about a role: a manager about each, an agency's admin about the agency's officers."""
    return by.manages or (role is Role.OFFICER and agency_id is not None and by.steers(agency_id))


def may_invite(account: Account, mall: Mall) -> bool:
    """Whether a link may be made: this mall opened the account, and nobody has set its password yet."""
    opened = Entry.objects.filter(mall=mall, action="staff.invited", subject=f"account:{account.pk}")
    return account.is_active and not account.has_usable_password() and opened.exists()


def _seen(mall: Mall, actor: Actor) -> QuerySet[Membership]:
    rows = Membership.objects.filter(mall=mall).select_related("account", "agency", "mall")
    rows = rows if actor.overseen is None else rows.filter(agency__in=actor.overseen)
    return rows.order_by("-starts_on", "-pk")


def _not_over(today: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gte=today)
