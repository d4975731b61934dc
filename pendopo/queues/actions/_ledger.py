"""The ledger of a day's places, as far as Python writes it: a place given back. Taking one is in queues_quota.sql."""

from django.db.models import F
from django.db.models.functions import Greatest

from pendopo.queues.models import QuotaDay, Ticket
from pendopo.queues.types import Origin


def give_back(ticket: Ticket) -> None:
    """Give the place of a ticket that ended unserved back to its service's day, for whoever comes next."""
    by_phone = ticket.visit.origin == Origin.PHONE
    day = QuotaDay.objects.filter(
        mall_id=ticket.mall_id,
        service_id=ticket.variant.service_id,
        site_id=ticket.visit.site_id,
        day=ticket.day,
        taken__gt=0,
    )
    given = {"taken_by_phone": Greatest(F("taken_by_phone") - 1, 0)} if by_phone else {}
    day.update(taken=F("taken") - 1, **given)
