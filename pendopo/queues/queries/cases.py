"""Forwarded cases: for the agency the late ones first, for the citizen where theirs stands, for the mall how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Offering, Service
from pendopo.kernel.cursors import Page, page_by_time
from pendopo.kernel.errors import NotFound
from pendopo.queues.models import CaseStep, ForwardedCase, Ticket
from pendopo.tenancy.models import Mall

PAGE = 30
ALL = 100_000
# Where nothing was promised a case stands behind those that were.
NEVER = date(9999, 12, 31)
LATE, OPEN, DONE = "late", "open", "done"
State = ForwardedCase.State


def states() -> list[tuple[str, str]]:
    """Return by what the list can be narrowed."""
    return [(OPEN, _("Belum selesai")), (LATE, _("Terlambat")), (DONE, _("Sudah diserahkan"))]


def is_forwarded(ticket: Ticket) -> bool:
    """Whether what is taken in for a ticket is worked on at the agency and not in the mall."""
    desks = Offering.objects.filter(
        mall=ticket.mall_id, service=OuterRef("pk"), site=ticket.visit.site_id, status=Offering.Status.FRONT_DESK
    )
    services = Service.objects.filter(mall=ticket.mall_id, pk=ticket.variant.service_id)
    return services.filter(Q(kind=Service.Kind.FORWARD) | Exists(desks)).exists()


@dataclass(frozen=True, slots=True)
class Line:
    """A case as the list shows it."""

    case: ForwardedCase
    is_late: bool

    @property
    def mark(self) -> str:
        """How good that is."""
        if self.is_late or self.case.state == State.REJECTED:
            return "bad"
        return "good" if self.case.state in {State.READY, State.GIVEN_BACK} else "info"


def is_late(case: ForwardedCase, today: date) -> bool:
    """Whether the agency still works on a case after the promised day."""
    return case.promised_on is not None and case.promised_on < today and case.state in ForwardedCase.WORKED_ON


def cases(
    mall: Mall, actor: Actor, today: date, *, agency: str = "", state: str = OPEN, cursor: str = "", size: int = PAGE
) -> Page[Line]:
    """Return cases by their promised day, so that the late ones come first; those of the actor's agencies only."""
    never = Value(NEVER, output_field=DateField())
    rows = _seen(mall, actor).annotate(due=Coalesce("promised_on", never, output_field=DateField()))
    if agency:
        rows = rows.filter(agency__code=agency)
    if state == DONE:
        rows = rows.filter(state=State.GIVEN_BACK)
    elif state == LATE:
        rows = rows.filter(_late(today))
    else:
        rows = rows.exclude(state=State.GIVEN_BACK)
    page = page_by_time(rows, cursor, size, by="due", latest_first=False)
    return page.showing([Line(each, is_late(each, today)) for each in page.items])


def _late(today: date) -> Q:
    return Q(state__in=ForwardedCase.WORKED_ON, promised_on__lt=today)


def _seen(mall: Mall, actor: Actor) -> QuerySet[ForwardedCase]:
    rows = ForwardedCase.objects.filter(mall=mall)
    if actor.followed is not None:
        rows = rows.filter(agency__in=actor.followed)
    return rows.select_related("agency", "variant__service", "ticket__queue")


def case_of(mall: Mall, actor: Actor, number: int) -> ForwardedCase:
    """Return a case. Raises NotFound, also for one that whoever asks may not see."""
    found = _seen(mall, actor).filter(pk=number).first()
    if found is None:
        raise NotFound(_("Berkas ini tidak ada."))
    return found


def steps(case: ForwardedCase) -> Sequence[CaseStep]:
    """Return what happened to a case, in order."""
    return list(CaseStep.objects.filter(mall_id=case.mall_id, case=case).select_related("account").order_by("pk"))


@dataclass(frozen=True, slots=True)
class Followed:
    """A case as its citizen sees it: no name of anybody, and every step with its moment."""

    agency: str
    agency_number: str
    papers: Sequence[str]
    promised_on: date | None
    state: str
    steps: Sequence[tuple[str, datetime, str]]

    @property
    def says(self) -> str:
        """What happens next, and who acts."""
        return {
            State.TAKEN_IN: _("Berkas Anda ada di MPP dan segera dikirim. Anda tidak perlu berbuat apa-apa."),
            State.SENT: _("Berkas Anda dalam perjalanan ke instansi. Anda tidak perlu berbuat apa-apa."),
            State.RECEIVED: _("Instansi sedang mengerjakan. Anda tidak perlu berbuat apa-apa."),
            State.ASKED: _("Instansi menunggu Anda: lengkapi berkasnya di MPP."),
            State.READY: _("Hasilnya sudah ada: ambil di MPP."),
            State.REJECTED: _("Permohonan tidak dapat diterima. Berkas dapat diambil di MPP."),
            State.GIVEN_BACK: _("Sudah diserahkan kepada Anda."),
        }[State(self.state)]


def followed(ticket: Ticket) -> Followed | None:
    """Return the case that a ticket opened, None where there is none; two queries."""
    case = ForwardedCase.objects.filter(mall_id=ticket.mall_id, ticket=ticket).select_related("agency").first()
    if case is None:
        return None
    told = [(str(each.get_kind_display()), each.at, each.reason) for each in steps(case)]
    return Followed(case.agency.name, case.agency_number, case.papers, case.promised_on, case.state, told)


def open_and_late(mall_id: int, today: date) -> dict[int, tuple[int, int]]:
    """Count by agency the cases that are not given back, and those that are late; one query."""
    rows = ForwardedCase.objects.filter(mall=mall_id).exclude(state=State.GIVEN_BACK).values("agency")
    counted = rows.annotate(open=Count("pk"), late=Count("pk", filter=_late(today)))
    return {row["agency"]: (row["open"], row["late"]) for row in counted}


def agencies_followed(mall: Mall, actor: Actor) -> list[Agency]:
    """Return the agencies whose cases the actor may read and that have any, by name."""
    rows = Agency.objects.filter(Exists(ForwardedCase.objects.filter(mall=mall, agency=OuterRef("pk"))), mall=mall)
    return list((rows if actor.followed is None else rows.filter(pk__in=actor.followed)).order_by("name"))
