"""What a mall tells everybody, what of it stands today, and what has changed of late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pendopo.agencies.models import Closing
from pendopo.catalogue.models import FloorPlan, Notice, Standard
from pendopo.kernel.cursors import Page, page_of
from pendopo.tenancy.models import Mall, Site

PAGE = 30
ALL = 5_000
# Of more nobody reads.
MOST_TOLD, MOST_CHANGES = 500, 60
LATELY = timedelta(days=60)


def told(mall: Mall, day: date) -> dict[str, list[Notice]]:
    """Return what stands on a day, by kind: the newest announcement first, the rest by title; one query."""
    found: dict[str, list[Notice]] = {kind: [] for kind in Notice.Kind.values}
    for row in Notice.objects.filter(mall=mall).told_on(day).select_related("site").order_by("title", "pk")[:MOST_TOLD]:
        found[row.kind].append(row)
    found[Notice.Kind.ANNOUNCEMENT].sort(key=lambda row: (row.starts_on, row.pk), reverse=True)
    return found


def announcements(mall: Mall, day: date, *, most: int = 2) -> list[Notice]:
    """Return the newest announcements that stand on a day."""
    rows = Notice.objects.filter(mall=mall, kind=Notice.Kind.ANNOUNCEMENT).told_on(day).select_related("site")
    return list(rows.order_by("-starts_on", "-pk")[:most])


def facilities(mall: Mall, day: date) -> int:
    """Count the different facilities for vulnerable groups that the mall has on a day."""
    rows = Notice.objects.filter(mall=mall, kind=Notice.Kind.FACILITY).told_on(day)
    return rows.values("title").distinct().count()


def notices(mall: Mall, kind: str, *, cursor: str = "", size: int = PAGE) -> Page[Notice]:
    """Return all that was ever told of a kind, by title. Raises NotUnderstood for a wrong cursor."""
    rows = Notice.objects.filter(mall=mall, kind=kind).select_related("site")
    return page_of(rows, cursor, size, by="title")


def standing_sites(mall: Mall) -> list[tuple[Site, FloorPlan | None]]:
    """Return the mall's halls and outposts in turn, each with its floor plan."""
    plans = {plan.site_id: plan for plan in FloorPlan.objects.filter(mall=mall)}
    sites = Site.objects.filter(mall=mall).exclude(kind=Site.Kind.VAN).in_use().order_by("position", "pk")
    return [(site, plans.get(site.pk)) for site in sites]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed, or will: since when, of what kind, and of what."""

    on: date
    kind: str
    title: str
    text: str


def changes(mall: Mall, day: date, names: dict[str, str]) -> Sequence[Change]:
    """Return what changed in the two months before a day, and what is to change, the latest first.

    `names` are the words for the kinds: `notice`, `standard`, `closing`.
    """
    since = day - LATELY
    notices = Notice.objects.filter(mall=mall, starts_on__gte=since, ended_at=None).order_by("-starts_on", "-pk")
    standards = Standard.objects.filter(mall=mall, valid_from__gte=since).select_related("service", "variant")
    closings = Closing.objects.filter(mall=mall, starts_at__date__gte=since).select_related("outlet__agency")
    found = [Change(row.starts_on, str(row.get_kind_display()), row.title, row.text) for row in notices[:MOST_CHANGES]]
    for standard in standards.order_by("-valid_from", "-pk")[:MOST_CHANGES]:
        service = f"{standard.service.name}{f' ({standard.variant.name})' if standard.variant else ''}"
        found.append(Change(standard.valid_from, names["standard"], service, standard.decree_number))
    for closing in closings.order_by("-starts_at", "-pk")[:MOST_CHANGES]:
        agency = closing.outlet.agency.name if closing.outlet.agency else names["common"]
        found.append(Change(mall.local(closing.starts_at).date(), names["closing"], agency, closing.reason))
    return sorted(found, key=lambda change: change.on, reverse=True)[:MOST_CHANGES]
