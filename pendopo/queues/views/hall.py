from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.http import answer, audience
from pendopo.queues.queries import halls


@audience("manager")
@require_safe
def hall(request: Request, mall: str) -> HttpResponse:
    """Show the manager who waits where, the longest wait, and which counters should be open and are not."""
    now = timezone.now()
    lines = halls.hall_queues(request.mall, request.mall.local(now).date())
    counters = halls.hall_counters(request.mall, now)
    waits = [line.oldest_at for line in lines if line.oldest_at]
    context = {
        "queues": lines,
        "counters": counters,
        "totals": {
            "waiting": sum(line.waiting for line in lines),
            "oldest_at": min(waits, default=None),
            "open": sum(counter.is_open for counter in counters),
            "should_be_open": sum(counter.should_be_open for counter in counters),
        },
        "devices": halls.silent_devices(request.mall, now),
        "at": now,
    }
    return answer(request, "queues/hall.html#hall", context)
