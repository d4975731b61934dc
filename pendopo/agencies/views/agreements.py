"""Who has signed what: the matrix as page and file, and one agreement with its parties, paper, renewal and end."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.actions import agreements as acts
from pendopo.agencies.forms.agreements import AgreementForm, EndForm, PeriodForm, StandingForm
from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.models import Agreement, Signatory, Standing
from pendopo.agencies.queries import agreements as shown
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience, query_of
from pendopo.kernel.sheets import Sheet, table_file


@audience("overseer")
@require_safe
def agreements(request: Request, mall: str) -> HttpResponse:
    """Show the matrix of agencies and kinds of agreement, and what must be renewed."""
    wanted, day = _wanted(request), todays_date(request)
    page = shown.matrix(request.mall, request.actor, day, wanted, cursor=request.GET.get("cursor", ""))
    context = {
        "lines": page.items,
        "kinds": Agreement.Kind.choices,
        "standings": [*Standing.choices, (shown.NONE, _("Belum ada"))],
        "wanted": wanted,
        "query": query_of(request),
        "next": page.next,
        "is_first": not request.GET.get("cursor"),
        "totals": shown.totals(request.mall, day) if request.actor.overseen is None else [],
        "warnings": shown.warnings(request.mall, request.actor, day),
        "can_decide": request.actor.manages,
    }
    return answer(request, "agencies/agreements.html", context)


@audience("overseer")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same matrix, all of its lines, as CSV or XLSX."""
    page = shown.matrix(request.mall, request.actor, todays_date(request), _wanted(request), size=shown.ALL)
    heads = [_("Instansi"), *(str(label) for label in Agreement.Kind.labels)]
    rows = [[line.name, *(cell.text for cell in line.cells)] for line in page.items]
    return table_file(kind, f"{request.mall.slug}-agreements", Sheet(_("Perjanjian"), heads, rows))


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Let the manager write an agreement that its parties have yet to sign."""
    form = AgreementForm(request.mall, request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("kind", "title", "number", "scope", "starts_on", "ends_on")}
        try:
            made = acts.draft(request.mall, parties=form.parties, by=request.actor, at=timezone.now(), **told)
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            told_so = _("“%(title)s” tersimpan. Sekarang menunggu tanda tangan.") % {"title": made.title}
            messages.success(request, told_so)
            return redirect("agencies:agreement", mall, made.pk)
    context = {"form": form, "can_decide": request.actor.manages}
    return answer(request, "agencies/agreement_new.html", context, status=422 if form.is_bound else 200)


@audience("overseer")
@require_safe
def agreement(request: Request, mall: str, agreement: int) -> HttpResponse:
    """Show one agreement."""
    return _page(request, shown.agreement(request.mall, request.actor, agreement))


@audience("overseer")
@require_POST
def standing(request: Request, mall: str, agreement: int) -> HttpResponse:
    """Note how a party stands."""
    found = shown.agreement(request.mall, request.actor, agreement)
    form = StandingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, standing=form)
    told = dict(form.cleaned_data)
    row = Signatory.objects.filter(mall=request.mall, agreement=found, pk=told.pop("signatory")).first()
    if row is None:
        raise NotUnderstood(_("Pihak ini tidak ada dalam perjanjian."))
    try:
        acts.note_standing(row, **told, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, standing=form)
    messages.success(request, _("Keadaan %(party)s tersimpan.") % {"party": row})
    return redirect("agencies:agreement", mall, agreement)


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: Request, mall: str, agreement: int) -> HttpResponse:
    """Give the signed paper to whoever may see the agreement; keep one that is sent."""
    found = shown.agreement(request.mall, request.actor, agreement)
    if request.method != "POST":
        if not found.file_path:
            raise Http404
        return attachments.served(found.file_path, found.file_name)
    try:
        sent = attachments.uploaded(request)
        if sent is None:
            raise NotUnderstood(_("Pilih berkas dahulu."))
        acts.attach(found, *sent, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return _page(request, found, problem=str(refusal))
    messages.success(request, _("Berkas tersimpan."))
    return redirect("agencies:agreement", mall, agreement)


@audience("overseer")
@require_POST
def renewal(request: Request, mall: str, agreement: int) -> HttpResponse:
    """Prepare the agreement that follows."""
    found = shown.agreement(request.mall, request.actor, agreement)
    form = PeriodForm(request.POST)
    if form.is_valid():
        try:
            made = acts.renew(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Perpanjangan disiapkan. Sekarang menunggu tanda tangan."))
            return redirect("agencies:agreement", mall, made.pk)
    return _page(request, found, renewal=form)


@audience("overseer")
@require_POST
def ending(request: Request, mall: str, agreement: int) -> HttpResponse:
    """End an agreement before its time."""
    found = shown.agreement(request.mall, request.actor, agreement)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            acts.end(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Perjanjian diakhiri."))
            return redirect("agencies:agreement", mall, agreement)
    return _page(request, found, ending=form)


def _page(
    request: Request,
    found: Agreement,
    *,
    standing: StandingForm | None = None,
    renewal: PeriodForm | None = None,
    ending: EndForm | None = None,
    problem: str = "",
) -> HttpResponse:
    day = todays_date(request)
    forms_sent: list[forms.Form | None] = [standing, renewal, ending]
    context = {
        "agreement": found,
        "lines": [(row, _standing_form(row, standing)) for row in shown.signatories(found, request.actor)],
        "renewal": found.renewals.first(),
        "is_over": found.is_over(day),
        "period_form": renewal or PeriodForm(auto_id="period-%s"),
        "end_form": ending or EndForm(auto_id="end-%s"),
        "sent": "renewal" if renewal else "ending" if ending else "",
        "most": attachments.MOST_MEGABYTES,
        "problem": problem,
        "can_decide": request.actor.manages,
    }
    refused = problem or any(form is not None for form in forms_sent)
    return answer(request, "agencies/agreement.html", context, status=422 if refused else 200)


def _standing_form(row: Signatory, sent: StandingForm | None) -> StandingForm:
    """Give a party's own form: as it was sent, or as things stand."""
    if sent is not None and sent["signatory"].value() == str(row.pk):
        return sent
    now = {name: getattr(row, name) for name in ("state", "reason", "note", "next_step", "due_on")}
    return StandingForm(auto_id=f"party-{row.pk}-%s", initial=now | {"signatory": row.pk})


def _wanted(request: Request) -> shown.Filter:
    kind, standing = request.GET.get("kind", ""), request.GET.get("standing", "")
    if kind not in {"", *Agreement.Kind.values} or standing not in {"", shown.NONE, *Standing.values}:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return shown.Filter(kind, standing, request.GET.get("q", "").strip()[:100])
