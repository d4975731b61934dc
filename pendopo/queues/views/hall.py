"""The manager's hall: zones and counters now, who waits, the next hour, and help from another counter."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.models import Counter
from pendopo.kernel.errors import NotFound, NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.actions import moving
from pendopo.queues.models import Queue
from pendopo.queues.queries import halls, loads, quotas
from pendopo.queues.queries.closings import closings_to_decide
from pendopo.queues.queries.halls import CounterNow, QueueNow
from pendopo.queues.queries.kiosks import kiosks
from pendopo.tenancy.models import Device

# These have their own lines, with their paper.
PRINTING = {Device.Kind.KIOSK, Device.Kind.PRINTER}
# So many counters are proposed beside a queue; all others stand on its own choice.
PROPOSED = 2
# The services that run out first; all stand on the page of quotas.
SHORTEST = 6


class HelpForm(forms.Form):
    """Which counter helps which queue, or (`stop`) helps it no longer."""

    queue = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    counter = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    stop = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)


@dataclass(frozen=True, slots=True)
class _Line:
    """A queue with the counters that help it, and those that could: each with how many wait for itself."""

    queue: QueueNow
    helpers: list[CounterNow]
    could_help: list[tuple[CounterNow, int]]


@audience("manager")
@require_safe
def hall(request: Request, mall: str) -> HttpResponse:
    """Show the manager the hall now; `?help=A` lists every counter that could help a queue."""
    return _hall(request)


@audience("manager")
@require_POST
def assistance(request: Request, mall: str) -> HttpResponse:
    """Let a counter help a queue, or take its help back."""
    form = HelpForm(request.POST)
    if not form.is_valid():
        return _hall(request, problem=_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    wanted = form.cleaned_data
    counter = Counter.objects.standing().filter(mall=request.mall, pk=wanted["stop"] or wanted["counter"]).first()
    queue = Queue.objects.standing().filter(mall=request.mall, pk=wanted["queue"]).first()
    if counter is None or queue is None:
        raise NotFound(_("Loket atau antrean tidak dikenal."))
    names = {"counter": counter, "queue": queue.code}
    now = timezone.now()
    try:
        if wanted["stop"]:
            moving.stop_helping(counter, queue, by=request.actor, at=now)
            return _hall(request, news=_("%(counter)s tidak lagi membantu antrean %(queue)s.") % names, of=queue.pk)
        moving.help_queue(counter, queue, by=request.actor, at=now)
    except RuleViolation as refusal:
        return _hall(request, problem=str(refusal))
    return _hall(request, news=_("%(counter)s kini membantu antrean %(queue)s.") % names, of=queue.pk)


def _hall(request: Request, *, problem: str = "", news: str = "", of: int | None = None) -> HttpResponse:
    """Show the hall; `of` is the queue whose help was changed and can be changed back."""
    now = timezone.now()
    queues = halls.hall_queues(request.mall, now)
    counters = halls.hall_counters(request.mall, now)
    waits = [line.oldest_at for line in queues if line.oldest_at]
    busy = [queue for queue in queues if queue.waiting or queue.being_served or queue.helpers]
    context = {
        "lines": [_line(queue, queues, counters) for queue in busy],
        "chosen": _chosen(of or _asked(request), queues, counters),
        "zones": halls.hall_zones(queues, counters),
        "missing": [counter for counter in counters if counter.should_be_open],
        "totals": {
            "waiting": sum(line.waiting for line in queues),
            "held": sum(line.held for line in queues),
            "oldest_at": min(waits, default=None),
            "open": sum(counter.is_open for counter in counters),
            "counters": len(counters),
            "should_be_open": sum(counter.should_be_open for counter in counters),
        },
        "forecast": loads.next_hour(request.mall, queues, counters, now),
        "places": quotas.ledgers(request.mall, request.mall.local(now).date())[:SHORTEST],
        "calls": halls.open_help_calls(request.mall),
        "closings": closings_to_decide(request.mall, now),
        "kiosks": kiosks(request.mall, now),
        "devices": [each for each in halls.devices_in_trouble(request.mall, now) if each[0].kind not in PRINTING],
        "can_move": request.actor.manages,
        "at": now,
        "error": problem,
        "notice": news,
    }
    return answer(request, "queues/hall.html#hall", context, status=422 if problem else 200)


def _line(queue: QueueNow, queues: list[QueueNow], counters: list[CounterNow]) -> _Line:
    helpers = [counter for counter in counters if counter.pk in queue.helpers]
    could_help = [] if queue.light == "calm" else halls.helpers_for(queue, queues, counters)
    return _Line(queue, helpers, could_help[:PROPOSED])


def _asked(request: Request) -> int | None:
    text = request.GET.get("help", "")
    if text and not (text.isascii() and text.isdigit()):
        raise NotUnderstood(_("Antrean tidak dikenal."))
    return int(text) if text else None


def _chosen(pk: int | None, queues: list[QueueNow], counters: list[CounterNow]) -> _Line | None:
    """Return the queue for which the manager wants to see every counter that helps or could."""
    if pk is None:
        return None
    for queue in queues:
        if queue.pk == pk:
            helpers = [counter for counter in counters if counter.pk in queue.helpers]
            return _Line(queue, helpers, halls.helpers_for(queue, queues, counters, everybody=True))
    raise NotFound(_("Antrean tidak dikenal."))
