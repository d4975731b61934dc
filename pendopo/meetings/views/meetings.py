"""Meetings: the list as page and file, and a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.meetings.actions import planning
from pendopo.meetings.forms.meetings import (
    MeetingForm,
)
from pendopo.meetings.models import Meeting
from pendopo.meetings.queries import decisions as followed
from pendopo.meetings.queries import meetings as shown


@audience("staff")
@require_safe
def meetings(request: Request, mall: str) -> HttpResponse:
    """Show the meetings that somebody may read, and what of their decisions is open or late."""
    state, cursor, day = _state(request), request.GET.get("cursor", ""), todays_date(request)
    page = shown.meetings(request.mall, request.actor, state=state, cursor=cursor)
    context = {
        "lines": page.items,
        "states": Meeting.State.choices,
        "state": state,
        "query": f"state={state}" if state else "",
        "next": page.next,
        "is_first": not cursor,
        "counts": followed.counts(request.mall, request.actor, day),
        "can_decide": request.actor.manages,
    }
    return answer(request, "meetings/meetings.html", context)


@audience("staff")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    heads = [_("Rapat"), _("Waktu"), _("Tempat"), _("Keadaan"), _("Diundang"), _("Keputusan")]
    page = shown.meetings(request.mall, request.actor, state=_state(request), size=shown.ALL)
    rows: list[list[Value]] = [
        [
            each.title, dates.moment(each.starts_at, request.mall.timezone), each.place,
            str(each.get_state_display()), invited, decided,
        ]
        for each, invited, decided in page.items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-meetings", Sheet(_("Rapat"), heads, rows))


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Let the manager begin an agenda."""
    form = MeetingForm(request.mall, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            told = {name: form.cleaned_data[name] for name in ("title", "place", "chair")}
            made = planning.plan_meeting(
                request.mall, **told, starts_at=form.starts_at, by=request.actor, at=timezone.now()
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Rapat tersimpan. Sekarang susun agendanya."))
            return redirect("meetings:meeting", mall, made.pk)
    context = {"form": form, "can_decide": request.actor.manages}
    return answer(request, "meetings/meeting_new.html", context, status=422 if form.is_bound else 200)


def _state(request: Request) -> str:
    state = request.GET.get("state", "")
    if state not in {"", *Meeting.State.values}:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return state
