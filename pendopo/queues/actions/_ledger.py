"""The ledger of a day's places, as far as Python writes it: a place given back. Taking one is in queues_quota.sql."""

from django.db.models import F

from pendopo.queues.models import QuotaDay, Ticket
from pendopo.queues.types import Origin


def give_back(ticket: Ticket) -> None:
    """Give the place of a ticket that ended unserved back to its service's day, for whoever comes next.

    One that was taken before the day had places, of an origin that has none taken, has none to give.
    """
    day = QuotaDay.objects.filter(
        mall_id=ticket.mall_id,
        service_id=ticket.variant.service_id,
        site_id=ticket.visit.site_id,
        day=ticket.day,
    )
    if ticket.visit.origin == Origin.PHONE:
        day.filter(taken_by_phone__gt=0).update(taken=F("taken") - 1, taken_by_phone=F("taken_by_phone") - 1)
    else:
        day.filter(taken__gt=F("taken_by_phone")).update(taken=F("taken") - 1)
