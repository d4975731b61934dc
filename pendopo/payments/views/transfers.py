"""Refunds that are paid by hand: to where, by which transfer, and that somebody else has seen it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendopo.agencies.http import Request
from pendopo.kernel.errors import NotFound
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import audience
from pendopo.payments.actions import transferring
from pendopo.payments.forms.bills import DestinationForm, TransferForm, VerdictForm
from pendopo.payments.models import Bill, Refund, Transfer
from pendopo.payments.views.checks import decide, page


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
    found = rows.select_related("refund__settlement__bill").filter(pk=transfer).first() if transfer < 2**63 else None
    if found is None:
        raise NotFound(_("Transfer ini tidak ada."))
    form = VerdictForm(request.POST)
    accept = partial(transferring.accept, found, by=request.actor, at=timezone.now())
    refuse = partial(transferring.refuse, found, by=request.actor, at=timezone.now())
    if carried_out(form, lambda: decide(form, accept, refuse)):
        messages.success(request, _("Tagihan %(number)s: diputuskan.") % _of(found.refund))
        return redirect("payments:checks", mall)
    return page(request, refused=form)


def _refund(request: Request, number: int) -> Refund:
    rows = Refund.objects.filter(mall=request.mall, settlement__bill__in=Bill.objects.visible_to(request.actor))
    found = rows.select_related("settlement__bill").filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotFound(_("Permintaan ini tidak ada."))
    return found


def _of(refund: Refund) -> dict[str, str]:
    return {"number": refund.settlement.bill.number}
