"""A proposal: read, written, submitted, withdrawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request
from pendopo.innovations.actions import proposing as acts
from pendopo.innovations.forms.competing import SectionsForm
from pendopo.innovations.models import Proposal
from pendopo.innovations.queries import competing as shown
from pendopo.innovations.queries import scoring
from pendopo.innovations.queries.novelty import nearest
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.forms import ReasonForm
from pendopo.kernel.http import answer, audience


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: Request, mall: str, proposal: int) -> HttpResponse:
    """Show a proposal, and keep what is written in it as a new version."""
    found = shown.proposal(request.mall, request.actor, proposal)
    if request.method != "POST":
        return _page(request, found)
    form = SectionsForm(found.group, request.POST)
    if not form.is_valid():
        raise NotUnderstood(_("Sebuah bagian jauh terlalu panjang. Kembali dan pendekkan dahulu."))
    try:
        version = acts.save_draft(found, form.texts, by=request.actor, at=timezone.now())
        if "submit" in request.POST:
            acts.submit_proposal(found, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return _page(request, found, texts=form.texts, problem=str(refusal))
    if "submit" in request.POST:
        messages.success(request, _("Usulan diajukan."))
    else:
        messages.success(request, _("Konsep tersimpan sebagai versi %(number)s.") % {"number": version.number})
    return redirect("innovations:proposal", mall, proposal)


@audience("overseer")
@require_POST
def withdrawal(request: Request, mall: str, proposal: int) -> HttpResponse:
    """Take a proposal back."""
    found, form = shown.proposal(request.mall, request.actor, proposal), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        acts.withdraw_proposal(found, reason=reason, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return _page(request, found, problem=str(refusal))
    messages.success(request, _("Usulan ditarik."))
    return redirect("innovations:proposal", mall, proposal)


def _page(request: Request, found: Proposal, *, texts: dict[str, str] | None = None, problem: str = "") -> HttpResponse:
    every = shown.versions(found)
    newest = every[0].sections if every else {}
    asked = request.GET.get("version", "")
    chosen = next((each for each in every if str(each.number) == asked), None)
    sections = shown.sections(found, texts or (chosen.sections if chosen else newest))
    innovation, at = found.innovation, timezone.now()
    can_decide = request.actor.steers(innovation.agency_id)
    is_complete = scoring.is_complete(found.competition)
    told = [innovation.expansion, innovation.summary, newest.get("summary", ""), newest.get("novelty", "")]
    context = {
        "proposal": found,
        "sections": sections,
        "versions": every,
        "chosen": chosen,
        "near": nearest(request.mall, innovation.name, " ".join(told)[:8000], besides=innovation.pk, most=3),
        "sees_all": request.actor.overseen is None,
        "can_decide": can_decide,
        "can_write": can_decide
        and chosen is None
        and found.state == Proposal.State.DRAFT
        and found.competition.opens_at <= at <= found.competition.closes_at,
        "can_withdraw": can_decide and found.state != Proposal.State.WITHDRAWN and not is_complete,
        "sheets": [each for each in scoring.ranking(found.competition) if each.proposal.pk == found.pk]
        if is_complete
        else [],
        "months": found.competition.ages[found.group],
        "problem": problem,
    }
    return answer(request, "innovations/proposal.html", context, status=422 if problem else 200)
