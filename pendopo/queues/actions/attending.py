"""One coming to the common desk: a number for each service that somebody came for, all of one visit."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.queues.actions import taking
from pendopo.queues.actions.taking import Caller, Taken
from pendopo.queues.models import Ticket
from pendopo.queues.types import NO_NEEDS, Needs, Origin
from pendopo.tenancy.models import Mall, Site

# Whoever came for more is better helped in two rounds: each place waits while another is used.
MOST_SERVICES = 5


@transaction.atomic
def attend(
    mall: Mall,
    services: Sequence[str],
    *,
    request_id: UUID,
    by: Actor,
    at: datetime,
    needs: Needs = NO_NEEDS,
    visit_key: str = "",
) -> list[Taken]:
    """Take a ticket for each service (or variant) of one visit, all or none; the same request again gets the same ones.

    With `visit_key`, the key of a ticket of today, they join that visit, which keeps its needs. Raises NotAllowed
    (only the common desk and managers), NotUnderstood (no service, or more than MOST_SERVICES), and all that
    `taking.take` raises.
    """
    if not by.works_for(None):
        raise NotAllowed(_("Hanya meja informasi yang dapat melakukan ini."))
    wanted = list(dict.fromkeys(services))
    if not wanted:
        raise NotUnderstood(_("Pilih layanan dahulu, lalu ambil nomor antrean."))
    if len(wanted) > MOST_SERVICES:
        raise NotUnderstood(_("Paling banyak %(number)d layanan dalam satu kunjungan.") % {"number": MOST_SERVICES})
    first = _take(mall, wanted[0], needs, request_id, by, at, visit_key)
    joined = visit_key or first.key
    tickets = [first, *(_take(mall, service, needs, request_id, by, at, joined) for service in wanted[1:])]
    given = {"priority": needs.priority, "tickets": [taken.id for taken in tickets]}
    audit.record("visit.attended", f"ticket:{tickets[0].id}", by=by, at=at, after=given)
    return tickets


def _take(mall: Mall, service: str, needs: Needs, request_id: UUID, by: Actor, at: datetime, joined: str) -> Taken:
    return taking.take(
        mall,
        service,
        origin=Origin.DESK,
        request_id=uuid5(request_id, service),
        by=Caller(account_id=by.account_id),
        at=at,
        site=_site_of(mall, joined),
        needs=needs,
        visit_key=joined,
    )


def _site_of(mall: Mall, joined: str) -> Site | None:
    """Where the visit is: nobody comes to two places at once."""
    found = Ticket.objects.filter(mall=mall, key=joined).select_related("visit__site").first() if joined else None
    return found.visit.site if found else None
