"""Bills at the desk: the list as page and file, a new one by the rule of today, one with all that may be done to it."""

from datetime import datetime
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.kernel import dates
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience, query_of
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.payments.actions import admitting, billing, refunding, settling, voiding
from pendopo.payments.forms.bills import AdmitForm, BillForm, DepositForm, RefundForm, VoidForm
from pendopo.payments.models import Bill
from pendopo.payments.queries import bills as shown
from pendopo.payments.queries import pictures, returning

CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
MOST_CASES = 30


@audience("staff")
@require_safe
def bills(request: Request, mall: str) -> HttpResponse:
    """Show the bills that somebody may read, the latest first."""
    state, words, cursor = _state(request), _words(request), request.GET.get("cursor", "")
    page = shown.bills(request.mall, request.actor, timezone.now(), state=state, words=words, cursor=cursor)
    context = {
        "lines": page.items,
        "states": shown.STATES.items(),
        "state": state,
        "words": words,
        "query": query_of(request),
        "next": page.next,
        "is_first": not cursor,
    }
    return answer(request, "payments/bills.html", context)


@audience("staff")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    at, zone = timezone.now(), request.mall.timezone
    heads = [
        _("Tagihan"), _("Layanan"), _("Instansi"), _("Jumlah (Rp)"), _("Dasar biaya"), _("Dibuat"), _("Berlaku sampai"),
        _("Keadaan"), _("Tanda terima"),
    ]  # fmt: skip
    page = shown.bills(request.mall, request.actor, at, state=_state(request), words=_words(request), size=shown.ALL)
    rows: list[list[Value]] = [
        [
            each.bill.number, each.bill.rule, each.bill.agency.name, each.bill.amount, each.bill.basis,
            dates.moment(each.bill.made_at, zone), dates.moment(each.bill.expires_at, zone), each.label,
            each.bill.settlement.receipt if each.bill.is_settled else "",
        ]
        for each in page.items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-bills", Sheet(_("Tagihan"), heads, rows))


@audience("staff")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Choose a case, see its rule of today, and bill it."""
    at, words = timezone.now(), _words(request)
    cases = shown.priced(request.mall, request.actor, at)
    text = request.GET.get("variant", "")
    if text and not (text.isascii() and text.isdigit()):
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    chosen = next((each for each in cases if str(each.variant.pk) == text), None)
    if text and chosen is None:
        raise NotFound(_("Layanan ini tidak ada, atau bukan instansi Anda."))
    form: BillForm | None = None
    if request.method == "POST":
        if chosen is None:
            raise NotUnderstood(_("Pilih layanan dahulu."))
        sent, made = BillForm(request.POST), list[Bill]()
        form = sent
        if carried_out(sent, lambda: made.append(_bill(request, chosen, sent, at))):
            messages.success(request, _("Tagihan %(number)s dibuat.") % {"number": made[0].number})
            return redirect("payments:bill", mall, made[0].pk)
    elif chosen and chosen.fee and chosen.fee.amount:
        form = BillForm(initial={"shown": chosen.fee.amount})
    found = [each for each in cases if words.lower() in str(each.variant).lower()]
    context = {
        "cases": found[:MOST_CASES],
        "more": max(0, len(found) - MOST_CASES),
        "words": words,
        "chosen": chosen,
        "form": form,
    }
    is_refused = form is not None and form.is_bound
    return answer(request, "payments/bill_new.html", context, status=422 if is_refused else 200)


@audience("staff")
@require_safe
def bill(request: Request, mall: str, bill: int) -> HttpResponse:
    """Show one bill, with what was recorded of it and what may be done."""
    return _page(request, shown.bill(request.mall, request.actor, bill))


@audience("staff")
@require_POST
def deposits(request: Request, mall: str, bill: int) -> HttpResponse:
    """Write down what a paper says of how a bill was paid."""
    found = shown.bill(request.mall, request.actor, bill)
    form = DepositForm(request.POST, auto_id="deposit-%s")
    if carried_out(form, lambda: _record(request, found, form)):
        messages.success(request, _("Bukti tercatat. Sekarang menunggu diperiksa rekan Anda."))
        return redirect("payments:bill", mall, found.pk)
    return _page(request, found, deposit=form)


@audience("staff")
@require_POST
def void(request: Request, mall: str, bill: int) -> HttpResponse:
    """Ask a bill no more."""
    found = shown.bill(request.mall, request.actor, bill)
    form = VoidForm(request.POST, auto_id="void-%s")
    act = partial(voiding.void, found, by=request.actor, at=timezone.now())
    if carried_out(form, lambda: act(reason=form.cleaned_data["reason"])):
        messages.success(request, _("Tagihan dibatalkan."))
        return redirect("payments:bill", mall, found.pk)
    return _page(request, found, void=form)


@audience("staff")
@require_POST
def refunds(request: Request, mall: str, bill: int) -> HttpResponse:
    """Ask for what was paid."""
    found = shown.bill(request.mall, request.actor, bill)
    form = _refund_form(found, request.POST)
    act = partial(refunding.ask, found, by=request.actor, at=timezone.now())
    if carried_out(form, lambda: act(reason=form.told["reason"], part=form.told["part"], to=form.destination)):
        messages.success(request, _("Pengembalian diminta. Rekan Anda yang memutuskan."))
        return redirect("payments:bill", mall, found.pk)
    return _page(request, found, refund=form)


@audience("manager")
@require_POST
def admission(request: Request, mall: str, bill: int) -> HttpResponse:
    """Let money that came late count."""
    found = shown.bill(request.mall, request.actor, bill)
    form = AdmitForm(request.POST, auto_id="admit-%s")
    act = partial(admitting.admit, found, by=request.actor, at=timezone.now())
    if carried_out(form, lambda: act(reason=form.cleaned_data["reason"])):
        messages.success(request, _("Pembayaran terlambat diterima; tagihan lunas."))
        return redirect("payments:bill", mall, found.pk)
    return _page(request, found, admit=form)


@audience("staff")
@require_safe
def photo(request: Request, mall: str, bill: int, receipt_photo: int) -> HttpResponse:
    """Give a picture of a receipt, to be saved and not shown as part of our pages."""
    found = pictures.photo(shown.bill(request.mall, request.actor, bill), receipt_photo)
    name = f"{mall}-bukti-{found.pk}.{found.kind}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(pictures.content(found), content_type=CONTENT_TYPES[found.kind], headers=headers)


def _bill(request: Request, chosen: shown.Priced, form: BillForm, at: datetime) -> Bill:
    told = form.cleaned_data
    return billing.bill(
        chosen.variant, shown=form.money, part=told["part"], expires_at=shown.last_moment(at, told["days"]),
        by=request.actor, at=at, payer=form.payer, address_of=partial(_address, request),
    )  # fmt: skip


def _address(request: Request, key: str) -> str:
    return request.build_absolute_uri(reverse("payments:bill_of_key", args=[request.mall.slug, key]))


def _record(request: Request, found: Bill, form: DepositForm) -> None:
    number = form.cleaned_data["photo"]
    picture = pictures.photo(found, number) if number else None
    settling.record(
        found, form.payment, part=form.cleaned_data["part"], by=request.actor, at=timezone.now(), photo=picture
    )


def _page(
    request: Request,
    found: Bill,
    *,
    deposit: forms.Form | None = None,
    void: forms.Form | None = None,
    refund: forms.Form | None = None,
    admit: forms.Form | None = None,
) -> HttpResponse:
    at = timezone.now()
    state, ways = shown.state_of(found, at), shown.ways(found, at)
    may_handle = shown.may_bill(request.actor, found.agency_id)
    recorded, sent = shown.deposits(found), shown.photos(found)
    clean = [each for each in sent if each.state == each.State.CLEAN]
    asked = shown.refunds(found)
    is_unpaid = not (found.is_settled or found.is_void)
    is_waiting = any(each.verdict == each.Verdict.WAITING for each in recorded)
    known = {"amount": found.amount, "paid_on": request.mall.local(at).date(), "photo": clean[-1].pk if clean else None}
    refused = {"deposit": deposit, "void": void, "refund": refund, "admit": admit}
    context = {
        "bill": found,
        "state": state,
        "label": shown.STATES[state],
        # Who it is about is for those who handle it.
        "payer": found.person.name if found.person and may_handle else "",
        "ways": ways,
        "address": _address(request, found.key),
        "deposits": recorded,
        "photos": sent,
        "refunds": asked,
        "deposit_form": deposit or DepositForm(initial=known, auto_id="deposit-%s"),
        "void_form": void or VoidForm(auto_id="void-%s"),
        "refund_form": refund or _refund_form(found),
        "by_code": shown.came_by_code(found),
        "transfers": returning.transfers(found),
        "admit_form": admit or AdmitForm(auto_id="admit-%s"),
        "sent": next((name for name, form in refused.items() if form), ""),
        "can_record": may_handle and is_unpaid and not is_waiting,
        "can_void": may_handle and is_unpaid and not is_waiting,
        "can_refund": may_handle and found.is_settled and all(e.verdict == e.Verdict.REFUSED for e in asked),
        "can_admit": request.actor.manages and ways.is_late and not found.is_void,
    }
    return answer(request, "payments/bill.html", context, status=422 if context["sent"] else 200)


def _refund_form(found: Bill, sent: QueryDict | None = None) -> RefundForm:
    """Return the form to ask money back; what its payer has said of where to may be left as it is."""
    wish, before = shown.wish_of(found), ""
    if wish and wish.ended_at is None and wish.goes_to:
        to = {"bank": wish.said.bank, "digits": wish.said.last_digits}
        before = _("Seperti diminta pembayar: %(bank)s berakhiran %(digits)s") % to if wish.said.bank else ""
        before = before or _("Seperti diminta pembayar: diambil di loket")
    return RefundForm(sent, auto_id="refund-%s", before=before, by_code=shown.came_by_code(found))


def _state(request: Request) -> str:
    state = request.GET.get("state", "")
    if state and state not in shown.STATES:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return state


def _words(request: Request) -> str:
    return request.GET.get("q", "").strip()[:100]
