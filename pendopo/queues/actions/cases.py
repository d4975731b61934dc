"""What is taken in here for an agency: opened with the ticket's end, followed step by step until it is given back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import MoveNotAllowed, NotAllowed, ReasonMissing
from pendopo.notifications.actions import writing
from pendopo.notifications.types import Address
from pendopo.people.queries import telephone_of
from pendopo.queues.models import CaseStep, ForwardedCase, Ticket
from pendopo.queues.queries.cases import is_forwarded
from pendopo.queues.queries.promises import promised_on
from pendopo.queues.types import Outcome

State = ForwardedCase.State
TAKES_IN = frozenset({Outcome.TAKEN_IN.value, Outcome.HANDED_OVER.value})


@transaction.atomic
def open_case(ticket: Ticket, *, papers: Collection[int] = (), by: Actor, at: datetime) -> ForwardedCase | None:
    """Open the case of a completed ticket whose service is worked on at the agency; None where it is not so.

    `papers` are the places (from 1) of the requirements that were taken in. Done again it is the same case. Whoever
    hands over a result that is ready, under the agency's number, ends that case and opens none.
    """
    if ticket.outcome not in TAKES_IN or not is_forwarded(ticket):
        return None
    if known := ForwardedCase.objects.filter(mall_id=ticket.mall_id, ticket=ticket).first():
        return known
    service = ticket.variant.service
    if ticket.outcome == Outcome.HANDED_OVER and ticket.agency_number:
        ready = ForwardedCase.objects.select_for_update(of=("self",)).filter(
            mall_id=ticket.mall_id, agency=service.agency_id, agency_number=ticket.agency_number, state=State.READY
        )
        if case := ready.order_by("pk").first():
            return _step(case, State.GIVEN_BACK, "", by=by, at=at)
    mall = ticket.mall
    taken = [str(name) for place, name in enumerate(ticket.variant.requirements, start=1) if place in papers]
    case = ForwardedCase.objects.create(
        mall=mall, ticket=ticket, agency_id=service.agency_id, variant=ticket.variant,
        agency_number=ticket.agency_number, papers=taken, opened_at=at, changed_at=at,
        promised_on=promised_on(mall, ticket.variant, mall.local(at).date()),
    )  # fmt: skip
    CaseStep.objects.create(mall=mall, case=case, kind=State.TAKEN_IN, at=at, account=by.account)
    after = {"papers": len(taken), "promised": case.promised_on}
    audit.record("case.opened", f"case:{case.pk}", by=by, at=at, after=after)
    return case


@transaction.atomic
def take_step(
    case: ForwardedCase,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    agency_number: str = "",
    phone: str = "",
    link: str = "",
) -> ForwardedCase:
    """Note what happened to a case; the same step again changes nothing. `agency_number`: the agency's own, once known.

    Whoever is asked for what is missing is told so at `phone`, with the `link` to their page: a case itself knows
    nobody. Raises NotAllowed for whoever does not work on the agency's cases, MoveNotAllowed, ReasonMissing,
    WrongNumber.
    """
    if not by.works_behind(case.agency_id):
        raise NotAllowed(_("Hanya petugas belakang instansi ini dan pengelola MPP yang mencatat langkah."))
    case = ForwardedCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if case.state == kind:
        return case
    step = State(kind)
    if step not in case.next_steps:
        raise MoveNotAllowed(
            _("Berkas ini “%(now)s”; langkah “%(wanted)s” tidak dapat sesudah itu.")
            % {"now": case.get_state_display(), "wanted": step.label}
        )
    if step in ForwardedCase.WITH_REASON and not reason.strip():
        raise ReasonMissing(_("Tulis apa yang kurang, atau mengapa ditolak. Warga membacanya."))
    if agency_number:
        case.agency_number = agency_number
    stepped = _step(case, step, reason.strip(), by=by, at=at)
    if step == State.ASKED and phone:
        _tell_missing(stepped, reason.strip(), phone, link, by=by, at=at)
    return stepped


def _tell_missing(case: ForwardedCase, what: str, phone: str, link: str, *, by: Actor, at: datetime) -> None:
    told = {
        "number": case.agency_number or case.ticket.number_text, "service": str(case.variant), "what": what,
        "link": link,
    }  # fmt: skip
    # It may be asked again for something else: each time is told once, and a step sent twice is one step.
    writing.write(
        case.mall, to=Address("phone", telephone_of(phone)), template="paper_missing", data=told,
        about=f"case:{case.pk}", key=f"case:{case.pk}:asked:{at.timestamp():.0f}", at=at, by=by,
    )  # fmt: skip


def _step(case: ForwardedCase, step: State, reason: str, *, by: Actor, at: datetime) -> ForwardedCase:
    before = {"state": case.state}
    case.state, case.changed_at = step, at
    case.save(update_fields=["state", "changed_at", "agency_number"])
    CaseStep.objects.create(mall_id=case.mall_id, case=case, kind=step, at=at, account=by.account, reason=reason)
    after = {"state": step.value, "number": case.agency_number}
    audit.record("case.step", f"case:{case.pk}", by=by, at=at, reason=reason, before=before, after=after)
    return case
