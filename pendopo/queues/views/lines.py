"""The queues of a mall: the list with what is missing, one queue, who stands in it, who calls from it, its end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.queries import places
from pendopo.audit.queries import decisions
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.queues.actions import arranging as acts
from pendopo.queues.forms.lines import CallersForm, OrderForm, QueueForm, ServicesForm
from pendopo.queues.models import Queue
from pendopo.queues.queries import arranged as shown

DECISIONS = (
    "queue.opened", "queue.changed", "queue.services_set", "queue.callers_set", "queue.retired", "counter.assigned",
)  # fmt: skip


@audience("manager")
@require_safe
def queues(request: Request, mall: str) -> HttpResponse:
    """Show what is missing, and the queues, a page at a time."""
    cursor, retired = request.GET.get("cursor", ""), request.GET.get("state") == "retired"
    page = shown.queues(request.mall, cursor, retired=retired)
    context = {
        "lines": page.items,
        "gaps": shown.missing(request.mall),
        "retired": retired,
        "query": "state=retired" if retired else "",
        "next": page.next,
        "is_first": not cursor,
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, DECISIONS),
    }
    return answer(request, "queues/queue_list.html", context)


@audience("manager")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    page = shown.queues(request.mall, retired=request.GET.get("state") == "retired", size=shown.ALL)
    heads = [_("Huruf"), _("Antrean"), _("Zona"), _("Tempat"), _("Layanan"), _("Loket"), _("Loket pembantu")]
    rows: list[list[Value]] = [
        [
            line.queue.code, line.queue.name, line.queue.zone.name, line.queue.site.name, line.services,
            ", ".join(map(str, line.own)), ", ".join(map(str, line.helpers)),
        ]
        for line in page.items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-queues", Sheet(_("Antrean"), heads, rows))


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Let the manager make a queue."""
    zones = places.zones(request.mall)
    form = QueueForm(zones, request.POST if request.method == "POST" else None)
    made: list[Queue] = []
    if carried_out(
        form, lambda: made.append(acts.make_queue(**form.cleaned_data, by=request.actor, at=timezone.now()))
    ):
        messages.success(request, _("Antrean %(queue)s ada. Pilih sekarang layanannya.") % {"queue": made[0].code})
        return redirect("queues:queue_services", mall, made[0].pk)
    context = {"form": form, "can_decide": request.actor.manages, "has_zones": bool(zones)}
    return answer(request, "queues/queue_new.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: Request, mall: str, queue: int) -> HttpResponse:
    """Show one queue, and let the manager change its letters, name or zone."""
    found = shown.queue(request.mall, queue)
    zones = [zone for zone in places.zones(request.mall) if zone.site_id == found.site_id]
    form = QueueForm(zones, request.POST if request.method == "POST" else None, queue=found)
    if carried_out(form, lambda: acts.change_queue(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("queues:queue_settings", mall, queue)
    inside, callers = shown.services_in(found), shown.callers_of(found)
    context = {
        "queue": found,
        "form": form,
        "services": [service for service, _letters in shown.services_for(found) if service.pk in inside],
        "callers": [(each, callers[each.pk]) for each in shown.counters_at(found.site) if each.pk in callers],
        "can_decide": request.actor.manages,
    }
    return answer(request, "queues/queue_settings.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def services(request: Request, mall: str, queue: int) -> HttpResponse:
    """Show which services stand in a queue, and let the manager choose; `?add=` a service: it is chosen already."""
    found = shown.queue(request.mall, queue)
    added = request.GET.get("add", "")
    chosen = shown.services_in(found) | ({int(added)} if added.isascii() and added.isdigit() else set())
    sent = request.POST if request.method == "POST" else None
    # Those that stand in it come first: they are found without reading all.
    offered = sorted(shown.services_for(found), key=lambda each: each[0].pk not in chosen)
    form = ServicesForm(offered, sent, queue=found, chosen=chosen)
    if carried_out(
        form,
        lambda: acts.set_services(
            found, form.services, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
        ),
    ):
        messages.success(request, _("Layanan antrean %(queue)s tersimpan.") % {"queue": found.code})
        return redirect("queues:queue_settings", mall, queue)
    context = {"queue": found, "form": form, "can_decide": request.actor.manages}
    return answer(request, "queues/queue_services.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def callers(request: Request, mall: str, queue: int) -> HttpResponse:
    """Show which counters call from a queue, and let the manager choose."""
    found = shown.queue(request.mall, queue)
    sent = request.POST if request.method == "POST" else None
    form = CallersForm(shown.counters_at(found.site), sent, callers=shown.callers_of(found))
    if carried_out(
        form,
        lambda: acts.set_callers(
            found, form.callers, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
        ),
    ):
        messages.success(request, _("Loket antrean %(queue)s tersimpan.") % {"queue": found.code})
        return redirect("queues:queue_settings", mall, queue)
    context = {"queue": found, "form": form, "can_decide": request.actor.manages}
    return answer(request, "queues/queue_callers.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def counter_queues(request: Request, mall: str, counter: int) -> HttpResponse:
    """Show from which queues a counter calls, and let the manager choose and order them; `up`, `down`: not kept yet."""
    found = places.counter(request.mall, counter)
    sent = request.POST if request.method == "POST" else None
    form = OrderForm(shown.queues_at(found.zone.site), shown.lines_of(found), sent)
    if not form.is_moved and carried_out(
        form,
        lambda: acts.set_queues(
            found, form.chosen("own"), form.chosen("helped"), reason=form.cleaned_data["reason"], by=request.actor,
            at=timezone.now(),
        ),
    ):  # fmt: skip
        messages.success(request, _("%(counter)s memanggil menurut urutan baru.") % {"counter": found})
        return redirect("agencies:counter_settings", mall, counter)
    context = {
        "counter": found,
        "form": form,
        "rows": form.rows,
        "order": ",".join(str(pk) for pk in form.order),
        "can_decide": request.actor.manages,
    }
    is_refused = form.is_bound and not form.is_moved
    return answer(request, "queues/counter_queues.html", context, status=422 if is_refused else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def retirement(request: Request, mall: str, queue: int) -> HttpResponse:
    """Say what ends with a queue, and put it away once that was confirmed."""
    found = shown.queue(request.mall, queue)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if carried_out(
        form,
        lambda: acts.retire_queue(found, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()),
    ):
        messages.success(request, _("Antrean %(queue)s tidak dipakai lagi.") % {"queue": found.code})
        return redirect("queues:queue_list", mall)
    callers, told = shown.callers_of(found), []
    if numbers := [str(each.number) for each in shown.counters_at(found.site) if each.pk in callers]:
        named = {"queue": found.code, "numbers": ", ".join(numbers)}
        told.append(_("Antrean %(queue)s tidak lagi dipanggil loket %(numbers)s.") % named)
    if count := len(shown.services_in(found)):
        told.insert(0, _("%(count)d layanan masih di antrean ini: pindahkan dahulu.") % {"count": count})
    context = {"queue": found, "consequences": told, "form": form, "can_decide": request.actor.manages}
    return answer(request, "queues/queue_retirement.html", context, status=422 if form.is_bound else 200)
