"""Taking tickets, and what officers do with them."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import AwareDatetime, StringConstraints

from pendopo.agencies.http import Request, bearer, everybody, officer
from pendopo.agencies.models import Counter
from pendopo.kernel import shapes
from pendopo.kernel.crypto import Bearer
from pendopo.kernel.errors import NotFound, NotSignedIn, NotUnderstood
from pendopo.kernel.http import document
from pendopo.kernel.ids import KEY_LENGTH
from pendopo.kernel.phones import phone_key
from pendopo.queues.actions import calling, serving, sessions, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.models import Ticket
from pendopo.queues.queries import vans
from pendopo.queues.queries.boards import board, zone_of
from pendopo.queues.queries.phones import holder_of
from pendopo.queues.queries.tickets import ahead_of, ticket_of_reference, visible_ticket
from pendopo.queues.types import Origin, Outcome, SentAwayReason, SessionState
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall, Site

router = Router(tags=["tickets"])

Reason = Annotated[shapes.Words, StringConstraints(max_length=80)]


class TicketIn(Schema):
    """Which service, how it is taken, and the client's own UUID: sent again it gives the same ticket.

    `site` is the id of a place of the mall; without it the first that offers the service, or the van of the device.
    `phone` is a random UUID that an app made and keeps; it says nothing of its owner. One live ticket a queue.
    """

    service: shapes.Code
    origin: Origin
    id: UUID
    site: shapes.Id | None = None
    phone: UUID | None = None


class TicketOut(Schema):
    """A ticket for its holder: `key` opens it, `ahead` is how many wait before it (100 stands for more)."""

    id: int
    key: str
    number: str
    service: str
    queue: str
    state: str
    ahead: int
    url: str


class CalledOut(Schema):
    """A ticket for the counter. It holds no key: only its holder follows, cancels and rates it."""

    id: int
    number: str
    service: str
    queue: str
    state: str
    calls: int = 1
    outcome: str = ""
    reason: str = ""


class SessionIn(Schema):
    """Whether the counter receives people; why not (a pause needs it), and until when."""

    state: SessionState
    reason: Reason = ""
    until: AwareDatetime | None = None


class SessionOut(Schema):
    """A counter's session after the change."""

    counter: int
    state: SessionState


class CallIn(Schema):
    """The client's own UUID: the same call again returns the same ticket."""

    id: UUID | None = None


class CompletionIn(Schema):
    """How the service ended; a reason belongs to `sent_away` and only to it."""

    outcome: Outcome
    reason: SentAwayReason | None = None
    agency_number: shapes.Words = ""


class BoardOut(Schema):
    """The last calls, newest first, true up to the event `seq`."""

    seq: int
    calls: list[dict[str, int | str]]


def take(mall: Mall, token: Bearer | None, body: TicketIn, origin: str, cookie: str = "") -> tuple[int, TicketOut]:
    """Take a ticket: 201 and the ticket, 200 when this `id` has it already.

    `origin` is where our pages are, `cookie` the key of the browser that is a phone.
    """
    by = _caller_of(token)
    if body.origin is Origin.PHONE:
        key = f"app:{body.phone}" if body.phone else cookie
        by = replace(by, holder=holder_of(phone_key=key, account_id=by.account_id))
    elif by == Caller():
        raise NotSignedIn(_("Kios, meja informasi, dan kendaraan mengirim token perangkat atau petugas."))
    taken = taking.take(
        mall,
        body.service,
        origin=body.origin,
        request_id=body.id,
        by=by,
        at=timezone.now(),
        site=_site(mall, body, by),
    )
    shown = TicketOut(
        id=taken.id,
        key=taken.key,
        number=taken.number,
        service=taken.service,
        queue=taken.queue,
        state=taken.state,
        ahead=taken.ahead,
        url=_url(mall, taken.key, origin),
    )
    return (201 if taken.is_new else 200), shown


def call(mall: Mall, token: Bearer | None, counter: int, body: CallIn | None) -> CalledOut | None:
    """Call whoever is next to a counter; None when nobody waits."""
    request_id = body.id if body else None
    called = calling.call_next(mall, counter, by=_caller_of(token), at=timezone.now(), request_id=request_id)
    if called is None:
        return None
    return CalledOut(id=called.id, number=called.number, service=called.service, queue=called.queue, state=called.state)


def origin_of(request: HttpRequest) -> str:
    """Say where our pages are, as the client reached us."""
    return f"{request.scheme}://{request.get_host()}"


def _caller_of(token: Bearer | None) -> Caller:
    """See whoever sent a token as the hot path does: numbers only, checked inside the SQL function."""
    if token is None:
        return Caller()
    if token.kind == "device":
        return Caller(device_id=token.subject)
    return Caller(account_id=token.subject, token=token.token)


def _site(mall: Mall, body: TicketIn, by: Caller) -> Site | None:
    """Find the place of a ticket where it is told or is a van's: the usual one costs no look. Raises NotUnderstood."""
    if body.site is None and body.origin is not Origin.VAN:
        return None
    with wall.inside(mall.pk):
        if body.site is None:
            return vans.van_of_device(mall, by.device_id)
        if site := Site.objects.filter(mall=mall, pk=body.site).first():
            return site
    raise NotUnderstood(_("Tempat layanan tidak dikenal."))


@router.post(
    "/malls/{mall}/tickets",
    response={200: TicketOut, 201: TicketOut},
    auth=everybody,
    url_name="take",
    summary="Take a ticket",
)
def post_ticket(request: Request, mall: str, body: TicketIn) -> HttpResponse:
    """Take a ticket; kiosk, desk and van send their token. The same `id` again gives the same ticket with 200.

    409 `already_waiting`: this phone (its `phone`, its cookie, or the account of its token) has a live ticket there.
    """
    status, shown = take(request.mall, request.bearer, body, origin_of(request), phone_key(request))
    return document(status, shown)


@router.get(
    "/malls/{mall}/tickets/{ticket}",
    response=TicketOut | CalledOut,
    auth=everybody,
    url_name="ticket",
    summary="Follow a ticket",
)
def get_ticket(request: Request, mall: str, ticket: str, key: str = "") -> TicketOut | CalledOut:
    """Return a ticket to whoever holds its key (in the address or as `key`), and to staff by its number or UUID."""
    if request.actor.is_staff and not key and len(ticket) != KEY_LENGTH:
        return _called(_staff_ticket(request, ticket))
    return _ticket(request, ticket_of_reference(request.mall, ticket, key))


@router.put(
    "/malls/{mall}/tickets/{ticket}/cancellation",
    response=TicketOut,
    auth=everybody,
    url_name="cancellation",
    summary="Cancel",
)
def put_cancellation(request: Request, mall: str, ticket: str, key: str = "") -> TicketOut:
    """Give a place back; whoever holds the key may."""
    found = ticket_of_reference(request.mall, ticket, key)
    cancelled = serving.cancel(found, by=request.actor, at=timezone.now())
    return _ticket(request, cancelled)


@router.put(
    "/malls/{mall}/counters/{counter}/session",
    response=SessionOut,
    auth=officer,
    url_name="session",
    summary="Open a counter",
)
def put_session(request: Request, mall: str, counter: shapes.Id, body: SessionIn) -> SessionOut:
    """Open, pause or close a counter."""
    found = Counter.objects.standing().filter(mall=request.mall, pk=counter).select_related("outlet").first()
    if found is None:
        raise NotFound(_("Loket tidak dikenal."))
    now = timezone.now()
    sessions.set_session(found, body.state, by=request.actor, at=now, reason=body.reason, until=body.until)
    return SessionOut(counter=counter, state=body.state)


@router.post(
    "/malls/{mall}/counters/{counter}/calls",
    response={200: CalledOut, 204: None},
    auth=bearer,
    url_name="call",
    summary="Call next",
)
def post_call(request: Request, mall: str, counter: shapes.Id, body: CallIn | None = None) -> HttpResponse:
    """Call whoever is next to a counter; 204 when nobody waits."""
    shown = call(request.mall, request.bearer, counter, body)
    return HttpResponse(status=204) if shown is None else document(200, shown)


@router.put(
    "/malls/{mall}/tickets/{ticket}/recall", response=CalledOut, auth=officer, url_name="recall", summary="Call again"
)
def put_recall(request: Request, mall: str, ticket: str) -> CalledOut:
    """Call the same person again."""
    return _called(calling.recall(_staff_ticket(request, ticket), by=request.actor, at=timezone.now()))


@router.put(
    "/malls/{mall}/tickets/{ticket}/service",
    response=CalledOut,
    auth=officer,
    url_name="serve",
    summary="Begin to serve",
)
def put_service(request: Request, mall: str, ticket: str) -> CalledOut:
    """Begin to serve whoever was called."""
    return _called(serving.serve(_staff_ticket(request, ticket), by=request.actor, at=timezone.now()))


@router.put(
    "/malls/{mall}/tickets/{ticket}/absence",
    response=CalledOut,
    auth=officer,
    url_name="absence",
    summary="Did not come",
)
def put_absence(request: Request, mall: str, ticket: str) -> CalledOut:
    """Note that whoever was called did not come."""
    return _called(serving.mark_absent(_staff_ticket(request, ticket), by=request.actor, at=timezone.now()))


@router.put(
    "/malls/{mall}/tickets/{ticket}/completion",
    response=CalledOut,
    auth=officer,
    url_name="completion",
    summary="Complete",
)
def put_completion(request: Request, mall: str, ticket: str, body: CompletionIn) -> CalledOut:
    """End the service with its outcome."""
    completed = serving.complete(
        _staff_ticket(request, ticket),
        outcome=body.outcome,
        reason=body.reason,
        agency_number=body.agency_number[:40],
        by=request.actor,
        at=timezone.now(),
    )
    return _called(completed)


@router.get("/malls/{mall}/board", response=BoardOut, auth=everybody, url_name="board", summary="What the board shows")
def get_board(request: Request, mall: str, zone: shapes.Query = "") -> BoardOut:
    """Return the last calls of a zone (its number or code), or of the whole mall."""
    shown = board(request.mall, zone_of(request.mall, zone), at=timezone.now())
    return BoardOut.model_validate(shown.as_json())


def _staff_ticket(request: Request, reference: str) -> Ticket:
    actor = request.actor
    everywhere = actor.manages or actor.works_for(None)
    return visible_ticket(request.mall, reference, actor.agencies, everywhere=everywhere)


def _url(mall: Mall, key: str, origin: str) -> str:
    # Written out, not looked up: it is part of every answer, and the address of a printed code never changes.
    return f"{origin}/m/{mall.slug}/t/{key}/"


def _ticket(request: Request, ticket: Ticket) -> TicketOut:
    return TicketOut(
        id=ticket.pk,
        key=ticket.key,
        number=ticket.number_text,
        service=ticket.variant.code,
        queue=ticket.queue.code,
        state=ticket.state,
        ahead=ahead_of(ticket),
        url=_url(request.mall, ticket.key, origin_of(request)),
    )


def _called(ticket: Ticket) -> CalledOut:
    return CalledOut(
        id=ticket.pk,
        number=ticket.number_text,
        service=ticket.variant.code,
        queue=ticket.queue.code,
        state=ticket.state,
        calls=ticket.calls,
        outcome=ticket.outcome,
        reason=ticket.reason,
    )
