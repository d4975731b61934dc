"""The counters of a mall: the list, a new one, one counter, and taking it away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.actions import counters as acts
from pendopo.agencies.forms.places import CounterForm
from pendopo.agencies.http import Request
from pendopo.agencies.models import Agency, Counter
from pendopo.agencies.queries import places as shown
from pendopo.audit.queries import decisions
from pendopo.kernel import dates
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience, query_of
from pendopo.kernel.sheets import Sheet, Value, table_file

DECISIONS = ("counter.added", "counter.changed", "counter.retired")


@audience("manager")
@require_safe
def counters(request: Request, mall: str) -> HttpResponse:
    """Show the counters by number, a page at a time."""
    agency, retired, cursor = *_wanted(request), request.GET.get("cursor", "")
    page = shown.counters(request.mall, cursor, agency=agency, retired=retired)
    context = {
        "counters": page.items,
        "agencies": Agency.objects.filter(mall=request.mall).order_by("short_name"),
        "agency": agency,
        "retired": retired,
        "query": query_of(request),
        "next": page.next,
        "is_first": not cursor,
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, DECISIONS),
    }
    return answer(request, "agencies/counter_list.html", context)


@audience("manager")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    agency, retired = _wanted(request)
    page = shown.counters(request.mall, agency=agency, retired=retired, size=shown.ALL)
    heads = [_("Loket"), _("Instansi"), _("Zona"), _("Tempat"), _("Tidak dipakai sejak")]
    rows: list[list[Value]] = [
        [
            each.number, each.outlet.agency.short_name if each.outlet.agency else _("Loket bersama"), each.zone.name,
            each.zone.site.name, dates.short_day(request.mall.local(each.retired_at)) if each.retired_at else "",
        ]
        for each in page.items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-counters", Sheet(_("Loket"), heads, rows))


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Let the manager add a counter."""
    form = _form(request)
    made: list[Counter] = []
    if carried_out(
        form, lambda: made.append(acts.add_counter(**form.cleaned_data, by=request.actor, at=timezone.now()))
    ):
        messages.success(
            request, _("%(counter)s ada. Pilih sekarang antrean yang dipanggilnya.") % {"counter": made[0]}
        )
        return redirect("queues:counter_queues", mall, made[0].pk)
    context = {"form": form, "can_decide": request.actor.manages, "outlets": bool(shown.outlets(request.mall))}
    return answer(request, "agencies/counter_new.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: Request, mall: str, counter: int) -> HttpResponse:
    """Show one counter, and let the manager renumber or move it."""
    found = shown.counter(request.mall, counter)
    form = _form(request, found)
    if carried_out(form, lambda: acts.change_counter(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("agencies:counter_settings", mall, counter)
    # As it is kept, not as it was written.
    kept = shown.counter(request.mall, counter)
    context = {"counter": kept, "form": form, "can_decide": request.actor.manages}
    return answer(request, "agencies/counter_settings.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def retirement(request: Request, mall: str, counter: int) -> HttpResponse:
    """Say what ends with a counter, and take it away once that was confirmed."""
    found, at = shown.counter(request.mall, counter), timezone.now()
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if carried_out(
        form, lambda: acts.retire_counter(found, reason=form.cleaned_data["reason"], by=request.actor, at=at)
    ):
        messages.success(request, _("%(counter)s tidak dipakai lagi.") % {"counter": found})
        return redirect("agencies:counter_list", mall)
    context = {
        "counter": found,
        "consequences": shown.what_ends(found, at),
        "form": form,
        "can_decide": request.actor.manages,
    }
    return answer(request, "agencies/counter_retirement.html", context, status=422 if form.is_bound else 200)


def _form(request: Request, found: Counter | None = None) -> CounterForm:
    sent = request.POST if request.method == "POST" else None
    return CounterForm(list(shown.outlets(request.mall)), shown.zones(request.mall), sent, counter=found)


def _wanted(request: Request) -> tuple[str, bool]:
    return request.GET.get("agency", "")[:12], request.GET.get("state", "") == "retired"
