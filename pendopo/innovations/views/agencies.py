"""One Agency One Innovation, as page and file."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.innovations.queries import standing as shown
from pendopo.innovations.views.asking import asked_choice, asked_words, asked_year
from pendopo.kernel.http import answer, audience, query_of
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("overseer")
@require_safe
def agencies(request: Request, mall: str) -> HttpResponse:
    """Show which agencies have an innovation of a year, and which have none."""
    year, state, cursor = (
        asked_year(request),
        asked_choice(request, "state", shown.State),
        request.GET.get("cursor", ""),
    )
    words = asked_words(request)
    page = shown.lines(request.mall, request.actor, year, state=state, words=words, cursor=cursor)
    context = {
        "year": year,
        "years": sorted({year, *shown.years(request.mall)}, reverse=True),
        "standing": shown.standing(request.mall, year) if request.actor.overseen is None else None,
        "lines": page.items,
        "next": page.next,
        "is_first": not cursor,
        "state": state,
        "states": shown.State.choices,
        "words": words,
        "query": query_of(request),
    }
    return answer(request, "innovations/agencies.html", context)


@audience("overseer")
@require_safe
def table(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    year, state = asked_year(request), asked_choice(request, "state", shown.State)
    page = shown.lines(request.mall, request.actor, year, state=state, words=asked_words(request), size=shown.ALL)
    heads = [_("Instansi"), _("Keadaan"), _("Inovasi tahun itu"), _("Inovasi sebelumnya")]
    rows: list[list[Value]] = [
        [each.agency.name, str(each.state.label), each.names, each.earlier] for each in page.items
    ]
    title = _("Satu instansi satu inovasi %(year)s") % {"year": year}
    return table_file(kind, f"{request.mall.slug}-innovation-{year}", Sheet(title, heads, rows))
