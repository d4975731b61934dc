"""The innovation index of a year: every indicator with its value and weight, the sum, and where it comes from."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.innovations.actions import iga as acts
from pendopo.innovations.forms.iga import InnovationScoresForm, MaximaForm, ScoresForm
from pendopo.innovations.iga import formula
from pendopo.innovations.models.iga import INDICATORS, OF_INNOVATIONS
from pendopo.innovations.queries import iga as shown
from pendopo.innovations.views.asking import asked_year
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file

OF_GOVERNMENT = [number for number in INDICATORS if number not in OF_INNOVATIONS]


@audience("oversight")
@require_safe
def index(request: Request, mall: str) -> HttpResponse:
    """Show the index."""
    return _page(request)


@audience("oversight")
@require_safe
def table(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give its indicators as CSV or XLSX."""
    year = asked_year(request)
    found = shown.year(request.mall, year).index
    heads = [_("Nomor"), _("Indikator"), _("Skor"), _("Nilai dalam rumus"), _("Nilai tertinggi"), _("Bobot (%)")]
    rows: list[list[Value]] = [
        [
            str(each.number),
            each.name,
            _figure(each.scored),
            _figure(each.value),
            _figure(each.maximum),
            _figure(each.weight),
        ]
        for each in found.indicators
    ]
    rows.append(["", _("Jumlah"), None, _figure(found.total), _figure(found.maximum), _figure(found.result)])
    return table_file(kind, f"{request.mall.slug}-iga-{year}", Sheet(f"IGA {year}", heads, rows))


def _figure(value: object) -> str:
    return "" if value is None else f"{value:.2f}"


@audience("oversight")
@require_POST
def maxima(request: Request, mall: str) -> HttpResponse:
    """Write what indicators can score."""
    form, year = MaximaForm(INDICATORS, {}, request.POST, prefix="maxima"), asked_year(request)

    def act() -> None:
        source = form.cleaned_data["source"]
        acts.set_maxima(request.mall, year, form.figures, source=source, by=request.actor, at=timezone.now())

    return _done(request, form, act)


@audience("oversight")
@require_POST
def scores(request: Request, mall: str) -> HttpResponse:
    """Write what indicators scored: of the government, or of one innovation."""
    year = asked_year(request)
    form: ScoresForm | InnovationScoresForm
    if "each-source" in request.POST:
        innovations = shown.innovations_of(request.mall, year)
        form = InnovationScoresForm(innovations, OF_INNOVATIONS, request.POST, prefix="each")
    else:
        form = ScoresForm(OF_GOVERNMENT, {}, request.POST, prefix="own")

    def act() -> None:
        told = form.cleaned_data
        acts.set_scores(
            request.mall,
            year,
            form.figures,
            source=told["source"],
            innovation=told.get("innovation"),
            by=request.actor,
            at=timezone.now(),
        )

    return _done(request, form, act)


def _done(request: Request, form: forms.Form, act: Callable[[], None]) -> HttpResponse:
    if form.is_valid():
        try:
            act()
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Tersimpan."))
            here = reverse("innovations:iga", args=[request.mall.slug])
            return redirect(f"{here}?year={asked_year(request)}")
    return _page(request, sent=form)


def _page(request: Request, *, sent: forms.Form | None = None) -> HttpResponse:
    year = asked_year(request)
    found = shown.year(request.mall, year)
    told = formula()
    blank: dict[str, forms.Form] = {}
    if request.actor.manages:
        innovations = shown.innovations_of(request.mall, year)
        blank = {
            "maxima": MaximaForm(INDICATORS, found.maxima, prefix="maxima"),
            "own": ScoresForm(OF_GOVERNMENT, found.scores, prefix="own"),
        }
        if innovations:
            blank["each"] = InnovationScoresForm(innovations, OF_INNOVATIONS, prefix="each")
    if sent is not None:
        blank[str(sent.prefix)] = sent
    context = {
        "year": year,
        "years": sorted({year, *shown.years(request.mall)}, reverse=True),
        "index": found.index,
        "found": found,
        "formula": told,
        "aspects": [(aspect, aspect.share * 100, found.index.share(aspect)) for aspect in told.aspects],
        "forms": blank,
        "sent": sent.prefix if sent else "",
        "query": f"year={year}",
    }
    return answer(request, "innovations/iga.html", context, status=422 if sent else 200)
