from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.http import answer, audience
from pendopo.queues import queries


@audience("manager")
@require_safe
def hall(request: Request, mall: str) -> HttpResponse:
    """Show the manager who waits where, the longest wait, and which counters should be open and are not."""
    now = timezone.now()
    lines = queries.hall_queues(request.mall, request.mall.local(now).date())
    counters = queries.hall_counters(request.mall, now)
    waits = [line.oldest_at for line in lines if line.oldest_at]
    context = {
        "queues": lines,
        "counters": counters,
        "waiting": sum(line.waiting for line in lines),
        "being_served": sum(line.being_served for line in lines),
        "longest_since": min(waits, default=None),
        "open_counters": sum(counter.state == "open" for counter in counters),
        "missing_counters": [counter for counter in counters if counter.should_be_open],
        "silent_devices": queries.silent_devices(request.mall, now),
        "now": now,
    }
    return answer(request, "queues/hall.html#hall", context)
