"""Who works for an agency in which role, and the tokens by which programs act for them."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import (
    Agency,
    ApiToken,
    Membership,
)
from pendopo.agencies.types import Role
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel.crypto import Bearer, sign_bearer
from pendopo.kernel.errors import NotAllowed
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

TOKEN_LIFE = timedelta(days=365)


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
