"""Standards as those who set them see them: how complete they are, and one service's with its history."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.queries.directory import agency_of
from pendopo.catalogue.actions import standards as acts
from pendopo.catalogue.components import rules
from pendopo.catalogue.forms.standards import PublicationForm, StandardForm
from pendopo.catalogue.models import Publication, Service, Standard, Variant
from pendopo.catalogue.queries import standards as queries
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotFound, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("staff")
@require_safe
def standards(request: Request, mall: str) -> HttpResponse:
    """Show how complete the standards of each agency are."""
    states = queries.agency_states(request.mall, todays_date(request))
    context = {
        "heads": queries.agency_heads(),
        "agencies": states,
        "complete": sum(state.figures[-1] for state in states),
        "services": sum(state.services for state in states),
    }
    return answer(request, "catalogue/standards.html", context)


@audience("staff")
@require_safe
def agency_standards(request: Request, mall: str, agency: str) -> HttpResponse:
    """Show the services of an agency with what their standards lack, page by page."""
    found = agency_of(request.mall, agency)
    after = request.GET.get("after", "")
    states, following = queries.service_states(request.mall, found, todays_date(request), after=after)
    context = {
        "agency": found,
        "states": states,
        "next": following,
        "components": len(rules().codes),
        "may_sign": request.actor.steers(found.pk),
    }
    return answer(request, "catalogue/agency_standards.html", context)


@audience("staff")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give what the page shows as CSV or XLSX: all agencies, or the services of one."""
    table, name = _sheet(request)
    return table_file(kind, name, table)


def _sheet(request: Request) -> tuple[Sheet, str]:
    today, code = todays_date(request), request.GET.get("agency", "")
    title = _("Standar pelayanan")
    name = f"{request.mall.slug}-standar-{today.isoformat()}"
    if not code:
        states = queries.agency_states(request.mall, today)
        return Sheet(
            title, [_("Instansi"), *queries.agency_heads()], [[one.name, *one.figures] for one in states]
        ), name
    agency = agency_of(request.mall, code)
    services, _following = queries.service_states(request.mall, agency, today, size=None)
    heads = [
        _("Layanan"),
        _("Kode"),
        _("Komponen"),
        _("Media"),
        _("Warga dilibatkan"),
        _("Lewat tinjauan"),
        _("Lengkap"),
    ]
    rows: list[list[Value]] = [
        [
            one.service.name,
            one.service.code,
            one.filled,
            one.most_media,
            _yes(one.is_involved),
            _yes(one.is_overdue),
            _yes(one.is_complete),
        ]
        for one in services
    ]
    return Sheet(title, heads, rows), f"{name}-{agency.code}"


def _yes(value: bool) -> str:
    return _("ya") if value else _("belum")


@audience("staff")
@require_http_methods(["GET", "HEAD", "POST"])
def standard(request: Request, mall: str, code: str) -> HttpResponse:
    """Show the standards of a service, or of a variant, and let its agency set the next."""
    service, variant = queries.service_of_code(request.mall, code)
    if request.method != "POST":
        return _shown(request, service, variant)
    form = StandardForm(request.POST)
    if form.is_valid():
        try:
            acts.set_standard(
                service,
                form.components,
                variant=variant,
                decree=form.decree(attachments.uploaded(request)),
                involvement=form.involvement,
                valid_from=form.cleaned_data["valid_from"],
                reason=form.cleaned_data["reason"],
                by=request.actor,
                at=timezone.now(),
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Standar ditetapkan. Bagian yang wajib diumumkan sudah terbit."))
            return redirect("catalogue:standard", mall, code)
    return _shown(request, service, variant, form=form, status=422)


@audience("public")
@require_safe
def decree(request: Request, mall: str, code: str, standard: int) -> HttpResponse:
    """Give the decree by which a standard was set."""
    service, _variant = queries.service_of_code(request.mall, code)
    found = Standard.objects.filter(mall=request.mall, service=service, pk=standard).first()
    if found is None:
        raise NotFound(_("Standar ini tidak ada."))
    return attachments.served(found.file_path, found.file_name)


@audience("staff")
@require_POST
def publication(request: Request, mall: str, code: str) -> HttpResponse:
    """Note where the newest standard can be read."""
    service, variant = queries.service_of_code(request.mall, code)
    form = PublicationForm(request.POST)
    if form.is_valid():
        newest = queries.history(request.mall, service, variant)[:1]
        if not newest:
            raise NotFound(_("Layanan ini belum mempunyai standar."))
        said = form.cleaned_data
        try:
            acts.note_publication(
                newest[0],
                Publication.Medium(said["medium"]),
                published_on=said["published_on"],
                evidence=said["evidence"],
                by=request.actor,
                at=timezone.now(),
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Publikasi tercatat."))
            return redirect("catalogue:standard", mall, code)
    return _shown(request, service, variant, publication_form=form, status=422)


def _shown(
    request: Request,
    service: Service,
    variant: Variant | None,
    *,
    form: forms.Form | None = None,
    publication_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    today = todays_date(request)
    every = queries.history(request.mall, service, variant)
    newest = every[0] if every else None
    context = {
        "service": service,
        "variant": variant,
        "code": variant.code if variant else service.code,
        "standards": every,
        "newest": newest,
        "is_in_force": newest is not None and newest.valid_from <= today,
        "is_overdue": newest is not None and newest.review_due_on < today,
        "components": [(each, newest.components.get(each.code, "") if newest else "") for each in rules().components],
        "media_wanted": rules().media,
        "variants": [] if variant else list(service.variants.order_by("position")),
        "form": form or StandardForm(initial=_told(newest)),
        "publication_form": publication_form or PublicationForm(),
        "most": attachments.MOST_MEGABYTES,
        "may_set": request.actor.steers(service.agency_id),
        "problems": [problem for sent in (form, publication_form) if sent for problem in sent.non_field_errors()],
    }
    return answer(request, "catalogue/standard.html", context, status=status)


def _told(newest: Standard | None) -> dict[str, object]:
    """Begin the next standard with the texts of the one before: most decrees change a few lines."""
    return {f"component_{code}": text for code, text in newest.components.items()} if newest else {}
