"""Telling a ticket's holder how long they will wait, and keeping what was told first."""

from datetime import datetime, timedelta

from pendopo.queues.models import Ticket
from pendopo.queues.queries import waits
from pendopo.queues.waiting.simulation import WaitRange
from pendopo.tenancy.models import Mall

# What is told later than this was not told when the ticket was taken.
AT_ISSUE = timedelta(minutes=2)


def tell_wait(mall: Mall, ticket: Ticket, *, at: datetime) -> WaitRange | None:
    """Return how long a ticket will still wait; what is told first, right after it was taken, is kept with it.

    For pages and slips, after the ticket was taken: never inside the taking. Kept once, so that it can be held against
    what came.
    """
    found = waits.estimate(mall, ticket, at)
    if found and ticket.wait_low is None and at - ticket.queued_at <= AT_ISSUE:
        untold = Ticket.objects.filter(pk=ticket.pk, wait_low=None)
        if untold.update(wait_low=found.low, wait_high=found.high):
            ticket.wait_low, ticket.wait_high = found.low, found.high
    return found
