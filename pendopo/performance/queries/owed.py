"""Who owes what: agreements, preparations, decisions, standards and hotlines that are open, each with its owner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendopo.agencies.models import Milestone, PreparationItem, Relocation, Signatory
from pendopo.agencies.queries import hotlines
from pendopo.agencies.types import Actor
from pendopo.catalogue.queries import coverage, standards
from pendopo.innovations.queries import standing
from pendopo.inspections.models import Finding
from pendopo.meetings.models import Decision
from pendopo.tenancy.models import Mall

# Nobody reads more in a letter; the pages have them all.
MOST = 60


@dataclass(frozen=True, slots=True)
class Debt:
    """What somebody has yet to do, and until when; None: nobody has named a day."""

    owner: str
    what: str
    due_on: date | None = None


def owed(mall: Mall, actor: Actor, at: datetime) -> Sequence[Debt]:
    """Return everything that is open now: what is due first, what has no day last."""
    today = mall.local(at).date()
    found = [
        *_signatures(mall),
        *_steps(mall),
        *_decisions(mall, actor, today),
        *_meetings(mall),
        *_standards(mall, today),
        *_findings(mall),
        *_innovations(mall, actor, today.year),
        *_hotlines(mall, actor, at),
    ]
    return sorted(found, key=lambda each: (each.due_on is None, each.due_on or today, each.owner, each.what))


def _signatures(mall: Mall) -> Iterator[Debt]:
    rows = Signatory.objects.filter(mall=mall, agreement__ended_on=None).exclude(state=Signatory.State.SIGNED)
    for row in rows.select_related("agency", "agreement").order_by("pk")[: MOST * 2]:
        what = _("Menandatangani %(kind)s: %(title)s") % {
            "kind": row.agreement.get_kind_display().lower(), "title": row.agreement.title,
        }  # fmt: skip
        reason = row.get_reason_display() if row.reason else ""
        said = "; ".join(each for each in (reason, row.note, row.next_step) if each)
        yield Debt(str(row), f"{what} ({said})" if said else what, row.due_on)


def _steps(mall: Mall) -> Iterator[Debt]:
    lacking = PreparationItem.objects.filter(mall=mall, ready_on=None).select_related("preparation__agency")
    for item in lacking.order_by("due_on", "pk")[: MOST * 2]:
        what = _("Menyiapkan %(kind)s: %(name)s") % {"kind": item.get_kind_display().lower(), "name": item.name}
        yield Debt(item.preparation.agency.name, what, item.due_on)
    for step in Milestone.objects.filter(mall=mall, done_on=None).order_by("planned_on", "pk")[:MOST]:
        yield Debt(step.owner, _("Tonggak: %(name)s") % {"name": step.name}, step.planned_on)
    for move in Relocation.objects.filter(mall=mall, done_on=None).select_related("agency").order_by("pk")[:MOST]:
        yield Debt(move.agency.name, _("Pindah dari %(place)s") % {"place": move.from_place}, move.planned_on)


def _decisions(mall: Mall, actor: Actor, today: date) -> Iterator[Debt]:
    for line in coverage.coverage(mall, actor, today, size=coverage.ALL).items:
        if line.undecided:
            what = ngettext("%(count)d layanan belum diputuskan", "%(count)d layanan belum diputuskan", line.undecided)
            yield Debt(line.agency.name, what % {"count": line.undecided})
        if line.twice:
            what = ngettext(
                "%(count)d layanan masih ganda: tutup loket kantor dan buktikan",
                "%(count)d layanan masih ganda: tutup loket kantor dan buktikan",
                line.twice,
            )
            yield Debt(line.agency.name, what % {"count": line.twice})


def _meetings(mall: Mall) -> Iterator[Debt]:
    rows = Decision.objects.filter(mall=mall, state=Decision.State.OPEN).select_related("agency", "account")
    for row in rows.order_by("due_on", "pk")[: MOST * 2]:
        yield Debt(row.owner, _("Keputusan rapat: %(words)s") % {"words": row.words}, row.due_on)


def _standards(mall: Mall, today: date) -> Iterator[Debt]:
    for state in standards.agency_states(mall, today):
        lacking = state.services - state.figures[-1]
        if lacking:
            what = ngettext(
                "%(count)d layanan tanpa standar lengkap", "%(count)d layanan tanpa standar lengkap", lacking
            )
            yield Debt(state.name, what % {"count": lacking})


def _hotlines(mall: Mall, actor: Actor, at: datetime) -> Iterator[Debt]:
    for line in hotlines.hotlines(mall, actor, at, size=hotlines.ALL).items:
        if not line.number or line.is_due or not line.is_answered:
            yield Debt(line.agency.name, _("Hotline: %(state)s") % {"state": line.state.lower()})


def _findings(mall: Mall) -> Iterator[Debt]:
    rows = Finding.objects.filter(mall=mall, state=Finding.State.OPEN).told().select_related("agency")
    for row in rows.order_by("due_on", "pk")[: MOST * 2]:
        owner = row.agency.name if row.agency else _("Pengelola MPP")
        yield Debt(owner, _("Temuan sidak: %(words)s") % {"words": row.words}, row.due_on)


def _innovations(mall: Mall, actor: Actor, year: int) -> Iterator[Debt]:
    for line in standing.lines(mall, actor, year, state=standing.State.NONE, size=standing.ALL).items:
        yield Debt(line.agency.name, _("Belum ada inovasi %(year)s") % {"year": year})
