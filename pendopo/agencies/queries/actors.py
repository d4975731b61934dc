"""Who acts: an account, a token or a device in a mall, and where an account works."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from pendopo.agencies.models import ApiToken, Membership
from pendopo.agencies.types import Actor, Held, Role
from pendopo.kernel.crypto import Bearer
from pendopo.kernel.errors import NotFound, NotSignedIn
from pendopo.people.models import Account, Person
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.tenancy.queries import device_of

# More malls than this are reached by their address: each costs a look behind its own wall.
MOST_MALLS = 20
OVERSEERS = frozenset({Role.MANAGER, Role.HEAD, Role.INSPECTOR, Role.AGENCY_ADMIN})


def actor_of_account(mall: Mall, account: Account | AnonymousUser, *, token: str | None = None) -> Actor:
    """Return who an account is in a mall today: its memberships and its own person record, if any."""
    if not isinstance(account, Account):
        return Actor(mall=mall)
    today = mall.local(timezone.now()).date()
    held = Membership.objects.filter(mall=mall, account=account).valid_on(today).order_by("pk")
    return Actor(
        account=account,
        mall=mall,
        person=Person.objects.filter(mall=mall, account=account).first(),
        memberships=tuple(Held(Role(role), agency) for role, agency in held.values_list("role", "agency_id")),
        token=token,
    )


def actor_of_token(mall: Mall, bearer: Bearer) -> Actor:
    """Return whom an API token acts for. Raises NotSignedIn when it was revoked."""
    token = (
        ApiToken.objects.select_related("account")
        .filter(mall=mall, number=bearer.token, account_id=bearer.subject, revoked_at=None, account__is_active=True)
        .first()
    )
    if token is None:
        raise NotSignedIn(_("Token sudah dicabut."))
    return actor_of_account(mall, token.account, token=bearer.token)


def actor_of_device(mall: Mall, bearer: Bearer) -> Actor:
    """Return the device that a token names. Raises NotFound for another mall's, NotSignedIn for a revoked one."""
    if bearer.mall != mall.pk:
        raise NotFound(_("Tidak ditemukan."))
    device = device_of(bearer) if bearer.kind == "device" else None
    if device is None:
        raise NotSignedIn(_("Perangkat ini sudah tidak terdaftar."))
    return Actor(mall=mall, device=device)


def places_of_work(account: Account) -> list[tuple[Mall, list[str], bool, bool]]:
    """Return the malls where an account works today: its roles, whether it oversees agencies, or works behind one."""
    return [
        (
            mall,
            sorted({str(one.get_role_display()) for one in held}),
            any(one.role in OVERSEERS for one in held),
            any(one.role == Role.BACK_OFFICE for one in held),
        )
        for mall, held in _memberships(account)
    ]


def malls_headed(account: Account) -> list[Mall]:
    """Return the malls of which an account is a head today."""
    return [mall for mall, held in _memberships(account) if any(one.role == Role.HEAD for one in held)]


def _memberships(account: Account) -> list[tuple[Mall, list[Membership]]]:
    found = []
    for mall in Mall.objects.order_by("name")[:MOST_MALLS]:
        with wall.inside(mall.pk):
            today = mall.local(timezone.now()).date()
            held = list(Membership.objects.filter(mall=mall, account=account).valid_on(today))
        if held:
            found.append((mall, held))
    return found
