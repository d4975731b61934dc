"""What the manager does with a meeting; each act answers with its page."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendopo.agencies.http import Request
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.forms import ReasonForm
from pendopo.kernel.http import audience
from pendopo.kernel.rows import row_of
from pendopo.meetings.actions import holding, planning, rearranging
from pendopo.meetings.forms.meetings import (
    AttendanceForm,
    DecisionForm,
    InviteForm,
    MinutesForm,
    PointForm,
    PostponeForm,
)
from pendopo.meetings.models import AgendaPoint, Meeting
from pendopo.meetings.queries import meetings as shown
from pendopo.meetings.views.meeting import meeting_of, page, people_of


@audience("manager")
@require_POST
def points(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Put a point on the agenda."""
    found, form = meeting_of(request, meeting), PointForm(request.POST, auto_id="point-%s")
    told = _("Butir agenda tersimpan.")
    return _done(
        request, found, form, "point", told,
        lambda: planning.add_point(found, **form.cleaned_data, by=request.actor, at=timezone.now()),
    )  # fmt: skip


@audience("manager")
@require_POST
def point_removal(request: Request, mall: str, meeting: int, point: int) -> HttpResponse:
    """Take a point from the agenda."""
    found = meeting_of(request, meeting)
    row = _point(found, point)
    told = _("“%(title)s” dihapus dari agenda.") % {"title": row.title}
    return _done(
        request, found, None, "", told, lambda: planning.remove_point(row, by=request.actor, at=timezone.now())
    )


@audience("manager")
@require_POST
def point_minutes(request: Request, mall: str, meeting: int, point: int) -> HttpResponse:
    """Write what was said to a point."""
    found, form = meeting_of(request, meeting), MinutesForm(request.POST, auto_id=f"minutes-{point}-%s")
    row = _point(found, point)
    return _done(
        request, found, form, f"minutes-{row.pk}", _("Notula tersimpan."),
        lambda: holding.write_minutes(row, form.cleaned_data["minutes"], by=request.actor, at=timezone.now()),
    )  # fmt: skip


@audience("manager")
@require_POST
def invitations(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Ask somebody to the meeting; or, with `all`, every agency."""
    found, at = meeting_of(request, meeting), timezone.now()
    if request.POST.get("all"):
        told = _("Semua instansi diundang.")
        return _done(
            request, found, None, "", told, lambda: planning.invite_all_agencies(found, by=request.actor, at=at)
        )
    form = InviteForm(request.mall, people_of(request), request.POST)
    return _done(
        request, found, form, "invite", _("Undangan tersimpan."),
        lambda: planning.invite(found, **form.cleaned_data, by=request.actor, at=at),
    )  # fmt: skip


@audience("manager")
@require_POST
def attendance(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Note who of the invited came."""
    found = meeting_of(request, meeting)
    form = AttendanceForm(shown.invitations(found), request.POST)
    return _done(
        request, found, form, "attendance", _("Kehadiran tercatat."),
        lambda: holding.note_attendance(found, form.attended, by=request.actor, at=timezone.now()),
    )  # fmt: skip


@audience("manager")
@require_POST
def sending(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Freeze the agenda with the papers of this moment."""
    found, told = meeting_of(request, meeting), _("Agenda dibekukan bersama bahan rapat dari keadaan saat ini.")
    return _done(
        request, found, None, "", told, lambda: planning.send_agenda(found, by=request.actor, at=timezone.now())
    )


@audience("manager")
@require_POST
def decisions(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Record a decision."""
    found = meeting_of(request, meeting)
    form = DecisionForm(found, people_of(request), request.POST)
    return _done(
        request, found, form, "decision", _("Keputusan tersimpan."),
        lambda: holding.decide(found, **form.cleaned_data, by=request.actor, at=timezone.now()),
    )  # fmt: skip


@audience("manager")
@require_POST
def closing(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Close the minutes."""
    found, told = meeting_of(request, meeting), _("Notula selesai dan tersimpan sebagai PDF.")
    return _done(
        request, found, None, "", told, lambda: holding.close_minutes(found, by=request.actor, at=timezone.now())
    )


@audience("manager")
@require_POST
def postponement(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Put the meeting off to another time."""
    found, form = meeting_of(request, meeting), PostponeForm(request.mall, request.POST)
    return _done(
        request, found, form, "postpone", _("Rapat ditunda. Yang diundang membacanya di halaman rapat."),
        lambda: rearranging.postpone(
            found, to=form.to, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
        ),
    )  # fmt: skip


@audience("manager")
@require_POST
def cancellation(request: Request, mall: str, meeting: int) -> HttpResponse:
    """Call the meeting off."""
    found, form = meeting_of(request, meeting), ReasonForm(request.POST, auto_id="off-%s")
    return _done(
        request, found, form, "off", _("Rapat dibatalkan. Yang diundang membacanya di halaman rapat."),
        lambda: rearranging.call_off(found, **form.cleaned_data, by=request.actor, at=timezone.now()),
    )  # fmt: skip


def _done(
    request: Request, found: Meeting, form: forms.Form | None, name: str, told: str, act: Callable[[], object]
) -> HttpResponse:
    """Act when the form is in order; show the meeting with what is wrong otherwise."""
    if form is not None and not form.is_valid():
        return page(request, found, sent=(name, form))
    try:
        act()
    except RuleViolation as refusal:
        if form is None:
            return page(request, found, problem=str(refusal))
        form.add_error(None, str(refusal))
        return page(request, found, sent=(name, form))
    messages.success(request, told)
    return redirect("meetings:meeting", request.mall.slug, found.pk)


def _point(meeting: Meeting, number: int) -> AgendaPoint:
    rows = AgendaPoint.objects.filter(mall_id=meeting.mall_id, meeting=meeting).select_related("meeting")
    return row_of(rows, number, _("Butir agenda ini tidak ada."))
