"""The counter console: one page, one part that every key swaps, one action a key."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.models import Counter
from pendopo.agencies.queries import opening
from pendopo.kernel.errors import NotFound, NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.queues import actions, queries
from pendopo.queues.actions import Caller
from pendopo.queues.forms import CallForm, CompletionForm, SessionForm
from pendopo.queues.models import CounterSession, Ticket
from pendopo.queues.types import Outcome, SentAwayReason, SessionState, State


@audience("officer")
@require_safe
def counters(request: Request, mall: str) -> HttpResponse:
    """Let an officer choose where to sit."""
    found = Counter.objects.filter(mall=request.mall).select_related("outlet__agency", "zone").order_by("number")
    mine = [counter for counter in found if request.actor.works_for(counter.outlet.agency_id)]
    sessions = {
        session.counter_id: session
        for session in CounterSession.objects.filter(mall=request.mall, ended_at=None).select_related("account")
    }
    rows = [{"counter": counter, "session": sessions.get(counter.pk)} for counter in mine]
    return answer(request, "queues/counters.html", {"counters": rows})


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
        lambda place: actions.set_session(
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
        lambda place: actions.call_next(
            request.mall, place.pk, by=by, at=timezone.now(), request_id=form.request_id
        ),
        nothing=_("Tidak ada yang menunggu."),
    )


@audience("officer")
@require_POST
def recall(request: Request, mall: str, counter: int) -> HttpResponse:
    """Call the same person again."""
    return _act(request, counter, lambda place: actions.recall(_open(place), by=request.actor, at=timezone.now()))


@audience("officer")
@require_POST
def service(request: Request, mall: str, counter: int) -> HttpResponse:
    """Begin to serve whoever was called."""
    return _act(request, counter, lambda place: actions.serve(_open(place), by=request.actor, at=timezone.now()))


@audience("officer")
@require_POST
def absence(request: Request, mall: str, counter: int) -> HttpResponse:
    """Note that whoever was called did not come."""
    return _act(request, counter, lambda place: actions.mark_absent(_open(place), by=request.actor, at=timezone.now()))


@audience("officer")
@require_POST
def completion(request: Request, mall: str, counter: int) -> HttpResponse:
    """End the service with its outcome."""
    form = CompletionForm(request.POST)

    def complete(place: Counter) -> Ticket:
        chosen = _clean(form)
        return actions.complete(
            _open(place),
            outcome=Outcome(chosen["outcome"]),
            reason=SentAwayReason(chosen["reason"]) if chosen["reason"] else None,
            agency_number=chosen["agency_number"],
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
    if ticket := queries.open_ticket_at(counter):
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
    ticket = queries.open_ticket_at(counter)
    session = CounterSession.objects.filter(counter=counter, ended_at=None).select_related("account").first()
    waiting = queries.waiting_at(counter, request.mall.local(now).date())
    context = {
        "counter": counter,
        "agency": counter.outlet.agency,
        "session": session,
        "session_state": session.state if session else SessionState.CLOSED,
        "is_mine": session is not None and session.account_id == request.actor.account_id,
        "ticket": ticket,
        "is_called": ticket is not None and ticket.state == State.CALLED,
        "is_serving": ticket is not None and ticket.state == State.SERVING,
        "outcomes": list(Outcome.choices),
        "reasons": list(SentAwayReason.choices),
        "waiting": waiting,
        "opening": opening(request.mall, counter.outlet_id, now),
        "request_id": uuid4(),
        "problem": problem,
        "news": news,
        "now": now,
    }
    return answer(request, "queues/console.html#desk", context, status=status)
