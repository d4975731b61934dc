"""The frame around every request, and the door that knows who may pass and in which mall."""

import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings
from django.db import InternalError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from psycopg.errors import IdleInTransactionSessionTimeout

from pendopo.agencies.http import DEVICE_COOKIE
from pendopo.agencies.queries.actors import actor_of_account, actor_of_device, actor_of_token
from pendopo.agencies.types import NOBODY, Actor, Role
from pendopo.config.env import env
from pendopo.config.problems import problem
from pendopo.kernel.crypto import Bearer, read_bearer
from pendopo.kernel.errors import NotAllowed, NotFound, NotSignedIn, NotUnderstood, RuleViolation
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.tenancy.queries import mall_by_slug

ROLES: dict[str, frozenset[Role]] = {
    "staff": frozenset(Role),
    "officer": frozenset({Role.OFFICER, Role.MANAGER}),
    # Besides whoever serves no agency but all of them.
    "desk": frozenset({Role.MANAGER}),
    "manager": frozenset({Role.MANAGER, Role.HEAD}),
    "overseer": frozenset({Role.MANAGER, Role.HEAD, Role.INSPECTOR, Role.AGENCY_ADMIN}),
    "behind": frozenset({Role.MANAGER, Role.HEAD, Role.INSPECTOR, Role.AGENCY_ADMIN, Role.BACK_OFFICE}),
    "oversight": frozenset({Role.MANAGER, Role.HEAD, Role.INSPECTOR}),
    # Who keeps products and hands them over, and who watches it.
    "keeper": frozenset(set(Role) - {Role.SIGNER}),
    "signer": frozenset({Role.SIGNER, Role.MANAGER, Role.HEAD}),
}
log = structlog.get_logger("web")

type GetResponse = Callable[[HttpRequest], HttpResponseBase]


class Frame:
    """Write one log line for what failed: the route's name and how long it took, never an address or a name."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        if isinstance(response, HttpResponse) and not response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
        if response.status_code >= 500 or settings.DEBUG:
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            route = match.view_name if match else None
            log.info("request", route=route, method=request.method, status=response.status_code, ms=milliseconds)
        return response


class Language:
    """Speak Indonesian unless this browser chose otherwise.

    What a browser prefers is not asked: kiosks, TVs and office PCs are set up in English, the people before them not.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language of the cookie that the language switch sets."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class Hearing:
    """Let pages hear the one origin of `live`: stands inside Django's CSP, and not in the API's short chain."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with a policy that names that origin."""
        response = self.get_response(request)
        response._csp_config = _csp(request)  # type: ignore[attr-defined]
        return response


def _csp(request: HttpRequest) -> dict[str, list[str]]:
    policy: dict[str, list[str]] = {name: list(sources) for name, sources in settings.SECURE_CSP.items()}
    return policy | {"connect-src": [CSP.SELF, live_origin(request)]}


def live_origin(request: HttpRequest) -> str:
    """Name the one origin from which this request's browser may hear events."""
    if env.live_origin:
        return env.live_origin
    try:
        host = urlsplit(f"//{request.META.get('HTTP_HOST', 'localhost')}").hostname or "localhost"
    except ValueError:
        # In brackets, and no address.
        host = "localhost"
    if ":" in host:
        host = f"[{host}]"
    return f"{request.scheme}://{host}:{env.live_port}"


class Door:
    """Stand in the mall of the URL, know who acts, and let in whom the route is for.

    A request of a mall runs in one transaction inside the wall, rolled back with every refusal; a hot route
    sets the mall in its one SQL function instead. What a foreigner may not see does not exist: 404.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on: the work is done where the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: list[str], kwargs: dict[str, str]
    ) -> HttpResponseBase | None:
        """Run the view behind the wall, and turn refusals into pages or problem documents."""
        request.actor = NOBODY  # type: ignore[attr-defined]
        request.bearer = None  # type: ignore[attr-defined]
        slug = kwargs.get("mall")
        try:
            _legible(request)
            if slug is None:
                return _in_words(request, view(request, *args, **kwargs))
            return _in_words(request, self._in_mall(request, view, args, kwargs, slug))
        except RuleViolation as refusal:
            return _refused(request, refusal)
        except (OperationalError, InternalError) as error:
            if not _is_away(error):
                raise
            # The server went away: the next request finds a new connection, and this one may be repeated.
            connection.close()
            return _unavailable(request)

    def _in_mall(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: list[str],
        kwargs: dict[str, str],
        slug: str,
    ) -> HttpResponseBase:
        mall = mall_by_slug(slug)
        if mall is None:
            raise NotFound(_("MPP “%(slug)s” tidak dikenal.") % {"slug": slug[:40]})
        request.mall = mall  # type: ignore[attr-defined]
        if getattr(view, "audience", None) == "partner":
            # What a partner signs is not for us to read here, and what it told is kept also where it is refused.
            return view(request, *args, **kwargs)
        bearer = bearer_of(request.META.get("HTTP_AUTHORIZATION", ""), mall)
        request.bearer = bearer  # type: ignore[attr-defined]
        if request.resolver_match and request.resolver_match.view_name in HOT_ROUTES:
            return view(request, *args, **kwargs)
        with wall.inside(mall.pk):
            who = getattr(view, "audience", None)
            actor = _device(request, mall) if who == "device" else _actor(request, mall, bearer)
            request.actor = actor  # type: ignore[attr-defined]
            if who in ROLES and (refusal := _barred(request, actor, who)):
                return refusal
            if who == "account" and actor.account is None:
                # A citizen's page: by a code, not by a password.
                return redirect(f"{reverse('account_code')}?{urlencode({'next': request.get_full_path()})}")
            response = view(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return response


def _legible(request: HttpRequest) -> None:
    """Refuse addresses with a NUL, which no text of the database can hold. Raises NotFound, NotUnderstood."""
    if "\x00" in request.path:
        raise NotFound(_("Tidak ditemukan."))
    if "%00" in request.META.get("QUERY_STRING", ""):
        raise NotUnderstood(_("Alamat ini tidak terbaca. Mulai lagi dari halaman sebelumnya."))


# Routes of the API whose one operation calls a function that sets the mall itself.
HOT_ROUTES = frozenset({"api:take", "api:call"})


def _is_away(error: OperationalError | InternalError) -> bool:
    """Whether the server is gone, or ended a transaction that stood still: a PC that slept wakes up in one."""
    return isinstance(error, OperationalError) or isinstance(error.__cause__, IdleInTransactionSessionTimeout)


def bearer_of(authorization: str, mall: Mall) -> Bearer | None:
    """Read the token of a header; None without one. Raises NotSignedIn, and NotFound for another mall's."""
    scheme, _space, text = authorization.partition(" ")
    if not scheme:
        return None
    if scheme.lower() != "bearer":
        raise NotSignedIn(_("Kirim token sebagai “Authorization: Bearer …”."))
    bearer = read_bearer(text.strip())
    if bearer.mall != mall.pk:
        raise NotFound(_("Tidak ditemukan."))
    return bearer


def _actor(request: HttpRequest, mall: Mall, bearer: Bearer | None) -> Actor:
    if bearer:
        return actor_of_device(mall, bearer) if bearer.kind == "device" else actor_of_token(mall, bearer)
    if settings.SESSION_COOKIE_NAME in request.COOKIES and not is_api(request) and request.user.is_authenticated:
        return actor_of_account(mall, request.user)
    try:
        return _device(request, mall)
    except RuleViolation:
        # Another mall's device, or one out of service, is a browser like any other.
        return Actor(mall=mall)


def _device(request: HttpRequest, mall: Mall) -> Actor:
    cookie = request.COOKIES.get(DEVICE_COOKIE)
    if not cookie:
        raise NotAllowed(_("Peramban ini bukan perangkat MPP."))
    return actor_of_device(mall, read_bearer(cookie))


def _barred(request: HttpRequest, actor: Actor, who: str) -> HttpResponse | None:
    if actor.has(*ROLES[who]) or (who == "desk" and actor.works_for(None)):
        return None
    if actor.account is None:
        return _to_sign_in(request)
    if not actor.is_staff:
        raise Http404
    return render(request, "403.html", status=403)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('account_login')}?next={request.path}")


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks: it gets a problem document instead of a page."""
    return request.path.startswith("/api/")


def _refused(request: HttpRequest, refusal: RuleViolation) -> HttpResponse:
    if is_api(request):
        return problem(refusal.status, refusal.code, str(refusal))
    template = f"{refusal.status}.html" if refusal.status in {403, 404, 409, 422} else "400.html"
    return render(request, template, {"message": str(refusal)}, status=refusal.status)


def _in_words(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code != 405:
        return response
    message = _("Alamat ini tidak menerima permintaan seperti itu.")
    if is_api(request):
        told = problem(405, "method_not_allowed", message)
    else:
        told = render(request, "400.html", {"message": message}, status=405)
    told.headers["Allow"] = response.headers.get("Allow", "")
    return told


def _unavailable(request: HttpRequest) -> HttpResponse:
    message = _("Basis data sedang tidak terjangkau. Coba lagi sebentar lagi.")
    response = problem(503, "unavailable", message) if is_api(request) else render(request, "503.html", status=503)
    response.headers["Retry-After"] = "2"
    return response
