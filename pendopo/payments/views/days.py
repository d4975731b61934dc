"""A day's money beside what the bank and the gateway say: the list as page and file, its differences, its end."""

from datetime import date
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request, asked_day, read_day
from pendopo.kernel import dates
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.money import Money
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.payments.actions import reconciling
from pendopo.payments.forms.days import ExplainForm, LinesForm, StatementForm
from pendopo.payments.queries import reconciliation as shown
from pendopo.payments.queries.entries import entries
from pendopo.payments.types import Way


@audience("oversight")
@require_safe
def reconciliation(request: Request, mall: str) -> HttpResponse:
    """Show a day's money by the way it came."""
    return page(request, asked_day(request))


@audience("oversight")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give what was paid on the day, as CSV or XLSX."""
    day = asked_day(request)
    heads = [_("Tagihan"), _("Tanda terima"), _("Cara bayar"), _("Nomor di pihak mereka"), _("Jumlah (Rp)")]
    rows: list[list[Value]] = [
        [each.number, each.receipt, str(each.way.label), each.mark, each.signed] for each in entries(request.mall, day)
    ]
    title = _("Pembayaran %(day)s") % {"day": dates.short_day(day)}
    return table_file(kind, f"{request.mall.slug}-payments-{day.isoformat()}", Sheet(title, heads, rows))


@audience("oversight")
@require_POST
def statements(request: Request, mall: str) -> HttpResponse:
    """Write down what the other side's list says."""
    day, form = read_day(request.POST.get("day", "")), StatementForm(request.POST)
    act = partial(reconciling.state, request.mall, day, by=request.actor, at=timezone.now())

    def write() -> None:
        told = form.cleaned_data
        act(Way(told["way"]), amount=Money(told["amount"]), count=told["count"], source=told["source"])

    if carried_out(form, write):
        messages.success(request, _("Angka mereka tercatat."))
        return back(mall, day)
    return page(request, day, statement=form)


@audience("oversight")
@require_POST
def explanations(request: Request, mall: str) -> HttpResponse:
    """Say why a difference is one."""
    day, form = read_day(request.POST.get("day", "")), ExplainForm(request.POST)
    act = partial(reconciling.explain, request.mall, day, by=request.actor, at=timezone.now())
    if carried_out(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Penjelasan tercatat."))
        return back(mall, day)
    return page(request, day, explain=form)


@audience("oversight")
@require_POST
def closing(request: Request, mall: str) -> HttpResponse:
    """Close the list of a day."""
    day = read_day(request.POST.get("day", ""))
    try:
        reconciling.close(request.mall, day, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return page(request, day, problem=str(refusal))
    messages.success(request, _("Daftar ditutup."))
    return back(mall, day)


def back(mall: str, day: date) -> HttpResponse:
    """Send to the page of a day."""
    return redirect(f"{reverse('payments:reconciliation', args=[mall])}?day={day.isoformat()}")


def page(
    request: Request,
    day: date,
    *,
    statement: forms.Form | None = None,
    explain: forms.Form | None = None,
    lines: forms.Form | None = None,
    problem: str = "",
) -> HttpResponse:
    """Show a day, with the form that was refused in its place."""
    sums, found = shown.sums(request.mall, day), shown.differences(request.mall, day)
    closed = shown.closing(request.mall, day)
    wrong = explain["subject"].value() if explain else ""
    context = {
        "day": day,
        "sums": sums,
        "entries": entries(request.mall, day),
        "differences": [
            (each, explain if explain and each.subject == wrong else ExplainForm(
                initial={"subject": each.subject}, auto_id=f"explain-{place}-%s"
            ))
            for place, each in enumerate(found)
        ],
        "is_explained": all(each.reason for each in found),
        "closed": closed,
        "is_later": closed is not None and shown.later(closed, sums),
        "statement_form": statement or StatementForm(auto_id="statement-%s"),
        "is_wrong": statement is not None,
        "lines_form": lines or LinesForm(auto_id="lines-%s"),
        "is_list_wrong": lines is not None,
        "problem": problem or (str(explain.non_field_errors() or "") if explain else ""),
        "can_decide": request.actor.manages and closed is None,
    }  # fmt: skip
    is_refused = bool(statement or explain or lines or problem)
    return answer(request, "payments/reconciliation.html", context, status=422 if is_refused else 200)
