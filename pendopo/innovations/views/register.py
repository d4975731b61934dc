"""The register: list as page and file, the public's page, one innovation with what became of it, the novelty check."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.queries.directory import agencies_steered
from pendopo.innovations.actions import register as acts
from pendopo.innovations.forms.register import KNOWN, InnovationForm, NewInnovationForm, NoveltyForm
from pendopo.innovations.models import Innovation, Life
from pendopo.innovations.queries import register as shown
from pendopo.innovations.queries import standing
from pendopo.innovations.queries.novelty import nearest
from pendopo.innovations.views.asking import asked_choice, asked_words, asked_year
from pendopo.kernel import dates
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience, query_of
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("overseer")
@require_safe
def innovations(request: Request, mall: str) -> HttpResponse:
    """Show the register."""
    wanted, cursor = _wanted(request), request.GET.get("cursor", "")
    page = shown.innovations(request.mall, request.actor, todays_date(request), wanted, cursor=cursor)
    context = {
        "lines": page.items,
        "next": page.next,
        "is_first": not cursor,
        "wanted": wanted,
        "years": standing.years(request.mall),
        "lives": Life.choices,
        "life_names": dict(Life.choices),
        "query": query_of(request),
        "may_register": request.actor.steers_any,
    }
    return answer(request, "innovations/innovations.html", context)


@audience("overseer")
@require_safe
def table(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    day = todays_date(request)
    page = shown.innovations(request.mall, request.actor, day, _wanted(request), size=shown.ALL)
    heads = [
        _("Inovasi"), _("Kepanjangan nama"), _("Instansi"), _("Tahun"), _("Diterapkan sejak"), _("Keadaan"),
        _("Terakhir dipakai"), _("Penghargaan"), _("Dasar hukum"), _("Sumber"),
    ]  # fmt: skip
    rows: list[list[Value]] = [_row(each) for each in page.items]
    return table_file(kind, f"{request.mall.slug}-innovations", Sheet(_("Daftar inovasi"), heads, rows))


def _row(each: Innovation) -> list[Value]:
    started = dates.short_day(each.started_on) if each.started_on else str(each.started_in or "")
    return [
        each.name,
        each.expansion,
        each.agency.name,
        each.year,
        started,
        str(Life(each.life).label),
        dates.month(each.used_until) if each.used_until else "",
        "; ".join(f"{award.name} ({award.year})" for award in each.awards.all()),
        each.legal_basis,
        each.source,
    ]


def _wanted(request: Request) -> shown.Filter:
    year = asked_year(request) if request.GET.get("year") else None
    return shown.Filter(year, asked_choice(request, "life", Life.values), asked_words(request))


@audience("public")
@require_safe
def published(request: Request, mall: str) -> HttpResponse:
    """Let everybody read the innovations that are published."""
    words, cursor = asked_words(request), request.GET.get("cursor", "")
    page = shown.published(request.mall, todays_date(request), words, cursor=cursor)
    context = {
        "lines": page.items,
        "next": page.next,
        "is_first": not cursor,
        "words": words,
        "query": query_of(request),
        "life_names": dict(Life.choices),
    }
    return answer(request, "innovations/published.html", context)


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Enter an innovation in the register."""
    own = agencies_steered(request.mall, request.actor)
    initial = {"year": todays_date(request).year}
    form = NewInnovationForm(own, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            made = acts.register_innovation(form.cleaned_data["agency"], form.told, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(name)s” tercatat.") % {"name": made.name})
            return redirect("innovations:innovation", mall, made.pk)
    context = {"form": form, "can_decide": bool(own)}
    return answer(request, "innovations/innovation_form.html", context, status=422 if form.is_bound else 200)


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, mall: str, innovation: int) -> HttpResponse:
    """Write anew what is known of an innovation."""
    found = shown.innovation(request.mall, request.actor, innovation, todays_date(request))
    form = InnovationForm(
        request.POST if request.method == "POST" else None, initial={name: getattr(found, name) for name in KNOWN}
    )
    if form.is_valid():
        try:
            acts.change_innovation(found, form.told, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Tersimpan."))
            return redirect("innovations:innovation", mall, innovation)
    context = {"form": form, "innovation": found, "can_decide": request.actor.steers(found.agency_id)}
    return answer(request, "innovations/innovation_form.html", context, status=422 if form.is_bound else 200)


@audience("overseer")
@require_safe
def novelty(request: Request, mall: str) -> HttpResponse:
    """Show which innovations of the register are nearest to an idea, and why. Nothing is kept."""
    form = NoveltyForm(request.GET if request.GET else None)
    near = nearest(request.mall, form.cleaned_data["name"], form.cleaned_data["text"]) if form.is_valid() else []
    context = {"form": form, "near": near, "is_asked": form.is_valid(), "sees_all": request.actor.overseen is None}
    context["seen"] = _seen(request) if near else frozenset()
    return answer(request, "innovations/novelty.html", context, status=422 if form.errors else 200)


def _seen(request: Request) -> frozenset[int]:
    """Return the innovations of other agencies that the actor may open."""
    if request.actor.overseen is None:
        return frozenset()
    return frozenset(shown.visible(request.mall, request.actor).values_list("pk", flat=True))
