"""Notes where accounts are signed in, a few minutes apart, for their owners to see."""

import time
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from pendopo.people.actions import sessions
from pendopo.people.http import network_of
from pendopo.people.models import Account
from pendopo.people.queries.browsers import in_words

SEEN = "seen"
APART = 600


class Seen:
    """Note a browser once in ten minutes, also one that signed in before there were such notes.

    It asks nothing of pages that need neither session nor account.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and note who was seen."""
        response = self.get_response(request)
        account = _known(request)
        if account is not None and response.status_code < 400:
            _note(request, account)
        return response


def _known(request: HttpRequest) -> Account | None:
    """Return who is signed in, where the answer has asked for it already: signing in and out puts a plain account."""
    user = request.__dict__.get("user")
    if type(user) not in {Account, AnonymousUser}:
        user = request.__dict__.get("_cached_user")
    return user if isinstance(user, Account) else None


def _note(request: HttpRequest, account: Account) -> None:
    session, now = request.session, time.time()
    key = session.session_key
    if key is None or now - session.get(SEEN, {}).get(key[:8], 0) < APART:
        return
    browser = in_words(request.headers.get("User-Agent", "")[:500])
    sessions.see(account, key, browser=browser, network=network_of(request), at=timezone.now())
    session[SEEN] = {key[:8]: now}
