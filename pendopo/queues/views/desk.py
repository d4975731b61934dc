"""The desk as its officer sees it: one part that every key swaps."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from pendopo.agencies.http import Request
from pendopo.agencies.models import Counter
from pendopo.catalogue.models import Service
from pendopo.kernel.http import answer
from pendopo.queues.forms.console import SessionForm
from pendopo.queues.models import CounterSession, HallRules, Ticket
from pendopo.queues.queries import cases, desks, receptions
from pendopo.queues.queries.doors import door_code
from pendopo.queues.queries.rules import return_until, rules_of
from pendopo.queues.queries.status import hall_status
from pendopo.queues.types import (
    CLOSE_REASONS,
    PAUSE_REASONS,
    Outcome,
    SentAwayReason,
    SessionState,
    State,
)
from pendopo.queues.views.tickets import live_path
from pendopo.tenancy.models import Site


@dataclass(frozen=True, slots=True)
class Told:
    """What the desk says above all else: a refusal, or news. `is_busy`: say how to finish first."""

    problem: str = ""
    news: str = ""
    is_busy: bool = False


NOTHING = Told()


def strip_query(request: Request) -> str:
    """Keep the strip beside the agency's own system a strip, from page to page."""
    return "?strip=1" if request.GET.get("strip") else ""


def desk(request: Request, counter: Counter, *, told: Told = NOTHING, status: int = 200) -> HttpResponse:
    """Show who is at the counter, who waits, who waits aside, who did not come, and what can be done now."""
    now = timezone.now()
    day = request.mall.local(now).date()
    ticket = desks.open_ticket_at(counter)
    session = desks.session_at(counter)
    is_mine = session is not None and session.account_id == request.actor.account_id
    is_open = session is not None and session.state == SessionState.OPEN
    hall = hall_status(request.mall, now)
    shown = hall.openings[counter.outlet_id]
    rules = rules_of(request.mall)
    context = {
        "counter": _counter_shown(counter),
        "query": strip_query(request),
        "opening": shown.text,
        "away": hall.counter_away(counter.pk),
        "coming": hall.coming_to_counter(counter.pk, counter.outlet_id),
        "session": _session_shown(session, is_mine=is_mine),
        "ticket": _ticket_shown(ticket) if ticket else None,
        "can": {
            "call": is_mine and is_open and ticket is None,
            "begin": ticket is not None and ticket.can_move_to(State.SERVING),
            "recall": ticket is not None and ticket.state == State.CALLED,
            "absent": ticket is not None and ticket.can_move_to(State.ABSENT),
            "complete": ticket is not None and ticket.can_move_to(State.COMPLETED),
            "open": ticket is None and (session is None or (is_mine and not is_open)),
            "pause": ticket is None and is_mine and is_open,
            "close": ticket is None and is_mine,
            "take_over": ticket is None and session is not None and not is_mine,
        },
        "outcomes": [_outcome_shown(outcome) for outcome in Outcome],
        "pause_reasons": PAUSE_REASONS,
        "close_reasons": CLOSE_REASONS if shown.state == "open" else (),
        "minutes": SessionForm.MINUTES,
        "waiting": [_line_shown(each) for each in desks.waiting_at(counter, day)],
        "parked": [_line_shown(each) | {"note": each.hold_note} for each in desks.parked_at(counter, day)],
        "missed": [_missed_shown(each, rules, now) for each in desks.missed_at(counter, day)],
        "live_url": live_path(request, f"board?zone={counter.zone_id}"),
        "help_calls": receptions.own_help_calls(request.mall, by=request.actor, counter=counter),
        "told": told,
        "van_code": door_code(counter.zone.site_id, now) if counter.zone.site.kind == Site.Kind.VAN else "",
        "van": counter.zone.site_id if counter.zone.site.kind == Site.Kind.VAN else None,
    }
    return answer(request, "queues/console.html#desk", context, status=status)


def _counter_shown(counter: Counter) -> dict[str, object]:
    agency, site = counter.outlet.agency, counter.zone.site
    return {
        "pk": counter.pk,
        "label": _("Loket %(number)s") % {"number": counter.number},
        "agency": agency.short_name if agency else site.name if site.kind == Site.Kind.VAN else _("Meja bersama"),
    }


def _ticket_shown(ticket: Ticket) -> dict[str, object]:
    """Say who is here. What they need is told from the call on, and not before."""
    visit = ticket.visit
    forwards = ticket.state == State.SERVING and cases.is_forwarded(ticket)
    needs = (
        (visit.wheelchair, _("Kursi roda")),
        (visit.interpreter, _("Perlu juru bahasa isyarat")),
    )
    return {
        "number_text": ticket.number_text,
        "state_text": State(ticket.state).label,
        "service_name": str(ticket.variant),
        "since": ticket.changed_at,
        "calls": ticket.calls,
        "note": ticket.hold_note,
        "is_deaf": visit.deaf,
        "needs": [words for is_so, words in needs if is_so],
        "has_agency_number": forwards or ticket.variant.service.kind == Service.Kind.ELSEWHERE,
        "papers": list(enumerate(ticket.variant.requirements, start=1)) if forwards else [],
    }


def _line_shown(ticket: Ticket) -> dict[str, object]:
    return {
        "pk": ticket.pk,
        "number_text": ticket.number_text,
        "service_name": str(ticket.variant),
        "queued_at": ticket.queued_at,
        "changed_at": ticket.changed_at,
    }


def _missed_shown(ticket: Ticket, rules: HallRules, now: datetime) -> dict[str, object]:
    can_return = not ticket.returns and now <= return_until(ticket, rules)
    return _line_shown(ticket) | {"can_return": can_return}


def _outcome_shown(outcome: Outcome) -> dict[str, object]:
    reasons = list(SentAwayReason) if outcome is Outcome.SENT_AWAY else []
    return {"value": outcome.value, "label": outcome.label, "reasons": reasons}


def _session_shown(session: CounterSession | None, *, is_mine: bool) -> dict[str, object]:
    state = SessionState(session.state) if session else SessionState.CLOSED
    is_closed = state is SessionState.CLOSED
    return {
        "is_open": state is SessionState.OPEN,
        "state_text": str(state.label),
        "officer": "" if session is None or is_mine or is_closed else session.account.name,
    }
