"""The common desk: services found and chosen, papers checked, a visit's tickets taken. One form, kept nowhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request
from pendopo.agencies.queries.opening import openings
from pendopo.agencies.types import Role
from pendopo.catalogue.queries import searching
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.forms import understood
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import attending, checking_in
from pendopo.queues.actions.attending import MOST_SERVICES
from pendopo.queues.forms.desk import AttendForm, DeskForm
from pendopo.queues.models import Ticket
from pendopo.queues.queries import receptions
from pendopo.queues.queries.lateness import late_warnings
from pendopo.queues.queries.places import places_of
from pendopo.queues.types import Priority

RESULTS = 9


@audience("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def reception(request: Request, mall: str) -> HttpResponse:
    """Show the desk; posted, carry on with what was looked for, chosen and ticked."""
    return _shown(request, understood(DeskForm(request.POST or request.GET)))


@audience("desk")
@require_POST
def attendance(request: Request, mall: str) -> HttpResponse:
    """Take a ticket for each chosen service, all of one visit, and go to it; a refusal takes none."""
    form = understood(AttendForm(request.POST))
    assert isinstance(form, AttendForm)
    joined = _joined(request, form)
    try:
        taken = attending.attend(
            request.mall,
            form.services,
            request_id=form.request_id,
            by=request.actor,
            at=timezone.now(),
            needs=form.needs,
            visit_key=joined.key if joined else "",
        )
    except RuleViolation as refusal:
        return _shown(request, form, problem=str(refusal), status=422)
    return redirect("queues:reception_ticket", mall, taken[0].id)


@audience("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def requirements(request: Request, mall: str) -> HttpResponse:
    """Show what to bring for the chosen services on one sheet, with a box to tick for each paper."""
    form = understood(DeskForm(request.POST or request.GET))
    context = {
        "wanted": receptions.wanted_services(request.mall, form.services, form.papers, timezone.now()),
        "sheet": "a4" if request.GET.get("sheet") == "a4" else "a5",
        "said": form.cleaned_data,
        "at": timezone.now(),
    }
    return answer(request, "queues/reception_requirements.html", context)


@audience("desk")
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: Request, mall: str) -> HttpResponse:
    """Find a ticket of today by its number or its scanned code, and go to it; several are listed.

    Whoever shows the code of their phone has come: scanned here, it reports them too. A typed number only finds.
    """
    text = (request.POST if request.method == "POST" else request.GET).get("number", "").replace("\x00", "")[:200]
    now = timezone.now()
    found = receptions.tickets_of_number(request.mall, text, request.mall.local(now).date())
    if len(found) == 1:
        if request.method == "POST" and receptions.is_scanned(text) and found[0].can_check_in:
            checking_in.check_in(found[0], by=request.actor, at=now)
            messages.success(request, _("Nomor %(number)s sudah lapor tiba.") % {"number": found[0].number_text})
        return redirect("queues:reception_ticket", mall, found[0].pk)
    return answer(request, "queues/reception_found.html", {"number": text.strip(), "tickets": found})


def _joined(request: Request, form: DeskForm) -> Ticket | None:
    pk = form.cleaned_data["visit"]
    return receptions.ticket_at_desk(request.mall, pk) if pk else None


def _shown(request: Request, form: DeskForm, *, problem: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    said = form.cleaned_data
    services = form.services
    # Once something was chosen, the list of what was found has done its work.
    is_searched = "q" in form.data and not (said["add"] or problem)
    found = searching.search(request.mall, words=said["q"], size=RESULTS) if is_searched else None
    is_open = {outlet: opening.is_open for outlet, opening in openings(request.mall, now).items()} if found else {}
    slug = request.mall.slug
    shown = {row.code for row in found.items} if found else set()
    left = places_of(request.mall, shown | set(services), now, by_phone=False)
    wanted = receptions.wanted_services(request.mall, services, form.papers, now)
    outlets = {each.published.service_code: each.published.outlet_id for each in wanted if each.is_open}
    context = {
        "q": said["q"],
        "results": [
            (row, is_open.get(row.outlet_id, False), row.code in services, left.get(row.code)) for row in found.items
        ]
        if found
        else None,
        "has_limits": bool(left),
        "has_more": found is not None and found.next is not None,
        "wanted": [(each, left.get(each.published.code)) for each in wanted],
        "late": late_warnings(request.mall, outlets, now) if outlets else {},
        "is_full": len(services) >= MOST_SERVICES,
        "most": MOST_SERVICES,
        "added": said["add"],
        "said": said,
        "groups": [("", _("Tanpa prioritas")), *Priority.choices],
        "joined": _joined(request, form),
        "help_calls": receptions.own_help_calls(request.mall, by=request.actor),
        "hall_url": reverse("queues:hall", args=[slug]) if request.actor.has(Role.MANAGER, Role.HEAD) else "",
        "error": problem,
    }
    return answer(request, "queues/reception.html", context, status=status)
