"""A juror's work: the rounds, and one proposal with the form for its scores."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.http import Request
from pendopo.innovations.actions import scoring as acts
from pendopo.innovations.errors import NotAJuror
from pendopo.innovations.forms.competing import ScoresForm
from pendopo.innovations.models import Competition, Juror, Proposal, Scoresheet
from pendopo.innovations.queries import competing as shown
from pendopo.innovations.queries import scoring
from pendopo.innovations.rulebook import rules
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience


@audience("staff")
@require_safe
def rounds(request: Request, mall: str) -> HttpResponse:
    """Show a juror what there is to score, and what is done."""
    now = timezone.now()
    found = [(each, _lines(request, each)) for each in shown.rounds_to_score(request.mall, request.actor)]
    return answer(request, "innovations/scoring.html", {"rounds": found, "now": now})


def _lines(request: Request, competition: Competition) -> list[tuple[Proposal, Scoresheet | None, bool]]:
    """Return a round's proposals with what the juror gave, and whether it is of the juror's own agency."""
    juror = Juror.objects.filter(mall=request.mall, competition=competition, account=request.actor.account_id).first()
    own = scoring.agencies_of_jurors(competition).get(juror.pk, frozenset()) if juror else frozenset()
    given = scoring.own_sheets(competition, request.actor)
    return [(each, given.get(each.pk), each.innovation.agency_id in own) for each in shown.to_score(competition)]


@audience("staff")
@require_http_methods(["GET", "HEAD", "POST"])
def scores(request: Request, mall: str, proposal: int) -> HttpResponse:
    """Show a juror a proposal, and take the scores."""
    found = shown.any_proposal(request.mall, proposal)
    mine = shown.rounds_to_score(request.mall, request.actor)
    if found.competition not in mine or found.state != Proposal.State.SUBMITTED:
        raise NotAJuror(_("Hanya juri lomba ini yang menilai."))
    form = ScoresForm(found.competition, request.POST if request.method == "POST" else None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            acts.score_proposal(found, form.scores, words=words, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Nilai terkirim dan tetap."))
            return redirect("innovations:scoring", mall)
    line = next(line for line in _lines(request, found.competition) if line[0].pk == found.pk)
    newest = shown.versions(found)
    is_complete = scoring.is_complete(found.competition)
    context = {
        "proposal": found,
        "sections": shown.sections(found, newest[0].sections if newest else {}),
        "form": form,
        "given": line[1],
        "given_scores": [(rules().criteria[code].name, score) for code, score in line[1].scores.items()]
        if line[1]
        else [],
        "is_own": line[2],
        "is_open": timezone.now() > found.competition.closes_at,
        "others": [
            sheet
            for each in (scoring.ranking(found.competition) if is_complete else [])
            if each.proposal.pk == found.pk
            for sheet in each.sheets
        ],
    }
    return answer(request, "innovations/scores.html", context, status=422 if form.is_bound else 200)
