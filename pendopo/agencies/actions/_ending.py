from datetime import datetime

from pendopo.agencies.actions import duty
from pendopo.agencies.models import Counter, Duty
from pendopo.agencies.types import Actor


def end_duties_at(counter: Counter, *, reason: str, by: Actor, at: datetime) -> int:
    """Take what is still to come off the roster of a counter; return how many duties that were."""
    today = counter.mall.local(at).date()
    coming = Duty.objects.filter(mall=counter.mall_id, counter=counter).exclude(day__lt=today)
    numbers = list(coming.exclude(valid_until__lt=today).values_list("pk", flat=True))
    return duty.end_duties(counter.mall, numbers, reason=reason, by=by, at=at) if numbers else 0
