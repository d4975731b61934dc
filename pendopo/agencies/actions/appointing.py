"""Who is given a role in a mall, and when it ends. A manager decides for all; an agency's admin for its officers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.agencies.errors import AlreadyThere, DatesCrossed, LastManager, WrongScope
from pendopo.agencies.events import RoleEnded
from pendopo.agencies.models import Agency, ApiToken, Membership
from pendopo.agencies.queries.staff import may_appoint
from pendopo.agencies.types import Actor, Role
from pendopo.audit import actions as audit
from pendopo.kernel import events
from pendopo.kernel.errors import NotAllowed
from pendopo.kernel.reasons import stated
from pendopo.people import actions as people
from pendopo.people.models import Account, contact_hash
from pendopo.tenancy.models import Mall

# Of one agency; the others are of the whole mall, or of either.
OF_AGENCY = frozenset({Role.AGENCY_ADMIN, Role.SIGNER})
OF_MALL = frozenset({Role.MANAGER, Role.HEAD, Role.INSPECTOR})


@dataclass(frozen=True, slots=True)
class Post:
    """A role for one agency or (None) the whole mall, from one day until another (None: no end)."""

    role: Role
    agency: Agency | None
    starts_on: date
    ends_on: date | None = None
    is_substitute: bool = False


@transaction.atomic
def invite(
    mall: Mall, contact: str, *, name: str, post: Post, reason: str, by: Actor, at: datetime
) -> tuple[Account, bool]:
    """Give a role to whoever signs in with a contact; return their account, and whether it was opened for this.

    A new account has no password: `inviting.link_for` lets them set one. Raises as `appoint`.
    """
    _refuse_others(by, post.role, post.agency)
    account = Account.objects.filter(handle=contact_hash(contact)).first()
    is_new = account is None
    if account is None:
        account = people.open_account(contact, name=name, password=None, at=at, by=by)
        # By this entry the mall is known to have opened the account.
        audit.record("staff.invited", f"account:{account.pk}", by=by, at=at, reason=stated(reason))
    appoint(account, mall, post, reason=reason, by=by, at=at)
    return account, is_new


@transaction.atomic
def appoint(account: Account, mall: Mall, post: Post, *, reason: str, by: Actor, at: datetime) -> Membership:
    """Give an account a role. Raises NotAllowed, ReasonMissing, DatesCrossed, AlreadyThere where it holds it then."""
    _refuse_others(by, post.role, post.agency)
    reason = stated(reason)
    _refuse_scope(post)
    _refuse_days(post, mall.local(at).date())
    # The account's row is the lock for its roles.
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    held = Membership.objects.filter(mall=mall, account=account, agency=post.agency, role=post.role.value)
    if post.ends_on is not None:
        held = held.filter(starts_on__lte=post.ends_on)
    if held.filter(Q(ends_on=None) | Q(ends_on__gte=post.starts_on)).exists():
        raise AlreadyThere(_("Peran itu sudah dipegang pada hari-hari itu. Akhiri dahulu yang lama."))
    # A role that was taken back on the very day is given again.
    membership, _is_new = Membership.objects.update_or_create(
        mall=mall, account=account, agency=post.agency, role=post.role.value, starts_on=post.starts_on,
        defaults={"ends_on": post.ends_on, "is_substitute": post.is_substitute},
    )  # fmt: skip
    after = _told(membership)
    audit.record("membership.granted", f"account:{account.pk}", by=by, at=at, reason=reason, after=after)
    return membership


@transaction.atomic
def end_role(
    membership: Membership, *, reason: str, by: Actor, at: datetime, last_day: date | None = None
) -> Membership:
    """End a role after its last day, or (None) at once: then whoever sits at a counter by it rises.

    A role that is over changes nothing. Raises NotAllowed, ReasonMissing, DatesCrossed, LastManager.
    """
    _refuse_others(by, Role(membership.role), membership.agency)
    reason = stated(reason)
    mall = membership.mall
    if membership.role == Role.MANAGER:
        # Two managers who end each other at once: the second sees what the first did.
        list(Membership.objects.select_for_update().filter(mall=mall, role=Role.MANAGER).order_by("pk"))
    rows = Membership.objects.select_for_update(of=("self",)).select_related("mall", "agency", "account")
    membership = rows.get(pk=membership.pk)
    today = mall.local(at).date()
    if membership.ends_on is not None and membership.ends_on < today:
        return membership
    ends_on = last_day or max(today, membership.starts_on) - timedelta(days=1)
    if last_day is not None and last_day < max(today, membership.starts_on):
        raise DatesCrossed(_("Hari terakhir paling cepat hari ini. Untuk mengakhiri sekarang juga, kosongkan."))
    if membership.role == Role.MANAGER:
        _refuse_last_manager(membership, max(ends_on + timedelta(days=1), today))
    before = _told(membership)
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    after = _told(membership)
    subject = f"account:{membership.account_id}"
    audit.record("membership.ended", subject, by=by, at=at, reason=reason, before=before, after=after)
    if last_day is None:
        events.publish(RoleEnded(membership.account_id, mall.pk, by, at))
    return membership


@transaction.atomic
def revoke(token: ApiToken, *, reason: str, by: Actor, at: datetime) -> None:
    """End a program's token before its time; again it changes nothing. Raises NotAllowed, ReasonMissing."""
    _refuse_strangers(by, token.account, token.mall, at)
    reason = stated(reason)
    token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        audit.record("token.revoked", f"account:{token.account_id}", by=by, at=at, reason=reason)


def _refuse_others(by: Actor, role: Role, agency: Agency | None) -> None:
    if not may_appoint(by, role, agency.pk if agency else None):
        raise NotAllowed(_("Hanya pengelola MPP, dan admin instansi untuk petugas loketnya, yang dapat mengubah ini."))


def _refuse_strangers(by: Actor, account: Account, mall: Mall, at: datetime) -> None:
    """Refuse an admin who does not decide about every role that the account has today. Raises NotAllowed."""
    held = Membership.objects.filter(mall=mall, account=account).valid_on(mall.local(at).date())
    for membership in held.select_related("agency"):
        _refuse_others(by, Role(membership.role), membership.agency)
    if not by.manages and not held:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat mengubah ini."))


def _refuse_scope(post: Post) -> None:
    if post.role in OF_AGENCY and post.agency is None:
        raise WrongScope(_("Peran ini untuk satu instansi: pilih instansinya."))
    if post.role in OF_MALL and post.agency is not None:
        raise WrongScope(_("Peran ini untuk seluruh MPP: kosongkan instansinya."))


def _refuse_days(post: Post, today: date) -> None:
    if post.starts_on < today:
        raise DatesCrossed(_("Peran mulai paling cepat hari ini."))
    if post.ends_on is not None and post.ends_on < post.starts_on:
        raise DatesCrossed(_("Hari terakhir tidak boleh sebelum hari pertama."))


def _refuse_last_manager(membership: Membership, day: date) -> None:
    others = Membership.objects.filter(mall=membership.mall_id, role=Role.MANAGER, account__is_active=True)
    if not others.exclude(account=membership.account_id).valid_on(day).exists():
        raise LastManager(_("Sesudahnya tidak ada lagi pengelola. Angkat dahulu pengelola lain."))


def _told(membership: Membership) -> dict[str, object]:
    return {
        "role": membership.role, "agency": membership.agency_id, "from": membership.starts_on,
        "until": membership.ends_on, "substitute": membership.is_substitute,
    }  # fmt: skip
