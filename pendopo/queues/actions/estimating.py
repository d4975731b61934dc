"""Telling a ticket's holder how long they will wait, and keeping what was told first."""

from collections.abc import Iterable
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
    return tell_waits(mall, [ticket], at=at).get(ticket.pk)


def tell_waits(mall: Mall, tickets: Iterable[Ticket], *, at: datetime) -> dict[int, WaitRange]:
    """Tell it of several tickets, each by its number in the database; in one reading of the hall."""
    told = list(tickets)
    found = waits.estimates(mall, told, at)
    for ticket in told:
        wait = found.get(ticket.pk)
        if wait and ticket.wait_low is None and at - ticket.queued_at <= AT_ISSUE:
            untold = Ticket.objects.filter(pk=ticket.pk, wait_low=None)
            if untold.update(wait_low=wait.low, wait_high=wait.high):
                ticket.wait_low, ticket.wait_high = wait.low, wait.high
    return found
