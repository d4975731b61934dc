"""What is printed of a meeting: the agenda with its papers, and the minutes."""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from pendopo.documents import typesetting
from pendopo.kernel import dates
from pendopo.meetings.models import Invitation, Meeting, Paper, Postponement
from pendopo.meetings.queries import meetings as shown
from pendopo.meetings.queries.papers import chart

TEMPLATE = Path(__file__).parent.parent / "typst" / "meeting.typ"


def pdf(meeting: Meeting) -> bytes:
    """Set the minutes: who came, what was said to each point, what was decided; of open ones with a mark that says so.

    In Indonesian: it is a document of the office, whoever prints it.
    """
    with translation.override("id"):
        return typesetting.pdf(
            TEMPLATE,
            _frame(meeting, _("Notula"))
            | {
                "mark": "" if meeting.closed_at else _off(meeting) or _("Konsep: notula ini belum selesai."),
                "attendance": _attendance(meeting),
                "points": [[each.title, each.owner, each.minutes or "–"] for each in shown.points(meeting)],
                "decisions": _decisions(meeting),
                "papers": [],
                "signs": [_("Pimpinan rapat"), meeting.chair],
            },
            mall=meeting.mall,
        )


def agenda_pdf(meeting: Meeting) -> bytes:
    """Set the agenda with the papers that were frozen with it."""
    with translation.override("id"):
        return typesetting.pdf(
            TEMPLATE,
            _frame(meeting, _("Agenda dan bahan rapat"))
            | {
                "mark": _off(meeting) or ("" if meeting.sent_at else _("Konsep: agenda ini belum dikirim.")),
                "attendance": [],
                "points": [[each.title, each.owner, ""] for each in shown.points(meeting)],
                "decisions": [],
                "papers": [
                    {
                        "title": str(each.get_kind_display()),
                        "summary": each.summary,
                        "chart": _chart(each),
                        **each.table,
                    }
                    for each in shown.papers(meeting)
                ],
                "signs": [],
            },
            mall=meeting.mall,
        )


def put_off(each: Postponement, zone: str) -> str:
    """Write how a meeting was put off, and why."""
    told = {"before": dates.moment(each.before, zone), "after": dates.moment(each.after, zone), "reason": each.reason}
    return _("dari %(before)s ke %(after)s: %(reason)s") % told


def _off(meeting: Meeting) -> str:
    return _("Rapat ini dibatalkan: %(reason)s") % {"reason": meeting.off_because} if meeting.off_at else ""


def _chart(paper: Paper) -> dict[str, object] | None:
    drawn = chart(paper)
    return drawn.printed if drawn else None


def _frame(meeting: Meeting, kind: str) -> dict[str, object]:
    zone = meeting.mall.timezone
    when = meeting.closed_at or meeting.sent_at
    return {
        "kind": kind,
        "title": meeting.title,
        "mall": f"{meeting.mall.name}, {meeting.mall.government}",
        "facts": [
            [_("Waktu"), dates.moment(meeting.starts_at, zone)],
            [_("Tempat"), meeting.place],
            [_("Pimpinan rapat"), meeting.chair],
            *([_("Ditunda"), put_off(each, zone)] for each in shown.postponements(meeting)),
        ],
        "words": {
            "agenda": _("Agenda"), "attendance": _("Kehadiran"), "decisions": _("Keputusan"),
            "papers": _("Bahan rapat"), "none": _("Tidak ada."), "invited": _("Diundang"), "came": _("Kehadiran"),
            "owner": _("Penanggung jawab"), "due": _("Tenggat"), "decision": _("Keputusan"),
        },
        "date": list(meeting.mall.local(when or meeting.starts_at).timetuple()[:3]),
        "footer": _("Keadaan %(time)s") % {"time": dates.moment(when, zone)} if when else "",
    }  # fmt: skip


def _attendance(meeting: Meeting) -> list[list[str]]:
    return [[str(row), _came(row)] for row in shown.invitations(meeting)]


def _came(row: Invitation) -> str:
    label = str(row.get_came_display())
    return f"{label}: {row.by_whom}" if row.by_whom else label


def _decisions(meeting: Meeting) -> list[list[str]]:
    return [[each.words, each.owner, dates.short_day(each.due_on)] for each in shown.decisions_of(meeting)]
