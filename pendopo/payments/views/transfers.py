"""Refunds that are paid by hand: to where, by which transfer, and that somebody else has seen it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendopo.agencies.http import Request
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import audience
from pendopo.kernel.rows import row_of
from pendopo.payments.actions import transferring
from pendopo.payments.forms.bills import DestinationForm, TransferForm
from pendopo.payments.models import Bill, Refund, Transfer
from pendopo.payments.views.checks import decided, page


@audience("staff")
@require_POST
def account(request: Request, mall: str, refund: int) -> HttpResponse:
    """Say where the money of a refund goes."""
    found, form = _refund(request, refund), DestinationForm(request.POST)
    act = partial(transferring.direct, found, by=request.actor, at=timezone.now())
    if carried_out(form, lambda: act(form.said)):
        messages.success(request, _("Tagihan %(number)s: tujuan uangnya tercatat.") % _of(found))
        return redirect("payments:checks", mall)
    return page(request, refused=form)


@audience("staff")
@require_POST
def transfers(request: Request, mall: str, refund: int) -> HttpResponse:
    """Write down by which transfer a refund was paid."""
    found, form = _refund(request, refund), TransferForm(request.POST)
    act = partial(transferring.record, found, by=request.actor, at=timezone.now())
    if carried_out(form, lambda: act(form.sent, part=form.cleaned_data["part"])):
        messages.success(request, _("Transfer tercatat. Sekarang menunggu diperiksa rekan Anda."))
        return redirect("payments:checks", mall)
    return page(request, refused=form)


@audience("staff")
@require_POST
def transfer(request: Request, mall: str, transfer: int) -> HttpResponse:
    """Accept or refuse a transfer that somebody else has recorded."""
    bills = Bill.objects.visible_to(request.actor)
    rows = Transfer.objects.filter(mall=request.mall, refund__settlement__bill__in=bills)
    found = row_of(rows.select_related("refund__settlement__bill"), transfer, _("Transfer ini tidak ada."))
    bill = found.refund.settlement.bill
    return decided(request, bill, partial(transferring.accept, found), partial(transferring.refuse, found))


def _refund(request: Request, number: int) -> Refund:
    rows = Refund.objects.filter(mall=request.mall, settlement__bill__in=Bill.objects.visible_to(request.actor))
    return row_of(rows.select_related("settlement__bill"), number, _("Permintaan ini tidak ada."))


def _of(refund: Refund) -> dict[str, str]:
    return {"number": refund.settlement.bill.number}
