"""Sending a visitor on: first to which line, then for which service."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendopo.agencies.http import Request
from pendopo.agencies.models import Counter
from pendopo.catalogue.models import Variant
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.forms import understood
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import forwarding
from pendopo.queues.forms.console import TransferForm
from pendopo.queues.models import Queue, Ticket
from pendopo.queues.queries import desks
from pendopo.queues.types import State
from pendopo.queues.views.console import counter_of, open_at
from pendopo.queues.views.desk import strip_query


@audience("officer")
@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: Request, mall: str, counter: int) -> HttpResponse:
    """Choose where the visitor goes on, and send them there."""
    place = counter_of(request, counter)
    back = reverse("queues:console", args=[mall, place.pk]) + strip_query(request)
    ticket = desks.open_ticket_at(place)
    if request.method == "POST":
        try:
            _forward(request, open_at(place))
        except RuleViolation as refusal:
            return _page(request, place, ticket, back, problem=str(refusal), status=422)
        return redirect(back)
    return _page(request, place, ticket, back)


def _forward(request: Request, ticket: Ticket) -> Ticket:
    sent = understood(TransferForm(request.POST)).cleaned_data
    queue = Queue.objects.standing().filter(mall=request.mall, pk=sent["queue"]).first()
    variant = Variant.objects.filter(mall=request.mall, code=sent["service"]).first() if sent["service"] else None
    if queue is None or (sent["service"] and variant is None):
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return forwarding.forward(
        ticket,
        to=queue,
        variant=variant,
        note=sent["note"],
        is_done=sent["is_done"],
        by=request.actor,
        at=timezone.now(),
    )


def _page(
    request: Request, place: Counter, ticket: Ticket | None, back: str, *, problem: str = "", status: int = 200
) -> HttpResponse:
    lines = desks.lines_beside(ticket) if ticket else []
    wanted = request.POST.get("queue") or request.GET.get("queue") or ""
    chosen = next((line for line in lines if str(line.pk) == wanted), None)
    context = {
        "counter": {"pk": place.pk, "label": _("Loket %(number)s") % {"number": place.number}},
        "back": back,
        "query": strip_query(request),
        "ticket": ticket,
        "is_serving": ticket is not None and ticket.state == State.SERVING,
        "lines": lines,
        "chosen": chosen,
        "is_same": chosen is not None and ticket is not None and chosen.pk == ticket.queue_id,
        "variants": desks.variants_in(chosen, ticket.day) if chosen and ticket else [],
        "problem": problem,
    }
    return answer(request, "queues/transfer.html", context, status=status)
