"""What is to be mended: how much, whose, until when, and what became of it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Q, QuerySet, When, Window
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.inspections.models import Finding, Photo, Step
from pendopo.kernel import dates
from pendopo.kernel.cursors import Page, UnknownCursor, page_of, read_cursor
from pendopo.kernel.errors import NotFound
from pendopo.kernel.sheets import Sheet
from pendopo.tenancy.models import Mall

PAGE = 25
# Nobody reads more at once.
MOST = 20_000
LATE, OWN = "late", "mall"


@dataclass(frozen=True, slots=True)
class FindingStanding:
    """How many findings are not closed yet, and how many of them their owner should have answered by now."""

    open: int
    late: int
    # Whose it is to act first, and until when; none where nothing waits for an owner.
    owner: str = ""
    due_on: date | None = None

    @property
    def first_text(self) -> str:
        """Whose it is to act first and until when, in words; empty where nothing waits for an owner."""
        if self.due_on is None:
            return ""
        told = {"owner": self.owner or _("Pengelola MPP"), "day": dates.short_day(self.due_on)}
        if self.late:
            return _("Paling lama terlambat, tenggat %(day)s: %(owner)s") % told
        return _("Tenggat terdekat %(day)s: %(owner)s") % told


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings a list shows: an agency's code or "mall" for the mall's own, a state or "late"; empty: all."""

    agency: str = ""
    state: str = ""


def standing(mall: Mall, today: date) -> FindingStanding:
    """Count the findings of signed inspections that are not closed, and tell the one that is due first; one query."""
    rows = Finding.objects.filter(mall=mall).told().exclude(state=Finding.State.CLOSED)
    is_open = Q(state=Finding.State.OPEN)
    late = Window(Count("pk", filter=is_open & Q(due_on__lt=today)))
    rows = rows.order_by(Case(When(is_open, then=0), default=1), "due_on", "pk")
    first = rows.values_list("state", "agency__short_name", "due_on", Window(Count("pk")), late).first()
    if first is None:
        return FindingStanding(0, 0)
    state, owner, due_on, many, late_many = first
    if state != Finding.State.OPEN:
        return FindingStanding(many, late_many)
    return FindingStanding(many, late_many, owner or "", due_on)


def findings(mall: Mall, actor: Actor, wanted: Wanted, today: date) -> QuerySet[Finding]:
    """Return the told findings that somebody may see."""
    rows = Finding.objects.filter(mall=mall).told().visible_to(actor)
    if wanted.agency == OWN:
        rows = rows.filter(agency=None)
    elif wanted.agency:
        rows = rows.filter(agency__code=wanted.agency)
    if wanted.state == LATE:
        rows = rows.late(today)
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    return rows.select_related("agency", "place__inspection")


def page(mall: Mall, actor: Actor, wanted: Wanted, today: date, *, cursor: str = "", size: int = PAGE) -> Page[Finding]:
    """Return findings, the soonest due first. Raises NotUnderstood for a wrong cursor."""
    if cursor:
        _refuse_no_day(read_cursor(cursor)[0])
    return page_of(findings(mall, actor, wanted, today), cursor, size, by="due_on")


def sheet(mall: Mall, actor: Actor, wanted: Wanted, today: date) -> Sheet:
    """Return the same list, whole, as a table."""
    heads = [_("Temuan"), _("Tempat"), _("Penanggung jawab"), _("Ditemukan"), _("Tenggat"), _("Keadaan")]
    rows = page(mall, actor, wanted, today, size=MOST).items
    return Sheet(_("Temuan"), heads, [cells(row, today) for row in rows])


def cells(row: Finding, today: date) -> list[str]:
    """Return a row of the list in words."""
    return [
        row.words,
        row.place.name,
        row.owner,
        dates.short_day(row.found_on),
        dates.short_day(row.due_on),
        state_text(row, today),
    ]


def state_text(row: Finding, today: date) -> str:
    """Return how a finding stands, in words."""
    if not row.is_late(today):
        return str(Finding.State(row.state).label)
    days = (today - row.due_on).days
    return _("Terlambat %(days)d hari") % {"days": days}


def finding_of(mall: Mall, actor: Actor, number: int) -> Finding:
    """Return a finding. Raises NotFound, also for one that is not theirs to see."""
    rows = Finding.objects.filter(mall=mall, pk=number).visible_to(actor)
    found = rows.select_related("agency", "account", "place__inspection__account").first()
    if found is None:
        raise NotFound(_("Temuan tidak ditemukan."))
    return found


def steps(finding: Finding) -> list[Step]:
    """Return what happened to a finding, the first first."""
    rows = Step.objects.filter(mall_id=finding.mall_id, finding=finding)
    return list(rows.select_related("account").order_by("pk"))


def photos(finding: Finding) -> list[Photo]:
    """Return the pictures of before and after, the oldest first."""
    rows = Photo.objects.filter(mall_id=finding.mall_id, finding=finding)
    return list(rows.order_by("taken_at", "pk"))


def _refuse_no_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise UnknownCursor from error
