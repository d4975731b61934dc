"""Are we ready? The answer, every gap with its owner, and the same as table and PDF."""

from datetime import date
from pathlib import Path

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, seen_on
from pendopo.documents import typesetting
from pendopo.kernel import dates
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, download, table_file
from pendopo.readiness.queries import history
from pendopo.readiness.queries.rules import rules
from pendopo.readiness.queries.standing import Found, standing

TEMPLATE = Path(__file__).parents[1] / "typst" / "ready.typ"


@audience("overseer")
@require_safe
def ready(request: Request, mall: str) -> HttpResponse:
    """Say whether the mall is ready, and name every gap with who is responsible."""
    seen = seen_on(request)
    whole = standing(request.mall, seen.at)
    found = whole.seen_by(request.actor)
    is_whole = request.actor.overseen is None
    context = {
        "found": found,
        "is_ready": whole.is_ready,
        "gates": [each for each in found.lines if each.is_gate],
        "criteria": [each for each in found.lines if not each.is_gate],
        "met": sum(each.is_met is True for each in found.lines),
        "counted": sum(each.is_met is not None for each in found.lines),
        "steps": history.steps(request.mall, seen.day, size=12).items if is_whole else [],
        "source": rules().source,
        "is_whole": is_whole,
        "can_decide": request.actor.manages,
        "seen": seen,
    }
    return answer(request, "readiness/ready.html", context)


@audience("overseer")
@require_safe
def table(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give gates and criteria as CSV or XLSX."""
    seen = seen_on(request)
    found = standing(request.mall, seen.at).seen_by(request.actor)
    return table_file(kind, f"{request.mall.slug}-readiness-{seen.day}", Sheet(_("Kesiapan"), _heads(), _rows(found)))


@audience("oversight")
@require_safe
def report(request: Request, mall: str) -> HttpResponse:
    """Give the answer as PDF/A."""
    seen, here = seen_on(request), request.mall
    found, today = standing(here, seen.at), seen.day
    steps = [
        [dates.month(each.step.month), each.step.name, each.step.owner, str(each.standing.label)]
        for each in history.steps(here, today, size=history.ALL).items
    ]
    data: dict[str, object] = {
        "language": (get_language() or "id")[:2],
        "date": [today.year, today.month, today.day],
        "title": _("Kesiapan MPP Digital"),
        "subtitle": f"{here.name}, {here.government}. {dates.day(today, here.timezone)}",
        "answer": _answer(found),
        "gaps": [
            [line.name, ", ".join(line.missing), line.owner or _("belum ditunjuk"), _due(line.due_on)]
            for line in found.gaps
        ],
        "gap_heads": [_("Yang kurang"), _("Apa"), _("Penanggung jawab"), _("Tenggat")],
        "sheets": [
            {"title": _("Gerbang dan kriteria"), "heads": _heads(), "rows": _rows(found)},
            {
                "title": _("Rencana aksi"),
                "heads": [_("Bulan"), _("Langkah"), _("Penanggung jawab"), _("Keadaan")],
                "rows": steps,
            },
        ],
        "none": _("Tidak ada."),
        "source": rules().source,
        "footer": _("Dibuat %(time)s") % {"time": dates.moment(timezone.now(), here.timezone)},
    }
    return download(typesetting.pdf(TEMPLATE, data, mall=here), "application/pdf", f"{here.slug}-kesiapan-{today}.pdf")


def _answer(found: Found) -> str:
    if found.version is None:
        return _("Belum dapat dijawab: gerbang belum ditetapkan.")
    if found.is_ready:
        return _("Ya, semuanya terpenuhi.")
    return _("Belum. Yang kurang: %(count)d.") % {"count": len(found.gaps)}


def _heads() -> list[str]:
    owner = [_("Penanggung jawab"), _("Tenggat")]
    return [_("Gerbang atau kriteria"), _("Keadaan"), _("Rincian"), _("Yang kurang"), *owner]


def _rows(found: Found) -> list[list[Value]]:
    return [
        [line.name, line.state_text, line.told, "; ".join(line.missing), line.owner, _due(line.due_on)]
        for line in found.lines
    ]


def _due(day: date | None) -> str:
    return dates.short_day(day) if day else ""
