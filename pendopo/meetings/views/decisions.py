"""What was decided: the list as page and file, one decision, what its owner tells of it, and its end."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.kernel import attachments, dates
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.meetings.actions import following
from pendopo.meetings.forms.decisions import ReportForm, SettleForm
from pendopo.meetings.models import Decision
from pendopo.meetings.queries import decisions as shown


@audience("staff")
@require_safe
def decisions(request: Request, mall: str) -> HttpResponse:
    """Show the decisions that somebody may read, the first due first."""
    state, cursor, day = _state(request), request.GET.get("cursor", ""), todays_date(request)
    page = shown.decisions(request.mall, request.actor, day, state=state, cursor=cursor)
    context = {
        "lines": [(each, each.is_late(day), True) for each in page.items],
        "states": shown.states(),
        "state": state,
        "query": f"state={state}" if state else "",
        "next": page.next,
        "is_first": not cursor,
        "counts": shown.counts(request.mall, request.actor, day),
    }
    return answer(request, "meetings/decisions.html", context)


@audience("staff")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    day = todays_date(request)
    heads = [
        _("Keputusan"), _("Penanggung jawab"), _("Tenggat"), _("Keadaan"), _("Berakhir"), _("Bukti atau alasan"),
        _("Rapat"),
    ]  # fmt: skip
    page = shown.decisions(request.mall, request.actor, day, state=_state(request), size=shown.ALL)
    rows: list[list[Value]] = [
        [
            each.words, each.owner, dates.short_day(each.due_on),
            _("Lewat tenggat") if each.is_late(day) else str(each.get_state_display()),
            dates.short_day(each.settled_on) if each.settled_on else "", each.because, each.meeting.title,
        ]
        for each in page.items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-decisions", Sheet(_("Keputusan"), heads, rows))


@audience("staff")
@require_safe
def decision(request: Request, mall: str, decision: int) -> HttpResponse:
    """Show one decision with all that was told of it."""
    return _page(request, shown.decision(request.mall, request.actor, decision))


@audience("staff")
@require_POST
def report(request: Request, mall: str, decision: int) -> HttpResponse:
    """Tell how far a decision is, with a file or none."""
    found, form = shown.decision(request.mall, request.actor, decision), ReportForm(request.POST, auto_id="report-%s")
    if form.is_valid():
        try:
            file = attachments.uploaded(request)
            following.report(found, form.cleaned_data["words"], file=file, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Laporan tersimpan."))
            return redirect("meetings:decision", mall, decision)
    return _page(request, found, report_form=form)


@audience("manager")
@require_POST
def settlement(request: Request, mall: str, decision: int) -> HttpResponse:
    """End a decision."""
    found, form = shown.decision(request.mall, request.actor, decision), SettleForm(request.POST, auto_id="settle-%s")
    if form.is_valid():
        told = form.cleaned_data
        try:
            ended = following.settle(
                found, is_done=told["state"] == "done", because=told["because"], on=told["on"], by=request.actor,
                at=timezone.now(),
            )  # fmt: skip
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Keputusan: %(state)s.") % {"state": ended.get_state_display()})
            return redirect("meetings:decision", mall, decision)
    return _page(request, found, settle_form=form)


@audience("staff")
@require_safe
def file(request: Request, mall: str, decision: int, report: int) -> HttpResponse:
    """Give a file that came with a report."""
    found = shown.report(shown.decision(request.mall, request.actor, decision), report)
    return attachments.served(found.file_path, found.file_name)


def _page(
    request: Request,
    found: Decision,
    *,
    report_form: forms.Form | None = None,
    settle_form: forms.Form | None = None,
) -> HttpResponse:
    is_open = found.state == Decision.State.OPEN
    context = {
        "decision": found,
        "is_late": found.is_late(todays_date(request)),
        "reports": shown.reports(found),
        "report_form": report_form or ReportForm(auto_id="report-%s"),
        "settle_form": settle_form or SettleForm(auto_id="settle-%s", initial={"on": todays_date(request)}),
        "sent": "report" if report_form else "settle" if settle_form else "",
        "most": attachments.MOST_MEGABYTES,
        "can_report": is_open and found.may_be_reported_by(request.actor),
        "can_settle": is_open and request.actor.manages,
        "can_read_meeting": request.actor.overseen is None,
    }
    return answer(request, "meetings/decision.html", context, status=422 if report_form or settle_form else 200)


def _state(request: Request) -> str:
    state = request.GET.get("state", "")
    if state and state not in dict(shown.states()):
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return state
