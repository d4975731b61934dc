"""How an inspection begins: by the form, or on a phone that tells the server when it has a network again."""

import hashlib
from uuid import uuid4

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.queries.brand import addresses
from pendopo.inspections.actions import beginning
from pendopo.inspections.forms.beginning import BeginForm, PhoneBeginForm
from pendopo.inspections.forms.parts import DUE_IN
from pendopo.inspections.models import Inspection
from pendopo.inspections.queries import inspections as shown
from pendopo.inspections.queries.checklists import NEWEST
from pendopo.inspections.views.filling import asked_at, signature_form
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience

# Stands for the number of a place in what a phone copies for each place.
NTH = "nth-place"

# All that the pages need without a network; a test compares it with them.
SHELL = (
    "kernel/css/reset.css",
    "kernel/css/tokens.css",
    "kernel/css/base.css",
    "kernel/css/layout.css",
    "kernel/css/components.css",
    "kernel/css/forms.css",
    "kernel/css/dashboard.css",
    "kernel/css/utilities.css",
    "kernel/css/print.css",
    "agencies/steer.css",
    "inspections/inspections.css",
    "kernel/mark.svg",
    "kernel/icons.svg",
    "kernel/kawung.svg",
    "kernel/js/uuid.js",
    "kernel/js/focus.js",
    "inspections/outbox.js",
    "inspections/pocket.js",
    "inspections/pictures.js",
    "kernel/js/hand.js",
    "inspections/form.js",
    "vendor/plus-jakarta-sans/plus-jakarta-sans-sub.woff2",
)


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: Request, mall: str) -> HttpResponse:
    """Begin an inspection. A phone keeps this page, and begins and fills in with it where there is no network."""
    initial: dict[str, object] = {"id": uuid4()}
    form = BeginForm(request.mall, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        try:
            begun = beginning.begin(
                request.mall, sites=form.chosen, others=told["others"], team=told["team"], part=told["id"],
                by=request.actor, at=timezone.now(),
            )  # fmt: skip
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("inspections:form", mall, begun.pk)
    blank = Inspection(mall=request.mall, checklist=NEWEST)
    context = {
        "form": form,
        "login": f"{reverse('account_login')}?next={reverse('inspections:inspection_new', args=[mall])}",
        "each": asked_at(blank, shown.nothing_yet(blank), NTH, due=todays_date(request) + DUE_IN),
        "nth": NTH,
        "due_in": DUE_IN.days,
        "most_places": beginning.MOST_PLACES,
        "checklist": NEWEST,
        "signature": signature_form(request),
        "most": attachments.MOST_MEGABYTES,
    }
    return answer(request, "inspections/new.html", context, status=422 if form.is_bound else 200)


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def beginnings(request: Request, mall: str) -> HttpResponse:
    """Take in an inspection that began on a phone; to a phone that asks, say who is signed in."""
    if request.method != "POST":
        return JsonResponse({"csrf": get_token(request), "account": request.actor.account_id})
    try:
        begun = _begun_on_a_phone(request)
    except RuleViolation as refusal:
        if request.headers.get("Accept") != "application/json":
            raise
        return JsonResponse({"code": refusal.code, "detail": str(refusal)}, status=refusal.status)
    return JsonResponse(
        {
            "parts": reverse("inspections:parts", args=[mall, begun.pk]),
            "form": reverse("inspections:form", args=[mall, begun.pk]),
            "done": reverse("inspections:inspection", args=[mall, begun.pk]),
            "news": shown.older_checklist_text(begun),
        }
    )


def _begun_on_a_phone(request: Request) -> Inspection:
    form = PhoneBeginForm(request.mall, request.POST)
    if not form.is_valid():
        raise NotUnderstood(next(str(errors[0]) for errors in form.errors.values()))
    told = form.cleaned_data
    return beginning.begin(
        request.mall, sites=form.chosen, others=told["others"], team=told["team"], part=told["id"], start=form.start,
        by=request.actor, at=timezone.now(),
    )  # fmt: skip


@audience("oversight")
@require_safe
@never_cache
def worker(request: Request, mall: str) -> HttpResponse:
    """Give the service worker of the pages that begin and fill in inspections."""
    files = [*(static(path) for path in SHELL), *filter(None, addresses(request.mall))]
    digest = hashlib.sha256("\n".join([*files, str(get_language())]).encode()).hexdigest()
    context = {
        "files": files,
        "version": digest[:12],
        "static": settings.STATIC_URL,
        "home": reverse("inspections:inspections", args=[mall]),
        "new": reverse("inspections:inspection_new", args=[mall]),
    }
    return render(request, "inspections/sw.js", context, content_type="text/javascript; charset=utf-8")
