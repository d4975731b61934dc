"""The weekly letter: the weeks of which there is one, and each as PDF."""

from datetime import datetime
from pathlib import Path

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, read_day
from pendopo.documents import typesetting
from pendopo.kernel import dates
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import download
from pendopo.performance.queries import letters as shown
from pendopo.performance.queries.letters import Letter
from pendopo.tenancy.models import Mall

TEMPLATE = Path(__file__).parent.parent / "typst" / "letter.typ"


@audience("oversight")
@require_safe
def letters(request: Request, mall: str) -> HttpResponse:
    """Show the weeks that are over, the last first, each with its letter."""
    before = request.GET.get("before", "")
    weeks, more = shown.weeks(request.mall, before=read_day(before) if before else None)
    return answer(request, "performance/letters.html", {"weeks": weeks, "more": more, "is_first": not before})


@audience("oversight")
@require_safe
def letter(request: Request, mall: str) -> HttpResponse:
    """Give the letter of the week of a day as PDF/A."""
    at, first = timezone.now(), shown.monday(read_day(request.GET.get("week", "")))
    found = shown.letter(request.mall, request.actor, first, at)
    return download(_pdf(request.mall, found, at), "application/pdf", f"{mall}-surat-{first.isoformat()}.pdf")


def _pdf(mall: Mall, found: Letter, at: datetime) -> bytes:
    week = {"first": dates.day(found.week.first, mall.timezone), "last": dates.day(found.week.last, mall.timezone)}
    data: dict[str, object] = {
        "language": (get_language() or "id")[:2],
        "date": list(mall.local(at).timetuple()[:3]),
        "title": _("Surat mingguan %(mall)s") % {"mall": mall.name},
        "subtitle": f"{mall.government}. " + _("%(first)s sampai %(last)s") % week,
        "summary_title": _("Minggu ini"),
        "summary": list(found.summary),
        "chart": found.course.printed,
        "changes_title": _("Yang berubah"),
        "changes": list(found.changes),
        "empty": _("Tidak ada."),
        "sheets": [
            {"title": sheet.title, "heads": list(sheet.heads), "rows": [list(row) for row in sheet.rows]}
            for sheet in found.sheets
        ],
        "footer": _("Dibuat %(time)s") % {"time": dates.moment(at, mall.timezone)},
    }
    return typesetting.pdf(TEMPLATE, data, mall=mall)
