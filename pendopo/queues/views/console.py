"""The counter console: one page, one part that every key swaps, one action a key."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.models import Counter
from pendopo.agencies.types import Role
from pendopo.kernel.errors import NotFound, NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import calling, serving, sessions
from pendopo.queues.actions.taking import Caller
from pendopo.queues.forms import CallForm, CompletionForm, SessionForm
from pendopo.queues.models import CounterSession, Ticket
from pendopo.queues.queries import desks, halls
from pendopo.queues.types import Outcome, SentAwayReason, SessionState, State
from pendopo.queues.views.tickets import live_path


@audience("officer")
@require_safe
def counters(request: Request, mall: str) -> HttpResponse:
    """Let an officer choose where to sit."""
    now = {row.pk: row for row in halls.hall_counters(request.mall, timezone.now())}
    found = Counter.objects.filter(mall=request.mall).select_related("outlet").order_by("number", "pk")
    mine = [now[counter.pk] for counter in found if request.actor.works_for(counter.outlet.agency_id)]
    sees_hall = request.actor.has(Role.MANAGER, Role.HEAD)
    context = {"counters": mine, "hall_url": reverse("queues:hall", args=[mall]) if sees_hall else ""}
    return answer(request, "queues/counters.html", context)


@audience("officer")
@require_safe
def console(request: Request, mall: str, counter: int) -> HttpResponse:
    """Show who is at the counter, who waits, and what can be done now."""
    return _desk(request, _counter(request, counter))


@audience("officer")
@require_POST
def session(request: Request, mall: str, counter: int) -> HttpResponse:
    """Open, pause or close the counter."""
    form = SessionForm(request.POST)
    return _act(
        request,
        counter,
        lambda place: sessions.set_session(
            place, SessionState(_clean(form)["state"]), by=request.actor, at=timezone.now()
        ),
    )


@audience("officer")
@require_POST
def call(request: Request, mall: str, counter: int) -> HttpResponse:
    """Call whoever is next."""
    form = CallForm(request.POST)
    _clean(form)
    by = Caller(account_id=request.actor.account_id)
    return _act(
        request,
        counter,
        lambda place: calling.call_next(request.mall, place.pk, by=by, at=timezone.now(), request_id=form.request_id),
        nothing=_("Tidak ada yang menunggu."),
    )


@audience("officer")
@require_POST
def recall(request: Request, mall: str, counter: int) -> HttpResponse:
    """Call the same person again."""
    return _act(request, counter, lambda place: calling.recall(_open(place), by=request.actor, at=timezone.now()))


@audience("officer")
@require_POST
def service(request: Request, mall: str, counter: int) -> HttpResponse:
    """Begin to serve whoever was called."""
    return _act(request, counter, lambda place: serving.serve(_open(place), by=request.actor, at=timezone.now()))


@audience("officer")
@require_POST
def absence(request: Request, mall: str, counter: int) -> HttpResponse:
    """Note that whoever was called did not come."""
    return _act(request, counter, lambda place: serving.mark_absent(_open(place), by=request.actor, at=timezone.now()))


@audience("officer")
@require_POST
def completion(request: Request, mall: str, counter: int) -> HttpResponse:
    """End the service with its outcome."""
    form = CompletionForm(request.POST)

    def complete(place: Counter) -> Ticket:
        number = _clean(form)["agency_number"]
        outcome, reason = form.ending
        return serving.complete(
            _open(place),
            outcome=outcome,
            reason=reason,
            agency_number=number,
            by=request.actor,
            at=timezone.now(),
        )

    return _act(request, counter, complete)


def _counter(request: Request, number: int) -> Counter:
    found = Counter.objects.filter(mall=request.mall, pk=number).select_related("outlet__agency", "zone").first()
    if found is None or not request.actor.works_for(found.outlet.agency_id):
        raise NotFound(_("Loket tidak dikenal."))
    return found


def _open(counter: Counter) -> Ticket:
    if ticket := desks.open_ticket_at(counter):
        return ticket
    raise NotUnderstood(_("Tidak ada yang sedang dipanggil di loket ini."))


def _clean(form: CallForm | SessionForm | CompletionForm) -> dict[str, str]:
    if not form.is_valid():
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return form.cleaned_data


def _act(request: Request, number: int, action: Callable[[Counter], object], *, nothing: str = "") -> HttpResponse:
    place = _counter(request, number)
    try:
        done = action(place)
    except RuleViolation as refusal:
        return _desk(request, place, problem=str(refusal), status=422)
    return _desk(request, place, news="" if done else nothing)


def _desk(request: Request, counter: Counter, *, problem: str = "", news: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    ticket = desks.open_ticket_at(counter)
    session = desks.session_at(counter)
    is_mine = session is not None and session.account_id == request.actor.account_id
    waiting = desks.waiting_at(counter, request.mall.local(now).date())
    agency = counter.outlet.agency
    context = {
        "counter": {
            "pk": counter.pk,
            "label": _("Loket %(number)s") % {"number": counter.number},
            "agency": agency.short_name if agency else _("Meja bersama"),
        },
        "session": _session_shown(session, is_mine=is_mine),
        "session_choices": _session_choices(session, is_mine=is_mine, is_busy=ticket is not None),
        "ticket": _ticket_shown(ticket) if ticket else None,
        "can": {
            "call": is_mine and session is not None and session.state == SessionState.OPEN and ticket is None,
            "begin": ticket is not None and ticket.can_move_to(State.SERVING),
            "recall": ticket is not None and ticket.state == State.CALLED,
            "absent": ticket is not None and ticket.can_move_to(State.ABSENT),
            "complete": ticket is not None and ticket.can_move_to(State.COMPLETED),
        },
        "outcomes": [_outcome_shown(outcome) for outcome in Outcome],
        "waiting": [
            {"number_text": each.number_text, "service_name": str(each.variant), "queued_at": each.queued_at}
            for each in waiting
        ],
        "live_url": live_path(request, f"board?zone={counter.zone_id}"),
        "error": problem,
        "notice": news,
    }
    return answer(request, "queues/console.html#desk", context, status=status)


def _ticket_shown(ticket: Ticket) -> dict[str, object]:
    return {
        "number_text": ticket.number_text,
        "state_text": State(ticket.state).label,
        "service_name": str(ticket.variant),
        "since": ticket.changed_at,
    }


def _outcome_shown(outcome: Outcome) -> dict[str, object]:
    reasons = list(SentAwayReason) if outcome is Outcome.SENT_AWAY else []
    return {"value": outcome.value, "label": outcome.label, "reasons": reasons}


def _session_shown(session: CounterSession | None, *, is_mine: bool) -> dict[str, object]:
    state = SessionState(session.state) if session else SessionState.CLOSED
    whose = "" if session is None or is_mine else f" · {session.account.name}"
    return {"is_open": state is SessionState.OPEN, "state_text": f"{state.label}{whose}"}


def _session_choices(session: CounterSession | None, *, is_mine: bool, is_busy: bool) -> list[dict[str, object]]:
    """Say what can be done with the counter itself: open it, pause (F9) or close it; nothing while somebody is here."""
    if is_busy or (session is not None and not is_mine):
        return []
    opened = {"value": "open", "label": _("Buka loket"), "key": "F9", "icon": "play", "primary": True}
    paused = {"value": "paused", "label": _("Jeda"), "key": "F9", "icon": "pause", "primary": False}
    closed = {"value": "closed", "label": _("Tutup loket"), "key": "", "icon": "stop", "primary": False}
    if session is None:
        return [opened]
    return [paused, closed] if session.state == SessionState.OPEN else [opened, closed]
