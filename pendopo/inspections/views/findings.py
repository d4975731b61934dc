"""What is to be mended: the list, and one finding with its pictures and steps."""

from uuid import uuid4

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.queries.directory import agencies_seen
from pendopo.inspections.forms.following import ClosingForm, ReopeningForm, ReplyForm
from pendopo.inspections.models import Finding
from pendopo.inspections.queries import findings as shown
from pendopo.inspections.queries.findings import LATE, OWN, Wanted
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.http import answer, audience, query_of
from pendopo.kernel.sheets import table_file

STATES = (Finding.State.OPEN, Finding.State.ANSWERED, Finding.State.CLOSED)


@audience("overseer")
@require_safe
def findings(request: Request, mall: str) -> HttpResponse:
    """Show findings, the soonest due first; an agency's admin sees the own ones."""
    cursor, wanted, today = request.GET.get("cursor", ""), _wanted(request), todays_date(request)
    page = shown.page(request.mall, request.actor, wanted, today, cursor=cursor)
    context = {
        "rows": [(row, shown.state_text(row, today), row.is_late(today)) for row in page.items],
        "wanted": wanted,
        "agencies": agencies_seen(request.mall, request.actor),
        "states": [(LATE, _("Terlambat")), *((state.value, state.label) for state in STATES)],
        "own": OWN,
        "query": query_of(request),
        "next": page.next,
        "is_first": not cursor,
    }
    return answer(request, "inspections/findings.html", context)


@audience("overseer")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    table = shown.sheet(request.mall, request.actor, _wanted(request), todays_date(request))
    return table_file(kind, f"{mall}-temuan", table)


@audience("overseer")
@require_safe
def finding(request: Request, mall: str, finding: int) -> HttpResponse:
    """Show one finding."""
    return finding_page(request, shown.finding_of(request.mall, request.actor, finding))


def finding_page(request: Request, found: Finding, sent: forms.Form | None = None) -> HttpResponse:
    """Answer with a finding; a form that was refused stands there as it was sent."""
    actor, today = request.actor, todays_date(request)
    photos = shown.photos(found)
    is_signed = found.place.inspection.is_signed
    is_owner = actor.manages if found.agency_id is None else actor.steers(found.agency_id)
    context = {
        "finding": found,
        "state_text": shown.state_text(found, today),
        "is_late": found.is_late(today),
        "before": [each for each in photos if each.stage == each.Stage.BEFORE],
        "after": [each for each in photos if each.stage == each.Stage.AFTER],
        "steps": shown.steps(found),
        "is_signed": is_signed,
        "can_reply": is_signed and is_owner and found.state == Finding.State.OPEN,
        "can_close": is_signed and actor.overseen is None and found.state in {"open", "answered"},
        "can_reopen": is_signed and actor.overseen is None and found.state in {"answered", "closed"},
        "reply": sent if isinstance(sent, ReplyForm) else ReplyForm(auto_id="reply-%s"),
        "closing": sent if isinstance(sent, ClosingForm) else ClosingForm(auto_id="closing-%s"),
        "reopening": sent if isinstance(sent, ReopeningForm) else ReopeningForm(auto_id="reopening-%s"),
        "part": uuid4(),
        "most": attachments.MOST_MEGABYTES,
    }
    return answer(request, "inspections/finding.html", context, status=422 if sent else 200)


def _wanted(request: Request) -> Wanted:
    agency, state = request.GET.get("agency", ""), request.GET.get("state", "")
    if state not in {"", LATE, *Finding.State.values}:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return Wanted(agency[:40], state)
