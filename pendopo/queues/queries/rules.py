"""What a mall has decided about its hall."""

from datetime import datetime, timedelta

from pendopo.queues.models import HallRules, Ticket
from pendopo.tenancy.models import Mall


def rules_of(mall: Mall) -> HallRules:
    """Return a mall's rules; the defaults where nobody has decided."""
    return HallRules.objects.filter(mall=mall).first() or HallRules(mall=mall)


def return_until(ticket: Ticket, rules: HallRules) -> datetime:
    """Return until when the holder of a missed ticket may come back."""
    return ticket.changed_at + timedelta(minutes=rules.return_minutes)


def check_in_until(ticket: Ticket, rules: HallRules) -> datetime:
    """Return until when the holder of an unchecked ticket must report to keep the place."""
    return ticket.queued_at + timedelta(minutes=rules.check_in_minutes)
