"""What waits to be picked up, and one product with all that happened to it."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.applications.forms.handovers import SendForm, ShelfForm
from pendopo.applications.models import Handover
from pendopo.applications.queries import handovers as shown
from pendopo.applications.queries.keepers import may_keep
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.forms import ReasonForm
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, table_file
from pendopo.queues.queries.cases import agencies_followed


class Sieve(forms.Form):
    """By what the list is narrowed."""

    agency = forms.CharField(max_length=12, required=False)
    state = forms.CharField(max_length=8, required=False)
    q = forms.CharField(max_length=40, required=False)


@audience("keeper")
@require_safe
def handovers(request: Request, mall: str) -> HttpResponse:
    """Show the products of the own agency, of all for managers; whichever has waited longest first."""
    agency, state, q = _sieve(request)
    cursor = request.GET.get("cursor", "")
    page = shown.handovers(request.mall, request.actor, kind=state, agency=agency, q=q, cursor=cursor)
    asked = {"agency": agency, "state": state if state != shown.WAITING else "", "q": q}
    context = {
        "products": page.items,
        "next": page.next,
        "is_first": not cursor,
        "agency": agency,
        "state": state,
        "q": q,
        "states": shown.kinds(),
        "agencies": agencies_followed(request.mall, request.actor),
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "can_bring": request.actor.on is None,
    }
    return answer(request, "applications/handovers.html", context)


@audience("keeper")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX; without names."""
    agency, state, q = _sieve(request)
    found = shown.handovers(request.mall, request.actor, kind=state, agency=agency, q=q, size=shown.ALL).items
    heads = [_("Produk"), _("Nomor dari instansi"), _("Instansi"), _("Tempat"), _("Keadaan"), _("Rak"), _("Sejak")]
    rows = [
        [
            each.product, each.number, each.agency.name, each.site.name, str(each.get_state_display()), each.shelf,
            dates.moment(each.changed_at, request.mall.timezone),
        ]
        for each in found
    ]  # fmt: skip
    return table_file(kind, f"{mall}-produk", Sheet(_("Produk untuk diambil"), heads, rows))


@audience("keeper")
@require_safe
def handover(request: Request, mall: str, handover: int) -> HttpResponse:
    """Show a product, who took it, and what can happen to it now."""
    found = shown.handover_of(request.mall, request.actor, handover)
    can = set(found.next_states) if may_keep(request.actor, found.agency_id) else set()
    context = {
        "product": found,
        "moves": shown.moves(found),
        "receipt": shown.receipt_of(found),
        "shelf": ShelfForm(initial={"shelf": shown.free_shelf(request.mall)}) if Handover.State.READY in can else None,
        "can_fetch": Handover.State.CALLED in can,
        "can_hand": Handover.State.HANDED in can,
        "sending": SendForm() if Handover.State.SENT in can else None,
        "back": ReasonForm() if Handover.State.RETURNED in can else None,
    }
    return answer(request, "applications/handover.html", context)


def _sieve(request: Request) -> tuple[str, str, str]:
    form = Sieve(request.GET)
    if not form.is_valid() or form.cleaned_data["state"] not in {"", *shown.STATES}:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return form.cleaned_data["agency"], form.cleaned_data["state"] or shown.WAITING, form.cleaned_data["q"]
