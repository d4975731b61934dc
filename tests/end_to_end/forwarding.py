"""Papers taken in at a counter for an agency that works on them elsewhere, half way."""

from datetime import datetime, timedelta
from uuid import uuid4

from pendopo.agencies.models import Outlet
from pendopo.agencies.types import Actor
from pendopo.catalogue.actions import charters, covering, fees
from pendopo.catalogue.models import Coverage, Variant
from pendopo.queues.actions import cases, serving
from pendopo.queues.models import ForwardedCase, Ticket
from pendopo.queues.types import Outcome


def forward(ticket: Ticket, officer: Actor, *, by: Actor, at: datetime, word: str = "") -> dict[str, int | str]:
    """End the service of a ticket with its papers taken in, and ask for more; return the case and the ticket's key.

    Its variant has a fee that begins next month, and its agency somebody who signs. `word` stands in what people write.
    """
    variant = Variant.objects.select_related("service__agency", "service__mall").get(pk=ticket.variant_id)
    service = variant.service
    outlet = Outlet.objects.filter(agency=service.agency).select_related("site").order_by("pk")[0]
    covering.decide_coverage(service, Coverage.FORWARD, outlet=outlet, reason=f"Dikerjakan {word}", by=by, at=at)
    serving.complete(
        ticket, outcome=Outcome.TAKEN_IN, agency_number=f"B-1 {word}"[:40], papers=range(1, 60), by=officer, at=at
    )
    case = ForwardedCase.objects.get(ticket=ticket)
    for step in ("sent", "received", "asked"):
        case = cases.take_step(case, step, reason=f"Kurang pas foto {word}", by=by, at=at)
    today = service.mall.local(at).date()
    fees.set_fee(
        variant, amount=25_000, basis=f"Perwal {word}", valid_from=today + timedelta(days=30), reason=f"Tarif {word}",
        by=by, at=at,
    )  # fmt: skip
    charters.name_signer(
        service.agency, office=f"Kepala {word}", name=f"Ratna {word}", decree=f"065/1 {word}", decree_on=today,
        reason=f"Pejabat {word}", by=by, at=at,
    )  # fmt: skip
    charter = charters.issue_charter(
        service.agency, request_id=uuid4(), address_of=lambda code: f"https://mpp.test/v/{code}/", by=by, at=at
    )
    return {
        "issued": charter.code,
        "case": case.pk, "forwarded": ticket.key, "priced": variant.code, "offered": service.code,
        "signing": service.agency.code,
    }  # fmt: skip
