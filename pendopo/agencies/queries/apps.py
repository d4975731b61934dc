"""The register of apps: the list, what does the same twice, and how many will be left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.models import App, AppOverlap
from pendopo.agencies.types import Actor
from pendopo.kernel.cursors import Page, page_of
from pendopo.kernel.rows import row_of
from pendopo.tenancy.models import Mall

PAGE = 25
ALL = 5_000
USED, RETIRING, OVERDUE, RETIRED, TWOFOLD = "used", "retiring", "overdue", "retired", "twofold"
MOST_PROPOSED = 10
# From this likeness of purposes on (pg_trgm, 0 to 1) somebody should look whether two apps do the same.
LIKE: Final = 0.3
# A mall has some hundred apps at most; each pair of those in use that nobody has judged is compared.
PROPOSED = """
SELECT a.id, b.id, similarity(lower(a.purpose), lower(b.purpose)) AS likeness
FROM agencies_app a JOIN agencies_app b ON b.mall_id = a.mall_id AND b.id > a.id
WHERE a.mall_id = %(mall)s AND a.retired_on IS NULL AND b.retired_on IS NULL
  AND similarity(lower(a.purpose), lower(b.purpose)) >= %(like)s
  AND (%(app)s::bigint IS NULL OR %(app)s IN (a.id, b.id))
  AND (%(agencies)s::bigint[] IS NULL OR a.agency_id = ANY(%(agencies)s) OR b.agency_id = ANY(%(agencies)s))
  AND NOT EXISTS (
    SELECT FROM agencies_appoverlap o WHERE o.mall_id = a.mall_id AND o.first_id = a.id AND o.second_id = b.id
  )
ORDER BY likeness DESC, a.id, b.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which apps are wanted: of an agency, in a state, with words in name or purpose."""

    agency: str = ""
    state: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many apps are in use, how many will be once those with a day are retired, and what needs somebody."""

    now: int
    after: int
    retired: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two apps that do the same, or seem to; `likeness` of their purposes in per cent where it is only proposed."""

    first: App
    second: App
    likeness: int = 0
    told: AppOverlap | None = None


def states() -> list[tuple[str, str]]:
    """Return the states that can be asked for, in words."""
    return [
        (USED, _("Dipakai")), (RETIRING, _("Akan dipensiunkan")), (OVERDUE, _("Lewat batas pensiun")),
        (RETIRED, _("Sudah dipensiunkan")), (TWOFOLD, _("Tumpang tindih")),
    ]  # fmt: skip


def visible(mall: Mall, actor: Actor) -> QuerySet[App]:
    """Return the apps that somebody may see: all, or those of their agency."""
    rows = App.objects.filter(mall=mall).select_related("agency", "replaced_by")
    return rows if actor.overseen is None else rows.filter(agency__in=actor.overseen)


def apps(mall: Mall, actor: Actor, day: date, wanted: Filter, *, cursor: str = "", size: int = PAGE) -> Page[App]:
    """Return apps by name. Raises NotUnderstood for a wrong cursor."""
    rows = visible(mall, actor)
    if wanted.agency:
        rows = rows.filter(agency__code=wanted.agency)
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(purpose__icontains=wanted.words))
    match wanted.state:
        case "used":
            rows = rows.filter(retired_on=None, retire_by=None)
        case "retiring":
            rows = rows.filter(retired_on=None, retire_by__gte=day)
        case "overdue":
            rows = rows.filter(pk__in=App.objects.filter(mall=mall).overdue(day))
        case "retired":
            rows = rows.filter(retired_on__isnull=False)
        case "twofold":
            rows = rows.filter(pk__in=App.objects.filter(mall=mall).twofold(mall))
    return page_of(rows, cursor, size)


def counts(mall: Mall, actor: Actor, day: date) -> Counts:
    """Count the apps that somebody may see: from how many to how many."""
    used = Q(retired_on=None)
    told = visible(mall, actor).aggregate(
        now=Count("pk", filter=used),
        after=Count("pk", filter=used & Q(retire_by=None)),
        retired=Count("pk", filter=~used),
        overdue=Count("pk", filter=used & Q(retire_by__lt=day)),
    )
    return Counts(**told)


def app(mall: Mall, actor: Actor, number: int) -> App:
    """Return an app. Raises NotFound, also for one that whoever asks may not see."""
    return row_of(visible(mall, actor), number, _("Aplikasi tidak ditemukan."))


def judged(mall: Mall, actor: Actor, *, of: App | None = None, most: int = 50) -> list[Pair]:
    """Return what somebody declared to do the same; of one app also what was found to differ."""
    rows = AppOverlap.objects.filter(mall=mall)
    rows = rows.filter(is_overlap=True) if of is None else rows.filter(Q(first=of) | Q(second=of))
    if actor.overseen is not None:
        rows = rows.filter(Q(first__agency__in=actor.overseen) | Q(second__agency__in=actor.overseen))
    rows = rows.select_related("first__agency", "second__agency", "account")
    return [Pair(row.first, row.second, told=row) for row in rows.order_by("first__name", "pk")[:most]]


def proposed(mall: Mall, actor: Actor, *, of: App | None = None) -> list[Pair]:
    """Return apps whose purposes read alike and of which nobody has said anything yet, the likest first."""
    agencies = None if actor.overseen is None else sorted(actor.overseen)
    asked = {"mall": mall.pk, "like": LIKE, "app": of.pk if of else None, "agencies": agencies, "most": MOST_PROPOSED}
    with connection.cursor() as cursor:
        cursor.execute(PROPOSED, asked)
        rows: Sequence[tuple[int, int, float]] = cursor.fetchall()
    found = App.objects.filter(mall=mall).select_related("agency").in_bulk({pk for row in rows for pk in row[:2]})
    return [Pair(found[one], found[other], round(100 * likeness)) for one, other, likeness in rows]


def others(mall: Mall, app: App | None) -> list[App]:
    """Return the apps in use besides one, by name: what it may overlap, or be replaced by."""
    rows = App.objects.filter(mall=mall, retired_on=None)
    rows = rows.exclude(pk=app.pk) if app else rows
    return list(rows.select_related("agency").order_by("name", "pk")[:ALL])
