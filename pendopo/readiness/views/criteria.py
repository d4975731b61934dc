"""One criterion: what our rows show of it, and the evidence that people noted; the ratings that one of them counts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.kernel import attachments, dates
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, table_file
from pendopo.readiness.actions import evidence as acts
from pendopo.readiness.forms.evidence import EvidenceForm, WithdrawalForm
from pendopo.readiness.models import CRITERION
from pendopo.readiness.queries import history
from pendopo.readiness.queries.collecting import Rows, findings
from pendopo.readiness.views.gates import charge_form


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request: Request, mall: str, criterion: str) -> HttpResponse:
    """Show a criterion with its evidence; note more (POST)."""
    history.criterion_of(request.mall, criterion, request.actor)
    if request.method != "POST":
        return _page(request, criterion)
    form = EvidenceForm(request.POST)
    if form.is_valid():
        try:
            file = attachments.uploaded(request)
            acts.note_evidence(
                request.mall, criterion, **form.cleaned_data, file=file, by=request.actor, at=timezone.now()
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Bukti tersimpan."))
            return redirect("readiness:criterion", mall, criterion)
    return _page(request, criterion, form=form)


@audience("overseer")
@require_safe
def table(request: Request, mall: str, criterion: str, kind: str) -> HttpResponse:
    """Give the evidence of a criterion as CSV or XLSX."""
    found, _charge = history.criterion_of(request.mall, criterion, request.actor)
    heads = [_("Bukti"), _("Sumber"), _("Tanggal"), _("Berkas"), _("Dicatat oleh"), _("Ditarik karena")]
    rows = [
        [
            each.text, each.source, dates.short_day(each.on), each.file_name,
            each.account.name if each.account else "", each.withdrawn_because,
        ]
        for each in history.evidence_for(request.mall, criterion, size=history.ALL).items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-{criterion}", Sheet(found.name, heads, rows))


@audience("overseer")
@require_safe
def file(request: Request, mall: str, evidence: int) -> HttpResponse:
    """Give the file of a piece of evidence to whoever may see it."""
    found = history.evidence_of(request.mall, evidence, request.actor)
    if not found.file_path:
        raise Http404
    return attachments.served(found.file_path, found.file_name)


@audience("overseer")
@require_POST
def withdrawal(request: Request, mall: str, evidence: int) -> HttpResponse:
    """Withdraw evidence that does not hold."""
    found = history.evidence_of(request.mall, evidence, request.actor)
    form = WithdrawalForm(request.POST)
    if form.is_valid():
        try:
            acts.withdraw_evidence(found, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Bukti ditarik; tetap terbaca dengan alasannya."))
            return redirect("readiness:criterion", mall, found.criterion)
    problem = "; ".join(str(error) for errors in form.errors.values() for error in errors)
    return _page(request, found.criterion, problem=problem)


@audience("oversight")
@require_safe
def ratings(request: Request, mall: str) -> HttpResponse:
    """Show what visitors said of their satisfaction, ticket by ticket."""
    page = history.ratings(request.mall, cursor=request.GET.get("cursor", ""))
    context = {"lines": page.items, "next": page.next, "is_first": not request.GET.get("cursor")}
    return answer(request, "readiness/ratings.html", context)


@audience("oversight")
@require_safe
def ratings_table(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same as CSV or XLSX."""
    heads = [_("Waktu"), _("Nomor"), _("Layanan"), _("Penilaian"), _("Kata pengunjung")]
    rows = [
        [
            dates.moment(each.at, request.mall.timezone), each.ticket.number_text, each.ticket.variant.service.name,
            each.get_score_display(), each.words,
        ]
        for each in history.ratings(request.mall, size=history.ALL).items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-ratings", Sheet(_("Penilaian pengunjung"), heads, rows))


def _page(request: Request, code: str, *, form: EvidenceForm | None = None, problem: str = "") -> HttpResponse:
    found, held = history.criterion_of(request.mall, code, request.actor)
    page = history.evidence_for(request.mall, code, cursor=request.GET.get("cursor", ""))
    charged = held.agency_id if held and held.agency_id else None
    context = {
        "criterion": found,
        "charge": held,
        "findings": findings(Rows(request.mall, timezone.now()), code),
        "evidence": [(each, WithdrawalForm(auto_id=f"evidence-{each.pk}-%s")) for each in page.items],
        "next": page.next,
        "is_first": not request.GET.get("cursor"),
        "form": form or EvidenceForm(),
        "problem": problem,
        "most": attachments.MOST_MEGABYTES,
        "charge_form": charge_form(request, CRITERION + code, held),
        "can_note": request.actor.manages or (charged is not None and request.actor.steers(charged)),
        "can_decide": request.actor.manages,
        "is_whole": request.actor.overseen is None,
    }
    return answer(request, "readiness/criterion.html", context, status=422 if form is not None or problem else 200)
