"""What one person wrote and another one decides: deposits, refunds and transfers that wait, with what they stand on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.rows import row_of
from pendopo.payments.actions import refunding, settling, wishing
from pendopo.payments.forms.bills import DestinationForm, ForwardForm, TransferForm, VerdictForm
from pendopo.payments.models import Bill, Deposit, Refund, RefundWish, Wished
from pendopo.payments.queries import bills as shown
from pendopo.payments.queries import returning
from pendopo.payments.types import Destination


@dataclass(frozen=True, slots=True)
class Goes:
    """Where money goes, and whether whoever looks reads all of it."""

    to: Destination | None
    is_whole: bool


@audience("staff")
@require_safe
def checks(request: Request, mall: str) -> HttpResponse:
    """Show what waits for a second person, the oldest first."""
    return page(request)


@audience("staff")
@require_POST
def deposit(request: Request, mall: str, deposit: int) -> HttpResponse:
    """Accept or refuse a deposit that somebody else has recorded."""
    rows = Deposit.objects.filter(mall=request.mall, bill__in=Bill.objects.visible_to(request.actor))
    found = row_of(rows.select_related("bill"), deposit, _("Bukti ini tidak ada."))
    return decided(request, found.bill, partial(settling.accept, found), partial(settling.refuse, found))


@audience("staff")
@require_POST
def refund(request: Request, mall: str, refund: int) -> HttpResponse:
    """Grant or refuse what somebody else has asked for."""
    rows = Refund.objects.filter(mall=request.mall, settlement__bill__in=Bill.objects.visible_to(request.actor))
    found = row_of(rows.select_related("settlement__bill"), refund, _("Permintaan ini tidak ada."))
    return decided(request, found.settlement.bill, partial(refunding.grant, found), partial(refunding.refuse, found))


@audience("staff")
@require_POST
def wish(request: Request, mall: str, wish: int) -> HttpResponse:
    """Put before another one what a payer asks."""
    rows = RefundWish.objects.filter(mall=request.mall, settlement__bill__in=Bill.objects.visible_to(request.actor))
    found = row_of(rows.select_related("settlement__bill"), wish, _("Permintaan ini tidak ada."))
    form = ForwardForm(request.POST)
    act = partial(wishing.put_forward, found, by=request.actor, at=timezone.now())
    if carried_out(form, lambda: act(part=form.cleaned_data["part"])):
        messages.success(request, _("Permintaan diteruskan. Rekan Anda yang memutuskan."))
        return redirect("payments:checks", mall)
    return page(request, refused=form)


def decided(request: Request, bill: Bill, accept: Callable[..., object], refuse: Callable[..., object]) -> HttpResponse:
    """Do what a verdict says about something of a bill, and show what still waits."""
    form, at = VerdictForm(request.POST), timezone.now()

    def decide() -> None:
        if form.cleaned_data["verdict"] == VerdictForm.ACCEPT:
            accept(by=request.actor, at=at)
        else:
            refuse(words=form.cleaned_data["words"], by=request.actor, at=at)

    if carried_out(form, decide):
        messages.success(request, _("Tagihan %(number)s: diputuskan.") % {"number": bill.number})
        return redirect("payments:checks", request.mall.slug)
    return page(request, refused=form)


def page(request: Request, *, refused: forms.Form | None = None) -> HttpResponse:
    """Show what waits, with what was wrong with a form above it."""
    own = request.actor.account_id
    refunds = shown.waiting_refunds(request.mall, request.actor)
    to_pay = returning.to_be_paid(request.mall, request.actor)
    transfers = returning.waiting_transfers(request.mall, request.actor)
    goes = _goes(request, [*refunds, *to_pay, *(each.refund for each in transfers)])
    context = {
        "deposits": [
            (each, each.account_id == own or not request.actor.works_behind(each.bill.agency_id))
            for each in shown.waiting_deposits(request.mall, request.actor)
        ],
        "wishes": [
            (each, each.said, ForwardForm(auto_id=f"wish-{each.pk}-%s"))
            for each in shown.waiting_wishes(request.mall, request.actor)
        ],
        "refunds": [
            (
                each,
                _asked(request, each),
                goes[each.pk],
                each.account_id == own or not request.actor.works_behind(each.settlement.bill.agency_id),
            )
            for each in refunds
        ],
        "to_pay": [_to_pay(request, each, goes[each.pk]) for each in to_pay],
        "transfers": [
            (
                each,
                goes[each.refund_id],
                each.account_id == own or not request.actor.works_behind(each.refund.settlement.bill.agency_id),
            )
            for each in transfers
        ],
        "refused": refused,
    }
    return answer(request, "payments/checks.html", context, status=422 if refused else 200)


def _asked(request: Request, refund: Refund) -> Wished | None:
    """Return what the payer wrote, where it was asked by one and whoever looks handles the agency's bills."""
    wish = getattr(refund, "wish", None)
    if wish is None or not shown.may_bill(request.actor, refund.settlement.bill.agency_id):
        return None
    said: Wished = wish.said
    return said


def _goes(request: Request, refunds: Sequence[Refund]) -> dict[int, Goes]:
    """Return by refund where money goes: whole for those who decide and pay, by its end for others who handle it."""
    agencies = {each.pk: each.settlement.bill.agency_id for each in refunds}
    handled = [each for each in refunds if shown.may_bill(request.actor, agencies[each.pk])]
    said = returning.destinations_of(request.mall, handled)
    return {pk: Goes(said.get(pk), request.actor.works_behind(agency)) for pk, agency in agencies.items()}


def _to_pay(request: Request, refund: Refund, goes: Goes) -> dict[str, object]:
    """Return a refund that is paid by hand: to where, and the forms of whoever may say that or has paid."""
    can_direct = shown.may_bill(request.actor, refund.settlement.bill.agency_id)
    can_pay = goes.is_whole and goes.to is not None
    today = {"sent_on": request.mall.local(timezone.now()).date()}
    return {
        "refund": refund,
        "goes": goes,
        "transfer_form": TransferForm(initial=today, auto_id=f"pay-{refund.pk}-%s") if can_pay else None,
        "account_form": DestinationForm(auto_id=f"to-{refund.pk}-%s") if can_direct else None,
    }
