"""What everybody wants to know of a mall besides its services: hours, way, facilities, questions, what changed."""

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.models import Hotline
from pendopo.agencies.queries.weeks import weeks
from pendopo.catalogue.life_events import LIFE_EVENTS, LifeEvent, life_event
from pendopo.catalogue.models import FloorPlan, Published
from pendopo.catalogue.queries import notices
from pendopo.catalogue.queries.searching import search
from pendopo.kernel import attachments
from pendopo.kernel.http import answer, audience

HOTLINES = 200
# Of what a search finds, so many are looked at for the service that is meant.
LOOKED_AT = 5


@audience("public")
@require_safe
def information(request: Request, mall: str) -> HttpResponse:
    """Show hours, way, floor plans, facilities, announcements, questions, contacts and hotlines."""
    told = notices.told(request.mall, todays_date(request))
    lines = Hotline.objects.filter(mall=request.mall).select_related("agency").order_by("agency__name")
    context = {
        **told,
        "weeks": weeks(request.mall),
        "sites": notices.standing_sites(request.mall),
        "hotlines": lines[:HOTLINES],
        "life_events": LIFE_EVENTS,
    }
    return answer(request, "catalogue/information.html", context)


@audience("public")
@require_safe
def plan(request: Request, mall: str, site: int) -> HttpResponse:
    """Give a site's floor plan."""
    found = FloorPlan.objects.filter(mall=request.mall, site=site).first()
    if found is None:
        raise Http404
    return attachments.shown(found.file_path)


@audience("public")
@require_safe
def changes(request: Request, mall: str) -> HttpResponse:
    """Show what changed of late, and what is to change."""
    names = {"standard": _("Standar pelayanan baru"), "closing": _("Tutup"), "common": _("Loket bersama")}
    today = todays_date(request)
    context = {"changes": notices.changes(request.mall, today, names), "today": today}
    return answer(request, "catalogue/changes.html", context)


@audience("public")
@require_safe
def life(request: Request, mall: str, event: str) -> HttpResponse:
    """Show what is to be done when something happens in a life, and which services here do it."""
    found = life_event(event)
    if found is None:
        raise Http404
    context = {"event": found, "steps": _steps(request, found), "life_events": LIFE_EVENTS}
    return answer(request, "catalogue/life_event.html", context)


def _steps(request: Request, event: LifeEvent) -> list[tuple[Promise, Published | None]]:
    found = []
    for step in event.steps:
        nearest = search(request.mall, words=step.words, size=LOOKED_AT).items
        fitting = (row for row in nearest if step.fits(f"{row.service_name} {row.agency_name}"))
        found.append((step.title, next(fitting, None)))
    return found
