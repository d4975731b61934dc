"""Who wants to join, and how ready those are who take part in the opening."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Min, Q

from pendopo.agencies.models import Agency, Preparation, PreparationItem, Prospect
from pendopo.agencies.queries.directory import agency_of
from pendopo.agencies.types import Actor
from pendopo.kernel.cursors import Page, page_of
from pendopo.tenancy.models import Mall

PAGE = 25
ALL = 5_000


def prospects(mall: Mall, *, state: str = "", cursor: str = "", size: int = PAGE) -> Page[Prospect]:
    """Return who wants to join, by name. Raises NotUnderstood for a wrong cursor."""
    rows = Prospect.objects.filter(mall=mall)
    if state:
        rows = rows.filter(state=state)
    return page_of(rows, cursor, size)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many things of an agency's checklist are there, and when the next of the others is due."""

    agency_code: str
    agency_name: str
    filled_from: date
    ready: int
    asked: int
    due_on: date | None

    @property
    def is_ready(self) -> bool:
        """Whether nothing is lacking."""
        return self.ready == self.asked

    def is_late(self, day: date) -> bool:
        """Whether something lacks whose day is over."""
        return self.due_on is not None and self.due_on < day


def progress(mall: Mall, actor: Actor, *, cursor: str = "", size: int = PAGE) -> Page[Progress]:
    """Return how ready the agencies are that take part, by name; an agency's admin sees the own one."""
    rows = Preparation.objects.filter(mall=mall)
    if actor.overseen is not None:
        rows = rows.filter(agency__in=actor.overseen)
    lacking = Q(items__ready_on=None)
    rows = rows.select_related("agency").annotate(
        asked=Count("items"), ready=Count("items", filter=~lacking), due=Min("items__due_on", filter=lacking)
    )
    page = page_of(rows, cursor, size, by="agency__name")
    return page.showing(
        [
            Progress(each.agency.code, each.agency.name, each.filled_from, each.ready, each.asked, each.due)
            for each in page.items
        ]
    )


def preparation(mall: Mall, actor: Actor, code: str) -> tuple[Agency, Preparation | None]:
    """Return an agency and its checklist, if it takes part. Raises NotFound, also for one that is not theirs."""
    agency = agency_of(mall, code, among=actor.overseen)
    return agency, Preparation.objects.filter(mall=mall, agency=agency).first()


def items(preparation: Preparation) -> list[PreparationItem]:
    """Return what an agency needs: by kind, then what lacks first, the soonest due before."""
    rows = PreparationItem.objects.filter(mall_id=preparation.mall_id, preparation=preparation)
    order = {kind: place for place, kind in enumerate(PreparationItem.Kind.values)}
    found = rows.order_by(F("ready_on").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "name")
    return sorted(found, key=lambda item: order[item.kind])


def without_preparation(mall: Mall, *, most: int = 200) -> list[Agency]:
    """Return the agencies that do not take part in the opening yet."""
    return list(Agency.objects.filter(mall=mall, preparation=None).order_by("name")[:most])
