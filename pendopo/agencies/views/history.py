"""Everything that was decided with a reason in the mall."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.queries import history as shown
from pendopo.kernel import dates
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, table_file


@audience("manager")
@require_safe
def history(request: Request, mall: str) -> HttpResponse:
    """Show the decisions, the newest first; of one kind where it is asked for."""
    kind, cursor = request.GET.get("kind", ""), request.GET.get("cursor", "")
    page = shown.history(request.mall, kind=kind, cursor=cursor)
    context = {
        "lines": page.items,
        "next": page.next,
        "is_first": not cursor,
        "query": f"kind={kind}" if kind else "",
        "kind": kind,
        "kinds": [(name, each.label) for name, each in shown.KINDS.items()],
    }
    return answer(request, "agencies/settings_history.html", context)


@audience("manager")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    heads = [_("Kapan"), _("Tentang"), _("Yang dilakukan"), _("Alasan"), _("Oleh")]
    zone = request.mall.timezone
    found = shown.history(request.mall, kind=request.GET.get("kind", ""), size=shown.ALL)
    rows = [
        [dates.moment(each.at, zone), each.kind, each.act, each.reason, each.who or _("Sistem")] for each in found.items
    ]
    return table_file(kind, f"{request.mall.slug}-decisions", Sheet(_("Riwayat keputusan"), heads, rows))
