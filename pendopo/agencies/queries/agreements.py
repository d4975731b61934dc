"""Who has signed what: the matrix of agencies and kinds of agreement, and what must be renewed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency, Agreement, Signatory, Standing
from pendopo.agencies.models.agreements import ENDS_SOON, ENDS_VERY_SOON
from pendopo.agencies.types import Actor
from pendopo.kernel import dates
from pendopo.kernel.cursors import Page, read_cursor, write_cursor
from pendopo.kernel.rows import row_of
from pendopo.tenancy.models import Mall

PAGE = 25
NONE = "none"
# Everything, for a file; a government has no more agencies.
ALL = 5_000
KINDS = Agreement.Kind.values


@dataclass(frozen=True, slots=True)
class Cell:
    """How an agency stands to a kind of agreement; `notes` say why not, what comes next, until when."""

    kind: str
    standing: str
    label: str
    notes: Sequence[str]
    agreement: int | None
    is_urgent: bool = False

    @property
    def text(self) -> str:
        """The same in one line, for a file."""
        return "; ".join([self.label, *self.notes])


@dataclass(frozen=True, slots=True)
class Line:
    """An agency, or a party without a counter, with its cells in the order of the kinds."""

    name: str
    is_agency: bool
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which lines are wanted: of a kind, of a standing, with words in the name."""

    kind: str = ""
    standing: str = ""
    words: str = ""


def matrix(mall: Mall, actor: Actor, day: date, wanted: Filter, *, cursor: str = "", size: int = PAGE) -> Page[Line]:
    """Return agencies by name with how they stand to each kind of agreement. Raises NotUnderstood for a wrong cursor.

    Whoever oversees the mall sees all, and the parties without a counter; an agency's admin their own agency.
    """
    agencies = Agency.objects.filter(mall=mall)
    if actor.overseen is not None:
        agencies = agencies.filter(pk__in=actor.overseen)
    own = _narrowed(_with_best(agencies, mall, day, KINDS, agency=OuterRef("pk")), wanted)
    others = Signatory.objects.filter(mall=mall, agency=None)
    named = _narrowed(_with_best(others, mall, day, KINDS, agency=None, name=OuterRef("name")), wanted)
    if cursor:
        name, number = read_cursor(cursor)
        own = own.filter(Q(name__gt=name) | Q(name=name, pk__gt=number))
        named = named.filter(name__gt=name)
    columns = ["name", "key", *(f"best_{kind}" for kind in KINDS)]
    found = own.annotate(key=F("pk")).values_list(*columns)
    if actor.overseen is None:
        parties = named.annotate(key=Value(0, output_field=BigIntegerField())).values_list(*columns)
        found = found.union(parties)
    rows = list(found.order_by("name", "key")[: size + 1])
    shown = rows[:size]
    signatories = _signatories(mall, day, [pk for row in shown for pk in row[2:] if pk])
    lines = [
        Line(name, key > 0, [_cell(kind, signatories.get(pk), day) for kind, pk in zip(KINDS, bests, strict=True)])
        for name, key, *bests in shown
    ]
    return Page(lines, write_cursor(shown[-1][0], shown[-1][1]) if len(rows) > size else None)


@dataclass(frozen=True, slots=True)
class Total:
    """How many lines of the matrix stand in which way to a kind of agreement: standing, its name, how many."""

    kind: str
    label: str
    counts: Sequence[tuple[str, str, int]]


def totals(mall: Mall, day: date) -> list[Total]:
    """Count the whole matrix by kind, parties without a counter included; two queries."""
    agencies = _with_best(Agency.objects.filter(mall=mall), mall, day, KINDS, agency=OuterRef("pk"))
    others = Signatory.objects.filter(mall=mall, agency=None)
    named = _with_best(others, mall, day, KINDS, agency=None, name=OuterRef("name"))
    columns = [f"as_{kind}" for kind in KINDS]
    rows = [*agencies.values_list(*columns), *(row[1:] for row in named.values_list("name", *columns).distinct())]
    found = []
    for place, kind in enumerate(Agreement.Kind):
        counted = Counter(row[place] or NONE for row in rows)
        named_standings = [*((each.value, str(each.label)) for each in Standing), (NONE, _("Belum ada"))]
        counts = [(value, label, counted[value]) for value, label in named_standings if counted[value]]
        found.append(Total(kind.value, str(kind.label), counts))
    return found


def standings(mall: Mall, day: date, kind: str) -> dict[str, int]:
    """Count the mall's agencies by how each stands to a kind of agreement, as the matrix shows it; one query."""
    counted = _with_best(Agency.objects.filter(mall=mall), mall, day, [kind], agency=OuterRef("pk"))
    found = counted.values_list(f"as_{kind}").annotate(Count("pk"))
    return {standing or NONE: number for standing, number in found}


def _with_best[M: Agency | Signatory](
    rows: QuerySet[M], mall: Mall, day: date, kinds: Sequence[str], **whose: object
) -> QuerySet[M]:
    """Put beside each row, for each of some kinds, its best signatory and how that stands."""
    for kind in kinds:
        best = Signatory.objects.filter(mall=mall, agreement__kind=kind, **whose).standing(day)
        rows = rows.annotate(
            **{
                f"best_{kind}": Subquery(best.values("pk")[:1]),
                f"as_{kind}": Subquery(best.values(how=F("standing"))[:1]),
            }
        )
    return rows


def _narrowed[M: Agency | Signatory](rows: QuerySet[M], wanted: Filter) -> QuerySet[M]:
    if wanted.words:
        rows = rows.filter(name__icontains=wanted.words)
    kinds = [wanted.kind] if wanted.kind in KINDS else KINDS
    if wanted.standing == NONE:
        return rows.filter(_any({f"as_{kind}__isnull": True} for kind in kinds))
    if wanted.standing:
        return rows.filter(_any({f"as_{kind}": wanted.standing} for kind in kinds))
    return rows


def _any(conditions: Iterable[dict[str, object]]) -> Q:
    found = Q()
    for condition in conditions:
        found |= Q(**condition)
    return found


def _signatories(mall: Mall, day: date, numbers: Sequence[int]) -> dict[int, Signatory]:
    rows = Signatory.objects.filter(mall=mall, pk__in=numbers).standing(day).renewing()
    return {row.pk: row for row in rows.select_related("agreement")}


def _cell(kind: str, row: Signatory | None, day: date) -> Cell:
    if row is None:
        return Cell(kind, NONE, _("Belum ada"), (), None)
    agreement, standing = row.agreement, Standing(row.standing)
    ends = agreement.ends_on
    left = (ends - day).days if ends and standing in {Standing.ENDING, Standing.EXPIRED} else None
    urgent = standing is Standing.EXPIRED or (left is not None and left <= ENDS_VERY_SOON.days)
    return Cell(kind, standing.value, str(standing.label), _notes(row, standing), agreement.pk, urgent)


def _notes(row: Signatory, standing: Standing) -> list[str]:
    ends = row.agreement.ends_on
    notes = []
    if standing is Standing.NOT:
        notes.append(row.get_reason_display())
    elif row.signed_on and standing is Standing.SIGNED:
        notes.append(dates.short_day(row.signed_on))
    elif ends and standing in {Standing.ENDING, Standing.EXPIRED}:
        notes.append(_("sampai %(day)s") % {"day": dates.short_day(ends)})
        notes += [_("perpanjangan disiapkan")] if row.is_renewed else []
    notes += [row.note] if row.note else []
    if row.next_step:
        notes.append(_("Berikutnya: %(step)s") % {"step": row.next_step})
    if row.due_on:
        notes.append(_("tenggat %(day)s") % {"day": dates.short_day(row.due_on)})
    return notes


@dataclass(frozen=True, slots=True)
class Warned:
    """An agreement that ends soon or has ended, and is not renewed yet."""

    agreement: Agreement
    parties: Sequence[str]
    days: int

    @property
    def is_urgent(self) -> bool:
        """Whether it ends within 30 days, or has ended."""
        return self.days <= ENDS_VERY_SOON.days


def warnings(mall: Mall, actor: Actor, day: date, *, most: int = 20) -> list[Warned]:
    """Return signed agreements that end within 90 days, or ended within the last year, and that nobody renews yet."""
    found = (
        visible(mall, actor)
        .filter(ended_on=None, ends_on__lte=day + ENDS_SOON, ends_on__gte=day - timedelta(days=365))
        .filter(Exists(Signatory.objects.filter(mall=mall, agreement=OuterRef("pk"), state=Signatory.State.SIGNED)))
        .exclude(Exists(Agreement.objects.filter(mall=mall, renews=OuterRef("pk"))))
        .order_by("ends_on", "pk")
        .prefetch_related("signatories__agency")[:most]
    )
    return [
        Warned(each, sorted(str(row) for row in each.signatories.all()), (each.ends_on - day).days)
        for each in found
        if each.ends_on
    ]


def visible(mall: Mall, actor: Actor) -> QuerySet[Agreement]:
    """Return the agreements that somebody may see: all, or those of their agency."""
    found = Agreement.objects.filter(mall=mall)
    if actor.overseen is None:
        return found
    mine = Signatory.objects.filter(mall=mall, agreement=OuterRef("pk"), agency__in=actor.overseen)
    return found.filter(Exists(mine))


def agreement(mall: Mall, actor: Actor, number: int) -> Agreement:
    """Return an agreement. Raises NotFound, also for one that whoever asks may not see."""
    return row_of(visible(mall, actor).select_related("renews"), number, _("Perjanjian tidak ditemukan."))


def signatories(agreement: Agreement, actor: Actor) -> list[Signatory]:
    """Return who has to sign an agreement, by name; an agency's admin is shown only the own agency's line."""
    rows = Signatory.objects.filter(mall_id=agreement.mall_id, agreement=agreement).select_related("agency", "signing")
    if actor.overseen is not None:
        rows = rows.filter(agency__in=actor.overseen)
    return sorted(rows, key=lambda row: (str(row), row.pk))


# A page sends two fields a row, and no more than 200 are taken in.
MOST_AT_ONCE = 90


def unsigned(mall: Mall, *, most: int = MOST_AT_ONCE) -> list[Signatory]:
    """Return who has yet to sign something that still holds, by name."""
    rows = (
        Signatory.objects.filter(mall=mall, agreement__ended_on=None)
        .exclude(state=Signatory.State.SIGNED)
        .select_related("agency", "agreement")
        .order_by("agency__name", "name", "pk")
    )
    return list(rows[:most])
