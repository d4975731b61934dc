"""Who would be concerned when an outlet closes early."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from pendopo.agencies.models import Outlet
from pendopo.agencies.queries import openings
from pendopo.queues.models import Ticket
from pendopo.queues.types import State
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class OutletNow:
    """An outlet with how many wait for its agency's services at its site now, and whether it receives people."""

    outlet: Outlet
    waiting: int
    is_open: bool
    opening: str


def outlets_now(mall: Mall, at: datetime) -> list[OutletNow]:
    """Return every agency's outlet, those with most people waiting first; three queries."""
    waiting = Ticket.objects.filter(mall=mall, day=mall.local(at).date(), state=State.WAITING)
    counted = {
        (site, agency): many
        for site, agency, many in waiting.values_list("visit__site", "variant__service__agency").annotate(Count("pk"))
    }
    now = openings(mall, at)
    outlets = Outlet.objects.filter(mall=mall).exclude(agency=None).select_related("agency", "site", "mall")
    rows = [
        OutletNow(
            outlet,
            counted.get((outlet.site_id, outlet.agency_id), 0),
            now[outlet.pk].state == "open",
            now[outlet.pk].text,
        )
        for outlet in outlets.order_by("agency__short_name", "pk")
    ]
    return sorted(rows, key=lambda row: -row.waiting)
