"""What edges of every module need to know about whoever is signed in."""

import time
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from pendopo.people.models import Account

# For so long nobody is asked again who they are.
FRESH = 600


class AccountRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Account


class By:
    """The account of a request, as the audit wants it."""

    device_id = None

    def __init__(self, request: AccountRequest) -> None:
        self.account_id: int | None = request.user.pk


def signed_in[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """Let in whoever has signed in; everybody else goes to do so and comes back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not isinstance(request.user, Account):
            return redirect(f"{reverse('account_code')}?{urlencode({'next': _back(request)})}")
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value] # it is called as the view is


def confirmed[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """Let in whoever has just said again who they are; everybody else is asked, and comes back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not is_fresh(request):
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': _back(request)})}")
        return view(request, *args, **kwargs)

    return signed_in(guarded)  # type: ignore[return-value] # it is called as the view is


def is_fresh(request: HttpRequest) -> bool:
    """Whether somebody has said again who they are a short while ago, in this browser."""
    if not isinstance(request.user, Account):
        return False
    records = get_authentication_records(request, request.user)
    return any(each.get("reauthenticated") and time.time() - each["at"] < FRESH for each in records)


def network_of(request: HttpRequest) -> str:
    """Return the address a request came from, as the server in front of us tells it where there is one."""
    told = request.headers.get("X-Forwarded-For", "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
    return (told.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR") or ""))[:45]


def _back(request: HttpRequest) -> str:
    # What was sent is not kept meanwhile: whoever comes back finds the page, and sends it again.
    return request.path if request.method == "GET" else reverse("mfa_index")
