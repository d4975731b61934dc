"""The request as views and operations of a mall see it, and who may use an operation of the API."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor, Role
from pendopo.kernel.crypto import Bearer
from pendopo.kernel.errors import NotAllowed, NotSignedIn
from pendopo.tenancy.models import Mall

# Holds the token of a browser that is a kiosk or board.
DEVICE_COOKIE = "pendopo_device"


class Request(HttpRequest):
    """A request after the middleware: `actor` always, `mall` where the URL names one.

    `bearer` is what a valid token says, before anybody asked whether it was revoked.
    """

    mall: Mall
    actor: Actor
    bearer: Bearer | None


# Each operation of the API names one of these as its `auth`.


def everybody(request: Request) -> bool:
    """Let everybody in; a token that was sent has been checked all the same."""
    return True


def bearer(request: Request) -> bool:
    """Ask for any token of this mall; the operation's SQL function checks what it may do."""
    if request.bearer is None:
        raise NotSignedIn(_("Masuk dahulu: kirim token sebagai “Authorization: Bearer …”."))
    return True


def officer(request: Request) -> bool:
    """Let in whoever works at counters: officers and managers."""
    if request.actor.account is None:
        raise NotSignedIn(_("Masuk dahulu: kirim token sebagai “Authorization: Bearer …”."))
    if not request.actor.has(Role.OFFICER, Role.MANAGER):
        raise NotAllowed(_("Hanya petugas loket yang dapat melakukan ini."))
    return True
