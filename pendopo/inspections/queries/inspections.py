"""The inspections of a mall, and one with all that was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.inspections.models import Answer, Aside, Finding, Inspection, Opinion, Photo, Place
from pendopo.inspections.queries.checklists import NEWEST, Checklist, Item, Section, checklist
from pendopo.kernel import dates
from pendopo.kernel.cursors import Page, UnknownCursor, read_cursor, write_cursor
from pendopo.kernel.errors import NotFound
from pendopo.kernel.sheets import Sheet
from pendopo.tenancy.models import Mall

PAGE = 25
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """An inspection in the list, with how many findings it told."""

    inspection: Inspection
    findings: int


def page(mall: Mall, *, cursor: str = "", size: int = PAGE) -> Page[Row]:
    """Return inspections, the newest first. Raises NotUnderstood for a wrong cursor."""
    rows = Inspection.objects.filter(mall=mall).select_related("account", "signature").prefetch_related("places")
    rows = rows.annotate(told=Count("places__findings", filter=~Q(places__findings__state=Finding.State.WITHDRAWN)))
    if cursor:
        text, number = read_cursor(cursor)
        at = _moment(text)
        rows = rows.filter(Q(begun_at__lt=at) | Q(begun_at=at, pk__lt=number))
    found = list(rows.order_by("-begun_at", "-pk")[: size + 1])
    shown = [Row(each, each.told) for each in found[:size]]
    if len(found) <= size:
        return Page(shown)
    last = found[size - 1]
    return Page(shown, write_cursor(last.begun_at.isoformat(), last.pk))


def sheet(mall: Mall) -> Sheet:
    """Return the same list, whole, as a table."""
    heads = [_("Waktu"), _("Tempat"), _("Pemeriksa"), _("Temuan"), _("Keadaan")]
    return Sheet(_("Sidak"), heads, [cells(row, mall.timezone) for row in page(mall, size=MOST).items])


def cells(row: Row, zone: str) -> list[str | int]:
    """Return a row of the list."""
    one = row.inspection
    return [
        dates.moment(one.begun_at, zone),
        places_text(one),
        one.account.name,
        row.findings,
        state_text(one),
    ]


def places_text(row: Inspection) -> str:
    """Name the places of an inspection."""
    return ", ".join(place.name for place in row.places.all())


def state_text(row: Inspection) -> str:
    """Say whether it is signed."""
    return _("Ditandatangani") if row.is_signed else _("Belum ditandatangani")


def inspection_of(mall: Mall, number: int) -> Inspection:
    """Return an inspection. Raises NotFound."""
    rows = Inspection.objects.filter(mall=mall, pk=number).select_related("account", "signature", "mall")
    found = rows.prefetch_related("places").first()
    if found is None:
        raise NotFound(_("Sidak tidak ditemukan."))
    return found


def said_text(answer: Answer | Aside) -> str:
    """Return an answer in words."""
    return answer.get_value_display() if answer.number is None else str(answer.number)


@dataclass(frozen=True, slots=True)
class Line:
    """An item with its answer, if there is one."""

    item: Item
    answer: Answer | None
    # What others answered and what does not stand, in words.
    asides: Sequence[str] = ()

    @property
    def text(self) -> str:
        """The answer in words; empty without one."""
        return said_text(self.answer) if self.answer else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the checklist as it was answered at a place."""

    section: Section
    lines: Sequence[Line]

    @property
    def answered(self) -> int:
        """How many of its items have an answer."""
        return sum(bool(line.text) for line in self.lines)

    @property
    def yes(self) -> int:
        """How many were answered with yes."""
        return sum(line.answer is not None and line.answer.value == Answer.Value.YES for line in self.lines)


@dataclass(frozen=True, slots=True)
class Visited:
    """A place with all that was answered, heard, seen and found there."""

    place: Place
    checklist: Checklist
    parts: Sequence[Part]
    opinions: Sequence[Opinion]
    photos: Sequence[Photo]
    findings: Sequence[Finding]

    @property
    def score(self) -> tuple[int, int, int] | None:
        """How many facilities for vulnerable groups there are, of how many, and the points; None: not looked at."""
        for part in self.parts:
            if part.section.instrument and part.answered:
                return part.yes, len(part.lines), part.section.instrument.value(part.yes)
        return None

    @property
    def heard(self) -> list[tuple[str, int, int]]:
        """Each question with how many answered as one hopes, of how many."""
        answers = ([each.first for each in self.opinions], [each.second for each in self.opinions])
        return [
            (str(question.text), sum(one == question.good for one in told), len(told))
            for question, told in zip(self.checklist.questions, answers, strict=True)
        ]


def visited(inspection: Inspection) -> list[Visited]:
    """Return each place with what was found there, in as many queries for one place as for many."""
    asked = checklist(inspection.checklist)
    own = {"mall_id": inspection.mall_id}
    rows = Place.objects.filter(inspection=inspection, **own).order_by("pk")
    rows = rows.prefetch_related(
        Prefetch("answers", Answer.objects.filter(**own)),
        Prefetch("asides", Aside.objects.filter(**own).select_related("account").order_by("at", "pk")),
        Prefetch("opinions", Opinion.objects.filter(**own).order_by("at", "pk")),
        Prefetch("photos", _of_the_visit(Photo.objects.filter(**own)).order_by("taken_at", "pk")),
        Prefetch("findings", _findings(inspection).order_by("pk")),
    )
    return [_visited(place, asked, inspection.mall.timezone) for place in rows]


def nothing_yet(inspection: Inspection) -> Visited:
    """Return what is asked at a place of an inspection that has not begun."""
    asked = checklist(inspection.checklist)
    parts = [Part(section, [Line(item, None) for item in section.items]) for section in asked.sections]
    return Visited(Place(mall=inspection.mall), asked, parts, [], [], [])


def older_checklist_text(inspection: Inspection) -> str:
    """Say that an inspection was made with an older checklist than is in force now; empty where it was not."""
    if inspection.checklist == NEWEST:
        return ""
    told = {"used": inspection.checklist, "newest": NEWEST}
    return _("Sidak ini memakai daftar periksa versi %(used)d; yang berlaku kini versi %(newest)d.") % told


def _visited(place: Place, asked: Checklist, zone: str) -> Visited:
    answers = {answer.item: answer for answer in place.answers.all()}
    asides: dict[str, list[str]] = {}
    for each in place.asides.all():
        asides.setdefault(each.item, []).append(_aside_text(each, zone))
    parts = [
        Part(section, [Line(item, answers.get(item.key), asides.get(item.key, ())) for item in section.items])
        for section in asked.sections
    ]
    return Visited(
        place, asked, parts, list(place.opinions.all()), list(place.photos.all()), list(place.findings.all())
    )


def _aside_text(aside: Aside, zone: str) -> str:
    told = {"name": aside.account.name, "time": dates.hour(aside.at, zone), "answer": said_text(aside) or "–"}
    text = _("%(name)s pukul %(time)s menjawab: %(answer)s") % told
    return f"{text} ({aside.note})" if aside.note else text


def _of_the_visit(rows: QuerySet[Photo]) -> QuerySet[Photo]:
    """What came after the signature stands with its finding."""
    return rows.exclude(stage=Photo.Stage.AFTER).exclude(finding__state=Finding.State.WITHDRAWN)


def _findings(inspection: Inspection) -> QuerySet[Finding]:
    rows = Finding.objects.filter(mall_id=inspection.mall_id).exclude(state=Finding.State.WITHDRAWN)
    return rows.select_related("agency")


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnknownCursor from error
    if at.tzinfo is None:
        raise UnknownCursor
    return at
