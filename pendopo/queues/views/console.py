"""The counter console: one page, one action a key."""

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
from pendopo.kernel.forms import understood
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import calling, parking, returning, serving, sessions
from pendopo.queues.actions.taking import Caller
from pendopo.queues.errors import CounterBusy
from pendopo.queues.forms.console import CallForm, CompletionForm, ParkingForm, SessionForm, TakeOverForm
from pendopo.queues.models import CounterSession, Ticket
from pendopo.queues.queries import desks, halls
from pendopo.queues.types import State
from pendopo.queues.views.desk import Told, desk


@audience("officer")
@require_safe
def counters(request: Request, mall: str) -> HttpResponse:
    """Let an officer choose where to sit."""
    now = {row.pk: row for row in halls.hall_counters(request.mall, timezone.now())}
    found = Counter.objects.standing().filter(mall=request.mall).select_related("outlet").order_by("number", "pk")
    mine = [
        now[counter.pk] for counter in found if counter.pk in now and request.actor.works_for(counter.outlet.agency_id)
    ]
    sees_hall = request.actor.has(Role.MANAGER, Role.HEAD)
    context = {
        "counters": mine,
        "hall_url": reverse("queues:hall", args=[mall]) if sees_hall else "",
        "desk_url": reverse("queues:reception", args=[mall]) if request.actor.works_for(None) else "",
    }
    return answer(request, "queues/counters.html", context)


@audience("officer")
@require_safe
def console(request: Request, mall: str, counter: int) -> HttpResponse:
    """Show who is at the counter, who waits, and what can be done now; `?strip=1`: beside another program."""
    return desk(request, counter_of(request, counter))


@audience("officer")
@require_POST
def session(request: Request, mall: str, counter: int) -> HttpResponse:
    """Open, pause or close the counter."""
    form = SessionForm(request.POST)

    def set_session(place: Counter) -> CounterSession | None:
        understood(form)
        now = timezone.now()
        return sessions.set_session(
            place, form.wanted, by=request.actor, at=now, reason=form.why, until=form.until(now)
        )

    return _act(request, counter, set_session)


@audience("officer")
@require_POST
def take_over(request: Request, mall: str, counter: int) -> HttpResponse:
    """Sit down at a colleague's counter, once that was confirmed."""
    form = TakeOverForm(request.POST)

    def take(place: Counter) -> CounterSession:
        if not understood(form).cleaned_data["confirmed"]:
            raise NotUnderstood(_("Pastikan dahulu: loket ini sedang dipakai petugas lain."))
        return sessions.take_over(place, by=request.actor, at=timezone.now())

    return _act(request, counter, take)


@audience("officer")
@require_POST
def call(request: Request, mall: str, counter: int) -> HttpResponse:
    """Call whoever is next."""
    form = CallForm(request.POST)
    understood(form)
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
    return _act(request, counter, lambda place: calling.recall(open_at(place), by=request.actor, at=timezone.now()))


@audience("officer")
@require_POST
def service(request: Request, mall: str, counter: int) -> HttpResponse:
    """Begin to serve whoever was called."""
    return _act(request, counter, lambda place: serving.serve(open_at(place), by=request.actor, at=timezone.now()))


@audience("officer")
@require_POST
def absence(request: Request, mall: str, counter: int) -> HttpResponse:
    """Note that whoever was called did not come."""
    return _act(
        request, counter, lambda place: serving.mark_absent(open_at(place), by=request.actor, at=timezone.now())
    )


@audience("officer")
@require_POST
def completion(request: Request, mall: str, counter: int) -> HttpResponse:
    """End the service with its outcome."""
    form = CompletionForm(request.POST)

    def complete(place: Counter) -> Ticket:
        number = str(understood(form).cleaned_data["agency_number"])
        papers = form.papers
        outcome, reason = form.ending
        return serving.complete(
            open_at(place),
            outcome=outcome,
            reason=reason,
            agency_number=number,
            papers=papers,
            by=request.actor,
            at=timezone.now(),
        )

    return _act(request, counter, complete)


@audience("officer")
@require_POST
def parking_aside(request: Request, mall: str, counter: int) -> HttpResponse:
    """Let whoever is here wait aside."""
    form = ParkingForm(request.POST)

    def park(place: Counter) -> Ticket:
        note = str(understood(form).cleaned_data["note"])
        return parking.park(open_at(place), note=note, by=request.actor, at=timezone.now())

    return _act(request, counter, park)


@audience("officer")
@require_POST
def parked(request: Request, mall: str, counter: int, ticket: int) -> HttpResponse:
    """Put somebody who waits aside back into the line."""

    def unpark(place: Counter) -> Ticket:
        if found := desks.ticket_here(place, ticket, State.WAITING):
            return parking.unpark(found, by=request.actor, at=timezone.now())
        raise NotUnderstood(_("Nomor itu sudah tidak menunggu di samping."))

    return _act(request, counter, unpark)


@audience("officer")
@require_POST
def missed(request: Request, mall: str, counter: int, ticket: int) -> HttpResponse:
    """Let somebody who missed a call wait again, once and soon after."""

    def come_back(place: Counter) -> Ticket:
        if found := desks.ticket_here(place, ticket, State.ABSENT):
            return returning.come_back(found, by=request.actor, at=timezone.now())
        raise NotUnderstood(_("Nomor itu sudah tidak di daftar yang tidak hadir."))

    return _act(request, counter, come_back)


def counter_of(request: Request, number: int) -> Counter:
    """Find a counter for whoever works there. Raises NotFound."""
    found = (
        Counter.objects.standing()
        .filter(mall=request.mall, pk=number)
        .select_related("outlet__agency", "zone__site", "mall")
        .first()
    )
    if found is None or not request.actor.works_for(found.outlet.agency_id):
        raise NotFound(_("Loket tidak dikenal."))
    return found


def open_at(counter: Counter) -> Ticket:
    """Find whoever is called or served at a counter. Raises NotUnderstood."""
    if ticket := desks.open_ticket_at(counter):
        return ticket
    raise NotUnderstood(_("Tidak ada yang sedang dipanggil di loket ini."))


def _act(request: Request, number: int, action: Callable[[Counter], object], *, nothing: str = "") -> HttpResponse:
    place = counter_of(request, number)
    try:
        done = action(place)
    except RuleViolation as refusal:
        told = Told(problem=str(refusal), is_busy=isinstance(refusal, CounterBusy))
        return desk(request, place, told=told, status=422)
    return desk(request, place, told=Told(news="" if done else nothing))
