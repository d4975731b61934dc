"""Letters: what stands in one that is made now, and those that were made."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency, Agreement
from pendopo.agencies.queries import agreements
from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Variant
from pendopo.documents import typesetting
from pendopo.kernel import dates
from pendopo.kernel.cursors import Page, UnknownCursor, read_cursor, write_cursor
from pendopo.kernel.errors import NotFound
from pendopo.kernel.rows import row_of
from pendopo.meetings.correspondence import Template, templates
from pendopo.meetings.models import Decision, Letter, Meeting
from pendopo.meetings.queries import meetings as shown
from pendopo.meetings.queries import papers
from pendopo.meetings.queries.papers import Made
from pendopo.meetings.types import Annexed, Content, LetterFacts
from pendopo.tenancy.models import Mall

TEMPLATE = Path(__file__).parent.parent / "typst" / "letter.typ"
PAGE = 25
ALL = 5_000
type Subject = Meeting | Agency | None


def template(code: str) -> Template:
    """Return a template by its code. Raises NotFound."""
    found = templates().get(code)
    if found is None:
        raise NotFound(_("Contoh surat ini tidak ada."))
    return found


def compose(
    mall: Mall, template: Template, facts: LetterFacts, about: Subject, *, by: Actor, at: datetime, mark: str = ""
) -> Content:
    """Put a letter together from its template, what was told, and the mall's rows of this moment.

    In Indonesian: it is a letter of the office. `mark` stands across one that is not made yet.
    """
    with translation.override("id"):
        known = _values(mall, about) | dict(facts.texts)
        in_annex = {each.name for each in template.asks if "{" + each.name + "}" not in "".join(template.paragraphs)}
        return Content(
            head=[mall.government, mall.name],
            number=facts.number,
            date=list(facts.day.timetuple()[:3]),
            day=dates.day(facts.day, mall.timezone),
            recipient=facts.recipient,
            subject=facts.subject,
            basis=list(template.basis),
            paragraphs=[text for text in (_filled(each, known) for each in template.paragraphs) if text],
            signer=facts.signer,
            signer_office=facts.signer_office,
            annex=template.annex,
            sections=[
                [each.indonesian, facts.texts[each.name]]
                for each in template.asks
                if each.name in in_annex and facts.texts.get(each.name)
            ],
            tables=[_annexed(made) for made in _tables(mall, template, about, by, at)],
            mark=mark,
        )


def pdf(mall: Mall, content: Content) -> bytes:
    """Set a letter of a mall as PDF/A."""
    return typesetting.pdf(TEMPLATE, dict(content), mall=mall)


def recipient(template: Template, about: Subject) -> str:
    """Return to whom a letter of a template goes, before its writer changes that."""
    return _filled(template.recipient, {"agency": about.name if isinstance(about, Agency) else ""})


def _filled(text: str, known: Mapping[str, str]) -> str:
    for name, value in known.items():
        text = text.replace("{" + name + "}", value)
    return text


def _values(mall: Mall, about: Subject) -> dict[str, str]:
    values = {
        "mall": mall.name,
        "government": mall.government,
        "agencies": str(Agency.objects.filter(mall=mall).count()),
        "services": str(Variant.objects.filter(mall=mall).count()),
    }
    if isinstance(about, Meeting):
        points = [each.title for each in shown.points(about)]
        return values | _rearranged(about) | {
            "meeting": about.title, "when": dates.moment(about.starts_at, mall.timezone), "place": about.place,
            "chair": about.chair, "points": "; ".join(points) or "–",
        }  # fmt: skip
    return values | {"agency": about.name} if about else values


def _rearranged(meeting: Meeting) -> dict[str, str]:
    """Say why a meeting was called off, or last put off, and when it should have been."""
    if meeting.off_at:
        return {"reason": _sentence(meeting.off_because)}
    put_off = shown.postponements(meeting)[-1:]
    zone = meeting.mall.timezone
    return {
        key: value
        for each in put_off
        for key, value in {"reason": _sentence(each.reason), "before": dates.moment(each.before, zone)}.items()
    }


def _sentence(words: str) -> str:
    # The template ends the sentence.
    return words.rstrip(" .")


def _tables(mall: Mall, template: Template, about: Subject, by: Actor, at: datetime) -> list[Made]:
    day = mall.local(at).date()
    ways: dict[str, Callable[[], Made]] = {
        "visitors": lambda: papers.visitors(mall, day),
        "satisfaction": lambda: papers.satisfaction(mall, at),
        "standards": lambda: papers.standards(mall, day),
        "agreements": lambda: papers.missing_agreements(mall, by, day),
        "apps": lambda: papers.register(mall, by, day),
        "invited": lambda: _invited(about),
        "own_decisions": lambda: _own_decisions(mall, about, day),
        "own_agreements": lambda: _own_agreements(mall, about, by, day),
    }
    return [ways[name]() for name in template.tables]


def _invited(about: Subject) -> Made:
    rows = [(str(place), str(each)) for place, each in enumerate(shown.invitations(about), start=1)] if isinstance(
        about, Meeting
    ) else []  # fmt: skip
    return Made(_("Yang diundang"), "", (_("Nomor"), _("Nama")), rows)


def _own_decisions(mall: Mall, about: Subject, day: date) -> Made:
    agency = about if isinstance(about, Agency) else None
    rows = Decision.objects.filter(mall=mall, state=Decision.State.OPEN, agency=agency).select_related("meeting")
    heads = (_("Keputusan"), _("Rapat"), _("Tenggat"), _("Keadaan"))
    table = [
        (
            each.words,
            each.meeting.title,
            dates.short_day(each.due_on),
            _("Lewat tenggat") if each.is_late(day) else str(each.get_state_display()),
        )
        for each in rows.order_by("due_on", "pk")
    ]
    return Made(_("Keputusan rapat"), "" if table else _("Tidak ada keputusan yang terbuka."), heads, table)


def _own_agreements(mall: Mall, about: Subject, by: Actor, day: date) -> Made:
    heads = (_("Perjanjian"), _("Keadaan"))
    name = about.name if isinstance(about, Agency) else ""
    lines = agreements.matrix(mall, by, day, agreements.Filter(words=name), size=agreements.ALL).items
    kinds = dict(Agreement.Kind.choices)
    cells = [cell for line in lines if line.is_agency and line.name == name for cell in line.cells]
    table = [(str(kinds[Agreement.Kind(cell.kind)]), cell.text) for cell in cells if cell.standing != "signed"]
    return Made(_("Perjanjian"), "" if table else _("Semua sudah ditandatangani."), heads, table)


def _annexed(made: Made) -> Annexed:
    return Annexed(
        title=made.title, summary=made.summary, heads=list(made.heads), rows=[list(row) for row in made.rows]
    )


def letters(mall: Mall, *, cursor: str = "", size: int = PAGE) -> Page[Letter]:
    """Return the letters that were made, the latest first. Raises NotUnderstood for a wrong cursor."""
    rows: QuerySet[Letter] = Letter.objects.filter(mall=mall)
    if cursor:
        text, number = read_cursor(cursor)
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise UnknownCursor from error
        rows = rows.filter(Q(day__lt=day) | Q(day=day, pk__lt=number))
    found = list(rows.order_by("-day", "-pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], write_cursor(last.day.isoformat(), last.pk) if last else None)


def of_meeting(meeting: Meeting) -> list[Letter]:
    """Return the letters about a meeting, the latest first."""
    return list(Letter.objects.filter(mall_id=meeting.mall_id, meeting=meeting).order_by("-day", "-pk"))


def told_by(meeting: Meeting) -> Template | None:
    """Return the template by which the invited are told that a meeting is called off or postponed; None for neither."""
    if not meeting.invitations.exists():
        return None
    if meeting.off_at:
        return template("cancellation")
    return template("postponement") if meeting.postponements.exists() else None


def notice(meeting: Meeting, told: Template, *, mark: str, by: Actor, at: datetime) -> Content:
    """Draft the letter by which the invited are told, with all that is known; number and signer are left open."""
    with translation.override("id"):
        open_to_tell = _("(nomor)")
    facts = LetterFacts(
        number=open_to_tell, day=meeting.mall.local(at).date(), recipient=told.recipient, subject=told.subject,
        signer=meeting.chair, signer_office="",
    )  # fmt: skip
    return compose(meeting.mall, told, facts, meeting, by=by, at=at, mark=mark)


def letter(mall: Mall, number: int) -> Letter:
    """Return a letter that was made. Raises NotFound."""
    return row_of(Letter.objects.filter(mall=mall), number, _("Surat tidak ditemukan."))
