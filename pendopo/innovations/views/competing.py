"""Competitions: called by the manager, with their proposals, jurors and ranking."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.innovations.actions import competing as acts
from pendopo.innovations.forms.competing import CompetitionForm, JurorForm
from pendopo.innovations.models import Competition, Juror, Proposal
from pendopo.innovations.queries import competing as shown
from pendopo.innovations.queries import scoring
from pendopo.innovations.rulebook import rules
from pendopo.innovations.views.asking import asked_choice
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.forms import ReasonForm
from pendopo.kernel.http import answer, audience, query_of
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("overseer")
@require_safe
def competitions(request: Request, mall: str) -> HttpResponse:
    """Show the rounds."""
    cursor = request.GET.get("cursor", "")
    page = shown.competitions(request.mall, cursor=cursor)
    context = {
        "lines": page.items,
        "next": page.next,
        "is_first": not cursor,
        "now": timezone.now(),
        "can_decide": request.actor.manages,
    }
    return answer(request, "innovations/competitions.html", context)


@audience("overseer")
@require_safe
def rounds_table(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the rounds, whole, as CSV or XLSX."""
    now, zone = timezone.now(), request.mall.timezone
    heads = [_("Lomba"), _("Tahun"), _("Dibuka"), _("Tenggat"), _("Usulan diajukan"), _("Keadaan")]
    rows: list[list[Value]] = [
        [
            each.name, each.year, dates.moment(each.opens_at, zone), dates.moment(each.closes_at, zone),
            getattr(each, "submitted", 0), shown.standing_text(each, now),
        ]
        for each in shown.competitions(request.mall, size=shown.ALL).items
    ]  # fmt: skip
    return table_file(kind, f"{mall}-lomba", Sheet(_("Lomba inovasi"), heads, rows))


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Let the manager call a round."""
    form = CompetitionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        zone = request.mall.zone
        try:
            made = acts.call_competition(
                request.mall,
                name=told["name"],
                year=told["year"],
                opens_at=told["opens_at"].replace(tzinfo=zone),
                closes_at=told["closes_at"].replace(tzinfo=zone),
                source=told["source"],
                limits=form.limits,
                ages=form.ages,
                by=request.actor,
                at=timezone.now(),
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Lomba “%(name)s” dibuka.") % {"name": made.name})
            return redirect("innovations:competition", mall, made.pk)
    context = {"form": form, "can_decide": request.actor.manages, "rules": rules()}
    return answer(request, "innovations/competition_new.html", context, status=422 if form.is_bound else 200)


@audience("overseer")
@require_safe
def competition(request: Request, mall: str, competition: int) -> HttpResponse:
    """Show a round with its proposals, jurors and, when all have scored, its ranking."""
    return _page(request, shown.competition(request.mall, competition))


@audience("overseer")
@require_safe
def table(request: Request, mall: str, competition: int, kind: str) -> HttpResponse:
    """Give a round's proposals, whole, as CSV or XLSX."""
    found = shown.competition(request.mall, competition)
    places = {each.proposal.pk: each for each in scoring.ranking(found)} if scoring.is_complete(found) else {}
    heads = [_("Inovasi"), _("Instansi"), _("Kelompok"), _("Keadaan"), _("Peringkat"), _("Nilai akhir")]
    rows: list[list[Value]] = []
    for each in shown.proposals(found, request.actor, state=_state(request), size=shown.ALL).items:
        place = places.get(each.pk)
        rows.append(
            [
                each.innovation.name,
                each.innovation.agency.name,
                each.get_group_display(),
                each.get_state_display(),
                place.place if place else None,
                place.shown if place else "",
            ]
        )
    return table_file(kind, f"{request.mall.slug}-competition-{found.pk}", Sheet(found.name, heads, rows))


@audience("overseer")
@require_POST
def jurors(request: Request, mall: str, competition: int) -> HttpResponse:
    """Name a juror."""
    found = shown.competition(request.mall, competition)
    form = JurorForm(shown.may_be_jurors(found), request.POST)
    if not form.is_valid():
        return _page(request, found, juror_form=form)
    try:
        made = acts.name_juror(found, form.cleaned_data["account"], by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, juror_form=form)
    messages.success(request, _("%(name)s menjadi juri.") % {"name": made.account.name})
    return redirect("innovations:competition", mall, competition)


@audience("overseer")
@require_POST
def dismissal(request: Request, mall: str, competition: int) -> HttpResponse:
    """Take a juror off the round."""
    found, form = shown.competition(request.mall, competition), ReasonForm(request.POST)
    number = request.POST.get("juror", "")
    known = number.isascii() and number.isdigit() and int(number) < 2**63
    juror = Juror.objects.filter(mall=request.mall, competition=found, pk=int(number)).first() if known else None
    if juror is None:
        raise NotUnderstood(_("Juri ini tidak ada dalam lomba ini."))
    try:
        acts.dismiss_juror(
            juror, reason=form.cleaned_data["reason"] if form.is_valid() else "", by=request.actor, at=timezone.now()
        )
    except RuleViolation as refusal:
        return _page(request, found, problem=str(refusal))
    messages.success(request, _("Juri berhenti."))
    return redirect("innovations:competition", mall, competition)


def _state(request: Request) -> str:
    return asked_choice(request, "state", Proposal.State.values)


def _page(
    request: Request, found: Competition, *, juror_form: JurorForm | None = None, problem: str = ""
) -> HttpResponse:
    state, cursor = _state(request), request.GET.get("cursor", "")
    page = shown.proposals(found, request.actor, state=state, cursor=cursor)
    is_complete = scoring.is_complete(found)
    context = {
        "competition": found,
        "criteria": [(rules().criteria[each["code"]].name, each["weight"]) for each in found.criteria],
        "lines": page.items,
        "next": page.next,
        "is_first": not cursor,
        "state": state,
        "states": Proposal.State.choices,
        "query": query_of(request),
        "now": timezone.now(),
        "parts": scoring.parts(found),
        "is_complete": is_complete,
        "ranking": scoring.ranking(found) if is_complete else [],
        "juror_form": juror_form or (JurorForm(shown.may_be_jurors(found)) if request.actor.manages else None),
        "can_decide": request.actor.manages,
        "problem": problem,
    }
    return answer(request, "innovations/competition.html", context, status=422 if juror_form or problem else 200)
