"""The coverage desk: agencies with their services in the mall and not, and what is still served twice."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency, Outlet
from pendopo.agencies.types import Actor
from pendopo.catalogue.events import CasesAsked
from pendopo.catalogue.models import Coverage, CoverageDecision, Offering, OwnOffice, Service
from pendopo.catalogue.models.coverage import CoveredQuerySet
from pendopo.kernel import events
from pendopo.kernel.cursors import Page, page_of
from pendopo.kernel.errors import NotFound
from pendopo.tenancy.models import Mall

PAGE = 25
ALL = 20_000
UNDECIDED = "open"


@dataclass(frozen=True, slots=True)
class Line:
    """An agency with how many of its services are how in the mall, and how many are still served twice."""

    agency: Agency
    counts: dict[str, int]
    twice: int
    open_cases: int = 0
    late_cases: int = 0

    @property
    def all(self) -> int:
        """All its services."""
        return sum(self.counts.values())

    @property
    def covered(self) -> int:
        """Those that people are served in the mall, in whatever way."""
        return sum(self.counts.get(each, 0) for each in (Coverage.IN, Coverage.FRONT_DESK, Coverage.FORWARD))

    @property
    def refused(self) -> int:
        """Those that were decided not to be there."""
        return self.counts.get(Coverage.NOT, 0)

    @property
    def undecided(self) -> int:
        """Those of which nobody has decided."""
        return self.counts.get(UNDECIDED, 0)


def coverage(mall: Mall, actor: Actor, today: date, *, cursor: str = "", size: int = PAGE) -> Page[Line]:
    """Return agencies that have services, by name, with how these are in the mall; an admin sees the own agency."""
    rows = Agency.objects.filter(Exists(Service.objects.standing().filter(mall=mall, agency=OuterRef("pk"))), mall=mall)
    if actor.overseen is not None:
        rows = rows.filter(pk__in=actor.overseen)
    page = page_of(rows, cursor, size)
    shown = page.items
    counts: dict[int, dict[str, int]] = {}
    counted = _covered(mall).filter(agency__in=shown).values("agency", how=F("coverage")).annotate(number=Count("pk"))
    for row in counted:
        counts.setdefault(row["agency"], {})[row["how"] or UNDECIDED] = row["number"]
    double = _twice(mall).filter(agency__in=shown).values("agency").annotate(number=Count("pk"))
    twice = dict(double.values_list("agency", "number"))
    asked = CasesAsked(mall.pk, today)
    events.publish(asked)
    lines = [
        Line(each, counts.get(each.pk, {}), twice.get(each.pk, 0), *asked.agencies.get(each.pk, (0, 0)))
        for each in shown
    ]
    return page.showing(lines)


def totals(mall: Mall) -> tuple[dict[str, int], int]:
    """Count all services by how they are in the mall, and those that are still served twice; two queries."""
    counted = _covered(mall).values(how=F("coverage")).annotate(number=Count("pk"))
    counts = {how or UNDECIDED: number for how, number in counted.values_list("how", "number")}
    return counts, _twice(mall).count()


@dataclass(frozen=True, slots=True)
class Covered:
    """A service with how it is in the mall, the decision that made it so, and what the agency's own office does."""

    service: Service
    coverage: str
    decision: CoverageDecision | None
    office: OwnOffice | None

    @property
    def label(self) -> str:
        """How it is in the mall, in words."""
        return str(Coverage(self.coverage).label) if self.coverage else _("Belum diputuskan")

    @property
    def is_here(self) -> bool:
        """Whether people are served in the mall."""
        return self.coverage not in {"", Coverage.NOT}

    @property
    def mark(self) -> str:
        """How good that is: `warn` for undecided, `good` for here, `bad` for not."""
        if not self.coverage:
            return "warn"
        return "good" if self.is_here else "bad"

    @property
    def is_twice(self) -> bool:
        """Whether it is in the mall and its agency's own counter is not proven closed."""
        return self.is_here and (self.office is None or self.office.state == OwnOffice.State.SERVES)

    @property
    def office_text(self) -> str:
        """What the agency's own office does, in words."""
        if self.office is None:
            return _("Belum diperiksa")
        place = f": {self.office.place}" if self.office.place else ""
        return f"{self.office.get_state_display()}{place}"


def services_of(mall: Mall, agency: Agency, *, how: str = "", cursor: str = "", size: int = PAGE) -> Page[Covered]:
    """Return an agency's services by name; `how` narrows them to a coverage, or to those undecided."""
    rows = _covered(mall).filter(agency=agency)
    if how:
        rows = rows.filter(Q(coverage=None if how == UNDECIDED else how))
    return _page(mall, rows, cursor, size)


def twice(mall: Mall, actor: Actor, *, cursor: str = "", size: int = PAGE) -> Page[Covered]:
    """Return services that are in the mall while their agency's own counter is not proven closed, by name."""
    rows = _twice(mall)
    if actor.overseen is not None:
        rows = rows.filter(agency__in=actor.overseen)
    return _page(mall, rows, cursor, size)


def covered(mall: Mall, actor: Actor, code: str) -> Covered:
    """Return one service. Raises NotFound, also for one that whoever asks may not see."""
    rows = _covered(mall).filter(code=code)
    if actor.overseen is not None:
        rows = rows.filter(agency__in=actor.overseen)
    found = _page(mall, rows, "", 1).items
    if not found:
        raise NotFound(_("Layanan ini tidak ada."))
    return found[0]


def decisions(service: Service, *, most: int = 50) -> list[CoverageDecision]:
    """Return what was decided of a service, the last first."""
    rows = CoverageDecision.objects.filter(mall_id=service.mall_id, service=service).select_related("account")
    return list(rows.order_by("-pk")[:most])


def outlets_for(service: Service) -> list[Outlet]:
    """Return the outlets that may give a service: those of its agency, then common desks."""
    rows = (
        Outlet.objects.receiving().filter(mall_id=service.mall_id).filter(Q(agency=service.agency_id) | Q(agency=None))
    )
    return list(rows.select_related("site", "agency").order_by("agency", "site__position", "pk"))


def _covered(mall: Mall) -> CoveredQuerySet:
    return CoveredQuerySet(Service).filter(mall=mall, ended_at=None).covered()


def _twice(mall: Mall) -> QuerySet[Service]:
    here = Offering.objects.filter(mall=mall, service=OuterRef("pk")).exclude(status=Offering.Status.NOT)
    done = OwnOffice.objects.filter(mall=mall, service=OuterRef("pk")).exclude(state=OwnOffice.State.SERVES)
    return _covered(mall).filter(Exists(here), ~Exists(done))


def _page(mall: Mall, rows: QuerySet[Service], cursor: str, size: int) -> Page[Covered]:
    last = CoverageDecision.objects.filter(mall=mall, service=OuterRef("pk")).order_by("-pk")
    rows = rows.annotate(last_decision=Subquery(last.values("pk")[:1])).select_related("agency", "own_office")
    page = page_of(rows, cursor, size)
    made = {
        each.pk: each
        for each in CoverageDecision.objects.filter(
            mall=mall, pk__in=[getattr(row, "last_decision", None) for row in page.items]
        ).select_related("account")
    }
    items = [
        Covered(
            row, getattr(row, "coverage", "") or "", made.get(getattr(row, "last_decision", None) or 0),
            getattr(row, "own_office", None),
        )
        for row in page.items
    ]  # fmt: skip
    return page.showing(items)
