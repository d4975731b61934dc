"""One meeting: what everybody sees who may read it, on the page and on paper."""

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.kernel import attachments
from pendopo.kernel.forms import ReasonForm
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, download, table_file
from pendopo.meetings.forms.meetings import (
    AttendanceForm,
    DecisionForm,
    InviteForm,
    MinutesForm,
    PointForm,
    PostponeForm,
)
from pendopo.meetings.models import AgendaPoint, Decision, Invitation, Meeting
from pendopo.meetings.queries import decisions as followed
from pendopo.meetings.queries import letters
from pendopo.meetings.queries import meetings as shown
from pendopo.meetings.queries import minutes as printed
from pendopo.meetings.queries.papers import chart
from pendopo.people.models import Account

PDF = "application/pdf"


@audience("staff")
@require_safe
def meeting(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Show one meeting."""
    return page(request, meeting_of(request, meeting))


@audience("staff")
@require_safe
def agenda(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Give the agenda with its papers as PDF."""
    found = meeting_of(request, meeting)
    return download(printed.agenda_pdf(found), PDF, f"{mall}-agenda-{found.pk}.pdf")


@audience("staff")
@require_safe
def minutes(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Give the minutes as PDF: as they were kept, or as they stand while they are written."""
    found = meeting_of(request, meeting)
    if found.minutes_path:
        return attachments.served(found.minutes_path, f"{mall}-notula-{found.pk}.pdf")
    if found.state == Meeting.State.DRAFT:
        raise Http404
    return download(printed.pdf(found), PDF, f"{mall}-notula-{found.pk}.pdf")


@audience("staff")
@require_safe
def paper(request: Request, mall: str, meeting: int, paper: str) -> HttpResponse:
    """Show one paper as it was frozen."""
    found = meeting_of(request, meeting)
    chosen = shown.paper(found, paper)
    context = {"meeting": found, "paper": chosen, "chart": chart(chosen), "papers": shown.papers(found)}
    return answer(request, "meetings/paper.html", context)


@audience("staff")
@require_safe
def paper_sheet(request: Request, mall: str, meeting: int, paper: str, form: str) -> HttpResponse:
    """Give one paper as CSV or XLSX."""
    found = shown.paper(meeting_of(request, meeting), paper)
    sheet = Sheet(str(found.get_kind_display()), found.table["heads"], found.table["rows"])
    return table_file(form, f"{mall}-rapat-{meeting}-{paper}", sheet)


def page(
    request: Request, found: Meeting, *, sent: tuple[str, forms.Form] | None = None, problem: str = ""
) -> HttpResponse:
    """Show a meeting, with what was sent and is wrong where there is any."""
    at, writes = timezone.now(), request.actor.manages and found.state not in {Meeting.State.CLOSED, Meeting.State.OFF}
    day, people = todays_date(request), people_of(request) if writes else []
    is_held = found.state == Meeting.State.SENT and found.starts_at <= at
    name, form = sent or ("", None)
    invited = shown.invitations(found)
    context = {
        "meeting": found,
        "points": [
            (each, form if name == f"minutes-{each.pk}" else _minutes_form(each)) for each in shown.points(found)
        ],
        "papers": shown.papers(found),
        "carried": _carried(request, found),
        "invitations": invited,
        "attendance_form": form if name == "attendance" else AttendanceForm(invited) if is_held and writes else None,
        "comings": Invitation.Came.choices,
        "decisions": [
            (each, each.is_late(day), each.may_be_read_by(request.actor)) for each in shown.decisions_of(found)
        ],
        "point_form": form if name == "point" else PointForm(auto_id="point-%s") if writes else None,
        "invite_form": form if name == "invite" else InviteForm(request.mall, people) if writes else None,
        "decision_form": form if name == "decision" else DecisionForm(found, people) if is_held and writes else None,
        "postpone_form": form if name == "postpone" else PostponeForm(request.mall),
        "off_form": form if name == "off" else ReasonForm(auto_id="off-%s"),
        "told_by": letters.told_by(found) if request.actor.manages else None,
        "letters": letters.of_meeting(found) if request.actor.overseen is None else [],
        "put_off": [printed.put_off(each, request.mall.timezone) for each in shown.postponements(found)],
        "sent": name,
        "problem": problem,
        "is_draft": found.sent_at is None,
        "is_held": is_held,
        "is_begun": is_held or found.state == Meeting.State.CLOSED,
        "can_decide": writes,
    }
    return answer(request, "meetings/meeting.html", context, status=422 if sent or problem else 200)


def _carried(request: Request, found: Meeting) -> list[tuple[Decision, bool, bool]]:
    """Return the open decisions with which an agenda that is not sent yet begins; later they stand in its paper."""
    if found.state != Meeting.State.DRAFT:
        return []
    day = todays_date(request)
    page = followed.decisions(request.mall, request.actor, day, state=Decision.State.OPEN, size=shown.ALL)
    return [(each, each.is_late(day), True) for each in page.items]


def _minutes_form(point: AgendaPoint) -> MinutesForm:
    return MinutesForm(auto_id=f"minutes-{point.pk}-%s", initial={"minutes": point.minutes})


def people_of(request: Request) -> list[Account]:
    """Return the people whom a meeting can ask or charge."""
    return followed.staff(request.mall, todays_date(request))


def meeting_of(request: Request, number: int) -> Meeting:
    """Return the meeting of the address. Raises NotFound, also for one that whoever asks may not read."""
    return shown.meeting(request.mall, request.actor, number)
