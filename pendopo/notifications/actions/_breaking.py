"""When a channel is left alone, and when one message tries it again. For actions only."""

from datetime import datetime, timedelta

from pendopo.notifications.models import Breaker
from pendopo.notifications.types import CHANNELS
from pendopo.tenancy.models import Mall

# So many failures after each other, and the channel rests: at first for seconds, at last for minutes.
PATIENCE = 5
SHORTEST, LONGEST = timedelta(seconds=15), timedelta(minutes=10)


def resting(mall: Mall, *, at: datetime) -> set[str]:
    """Return the channels of a mall that rest now."""
    return set(Breaker.objects.filter(mall=mall, open_until__gt=at).values_list("channel", flat=True))


def on_trial(mall: Mall, *, at: datetime) -> set[str]:
    """Return the channels whose rest is over and which did not answer since: one message tries each."""
    return set(Breaker.objects.filter(mall=mall, open_until__lte=at).values_list("channel", flat=True))


def note(mall: Mall, channel: str, *, failed: str, at: datetime) -> None:
    """Note how a channel answered; `failed` says why, "" that it took a message or refused an address."""
    assert channel in CHANNELS
    breaker = Breaker.objects.select_for_update().filter(mall=mall, channel=channel).first()
    if breaker is None:
        if not failed:
            return
        Breaker.objects.bulk_create([Breaker(mall=mall, channel=channel, changed_at=at)], ignore_conflicts=True)
        breaker = Breaker.objects.select_for_update().get(mall=mall, channel=channel)
    if not failed and not breaker.failures:
        return
    breaker.failures = min(breaker.failures + 1, 1_000_000) if failed else 0
    breaker.reason, breaker.changed_at = failed, at
    over = breaker.failures - PATIENCE
    rest = min(SHORTEST * 2 ** min(over, 10), LONGEST) if over >= 0 else None
    breaker.open_until = at + rest if rest else None
    breaker.save(update_fields=["failures", "open_until", "reason", "changed_at"])
