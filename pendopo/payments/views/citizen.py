"""The bill as whoever pays sees it: what it is for and by which rule, then how to pay; opened by its key."""

from functools import partial

import segno
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import download
from pendopo.payments.actions import charging, photos, transferring, wishing
from pendopo.payments.forms.bills import DestinationForm, WishForm
from pendopo.payments.models import Bill
from pendopo.payments.models.codes import State
from pendopo.payments.queries import bills as shown
from pendopo.payments.queries import returning
from pendopo.payments.queries.receipts import receipt as receipt_of

MEGABYTES = photos.MOST_BYTES // 1024 // 1024


@audience("key")
@require_safe
def bill(request: Request, mall: str, bill_key: str) -> HttpResponse:
    """Show a bill, and how to pay it."""
    return _page(request, shown.by_key(request.mall, bill_key))


@audience("key")
@require_POST
def code_wish(request: Request, mall: str, bill_key: str) -> HttpResponse:
    """Ask for a QRIS of the bill; a job fetches it."""
    found = shown.by_key(request.mall, bill_key)
    try:
        charging.want(found, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return _page(request, found, problem=str(refusal))
    return redirect("payments:bill_of_key", mall, found.key)


@audience("key")
@require_POST
def photo_sending(request: Request, mall: str, bill_key: str) -> HttpResponse:
    """Keep a picture of a receipt."""
    found = shown.by_key(request.mall, bill_key)
    try:
        sent = request.FILES.get("file")
        if not isinstance(sent, UploadedFile) or not sent.size:
            raise NotUnderstood(_("Pilih berkas dahulu."))
        # One byte more than may be is enough to know, without reading all of it.
        photos.send(found, sent.read(photos.MOST_BYTES + 1), at=timezone.now())
    except RuleViolation as refusal:
        return _page(request, found, problem=str(refusal))
    return redirect("payments:bill_of_key", mall, found.key)


@audience("key")
@require_safe
def receipt(request: Request, mall: str, bill_key: str) -> HttpResponse:
    """Give the receipt of a paid bill, as PDF."""
    found = shown.by_key(request.mall, bill_key)
    return download(receipt_of(found), "application/pdf", f"{mall}-{found.number}.pdf")


@audience("key")
@require_POST
def refund_wish(request: Request, mall: str, bill_key: str) -> HttpResponse:
    """Ask for what was paid."""
    found = shown.by_key(request.mall, bill_key)
    form = WishForm(request.POST, by_code=shown.came_by_code(found))
    act = partial(wishing.wish, found, by=request.actor, at=timezone.now())
    if carried_out(form, lambda: act(form.told["reason"], to=form.destination, part=form.told["part"])):
        return redirect("payments:bill_of_key", mall, found.key)
    return _page(request, found, wish=form)


@audience("key")
@require_POST
def refund_account(request: Request, mall: str, bill_key: str) -> HttpResponse:
    """Say where granted money goes that cannot go back as it came."""
    found, form = shown.by_key(request.mall, bill_key), DestinationForm(request.POST, auto_id="account-%s")
    act = partial(transferring.direct_own, found, by=request.actor, at=timezone.now())
    if carried_out(form, lambda: act(form.said)):
        return redirect("payments:bill_of_key", mall, found.key)
    return _page(request, found, account=form)


def _page(
    request: Request, found: Bill, *, problem: str = "", wish: WishForm | None = None,
    account: DestinationForm | None = None,
) -> HttpResponse:  # fmt: skip
    at = timezone.now()
    ways, state, charge = shown.ways(found, at), shown.state_of(found, at), None
    sent = shown.photos(found)
    if ways.charge and ways.charge.state == State.OPEN:
        charge = ways.charge
    context = {
        "bill": found,
        "state": state,
        "label": shown.STATES[state],
        "ways": ways,
        "is_asked": ways.charge is not None and charge is None,
        "charge": charge,
        "code_svg": _drawn(charge.content) if charge else "",
        "deposits": [each for each in shown.deposits(found) if each.verdict == each.Verdict.REFUSED][:1],
        "photos": len([each for each in sent if each.state != each.State.REFUSED]),
        "unscanned": any(each.state == each.State.WAITING for each in sent),
        "refused_photos": any(each.state == each.State.REFUSED for each in sent),
        "most_photos": photos.MOST,
        "most": MEGABYTES,
        "problem": problem,
    } | _asked_back(found, wish, account)
    is_refused = bool(problem or wish or account)
    return answer(request, "payments/bill_of_key.html", context, status=422 if is_refused else 200)


def _asked_back(found: Bill, sent: WishForm | None, account: DestinationForm | None) -> dict[str, object]:
    """Return where money that is asked back stands, and the form to ask, or to say where to, where that is wanted."""
    refund, wish = next(iter(shown.refunds(found)), None), shown.wish_of(found)
    is_open = wish is not None and wish.ended_at is None
    can_ask = found.is_settled and not is_open and (refund is None or refund.verdict == refund.Verdict.REFUSED)
    by_code = shown.came_by_code(found)
    to = returning.account_of(refund) if refund else None
    is_wanted = refund is not None and to is None and returning.is_to_be_paid(refund)
    return {
        "refund": refund,
        "goes_to": to.said if to else None,
        "transfer": next(iter(returning.transfers(found)), None),
        "by_code": by_code,
        # Sent where it is not wanted it still says why not.
        "account_form": account or (DestinationForm(auto_id="account-%s") if is_wanted else None),
        "wish": wish if is_open or (refund and wish and wish.refund_id == refund.pk) else None,
        # Sent for a bill that is not paid it still says why not.
        "wish_form": sent or (WishForm(by_code=by_code) if can_ask else None),
        "is_wish_wrong": sent is not None,
    }


def _drawn(content: str) -> str:
    picture = segno.make(content, error="m", micro=False)
    return mark_safe(picture.svg_inline(border=2, omitsize=True))  # noqa: S308 - drawn by segno, letters and digits only
