"""What somebody should know before they take a number for a service."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pendopo.catalogue.models import Published
from pendopo.queues.queries.lateness import late_warning
from pendopo.queues.queries.rules import rules_of
from pendopo.queues.queries.status import hall_status
from pendopo.queues.queries.tickets import queue_of_service
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class ServiceNotes:
    """Why nobody is received now, closings told ahead, and whether the estimate passes closing; each may be empty.

    `report_minutes`: within how many minutes whoever takes by phone must report at the hall; 0 where nobody must.
    """

    away: str = ""
    coming: Sequence[str] = ()
    late: str = ""
    report_minutes: int = 0


def service_notes(mall: Mall, service_code: str, outlet_id: int, at: datetime) -> ServiceNotes:
    """Return the notes on a service that an outlet offers. Stand inside the mall."""
    status = hall_status(mall, at)
    queue = queue_of_service(mall, service_code, mall.local(at).date())
    opening = status.openings.get(outlet_id)
    if queue is None or opening is None:
        return ServiceNotes()
    return ServiceNotes(
        status.away(outlet_id, queue.pk),
        status.coming_to(outlet_id, queue.pk),
        # Where no numbers are given nobody needs to choose.
        late_warning(mall, service_code, outlet_id, at) if opening.is_open else "",
    )


def notes_of_code(mall: Mall, service_code: str, at: datetime) -> ServiceNotes:
    """Return the notes on a published service, by its code alone, for whoever takes a number by phone."""
    shown = Published.objects.of_mall(mall).filter(service_code=service_code, position=1).first()
    if shown is None:
        return ServiceNotes()
    rules = rules_of(mall)
    notes = service_notes(mall, service_code, shown.outlet_id, at)
    return replace(notes, report_minutes=rules.check_in_minutes if rules.check_in_required else 0)
