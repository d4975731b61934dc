"""The coverage desk: agencies, their services, and what is served twice, each as page and file."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.queries.directory import agency_of
from pendopo.catalogue.models import Coverage
from pendopo.catalogue.queries import coverage as shown
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("overseer")
@require_safe
def coverage(request: Request, mall: str) -> HttpResponse:
    """Show each agency with how many of its services are in the mall."""
    cursor = request.GET.get("cursor", "")
    page = shown.coverage(request.mall, request.actor, todays_date(request), cursor=cursor)
    return answer(request, "catalogue/coverage.html", {"lines": page.items, "next": page.next, "is_first": not cursor})


@audience("overseer")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    heads = [_("Instansi"), _("Semua"), *map(str, Coverage.labels), _("Belum diputuskan"), _("Pelayanan ganda")]
    heads += [_("Berkas berjalan"), _("Berkas terlambat")]
    rows: list[list[Value]] = [
        [
            each.agency.name,
            each.all,
            *(each.counts.get(how, 0) for how in Coverage.values),
            each.undecided,
            each.twice,
            each.open_cases,
            each.late_cases,
        ]
        for each in shown.coverage(request.mall, request.actor, todays_date(request), size=shown.ALL).items
    ]
    return table_file(kind, f"{request.mall.slug}-coverage", Sheet(_("Cakupan layanan"), heads, rows))


@audience("overseer")
@require_safe
def agency(request: Request, mall: str, agency: str) -> HttpResponse:
    """Show an agency's services: in the mall, not, and why."""
    found = agency_of(request.mall, agency, among=request.actor.overseen)
    how, cursor = _how(request), request.GET.get("cursor", "")
    page = shown.services_of(request.mall, found, how=how, cursor=cursor)
    context = {
        "agency": found,
        "lines": page.items,
        "next": page.next,
        "is_first": not cursor,
        "how": how,
        "hows": [*Coverage.choices, (shown.UNDECIDED, _("Belum diputuskan"))],
        "query": f"how={how}" if how else "",
    }
    return answer(request, "catalogue/coverage_agency.html", context)


@audience("overseer")
@require_safe
def agency_sheet(request: Request, mall: str, agency: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    found = agency_of(request.mall, agency, among=request.actor.overseen)
    items = shown.services_of(request.mall, found, how=_how(request), size=shown.ALL).items
    heads = [
        _("Layanan"), _("Keadaan"), _("Alasan"), _("Bukti"), _("Diputuskan"), _("Oleh"), _("Kantor instansi"),
    ]  # fmt: skip
    rows = [[each.service.name, each.label, *_decided(request, each), each.office_text] for each in items]
    return table_file(kind, f"{request.mall.slug}-coverage-{found.code.lower()}", Sheet(found.short_name, heads, rows))


@audience("overseer")
@require_safe
def twice(request: Request, mall: str) -> HttpResponse:
    """Show services that are in the mall while their agency's own counter is not proven closed."""
    cursor = request.GET.get("cursor", "")
    page = shown.twice(request.mall, request.actor, cursor=cursor)
    return answer(
        request, "catalogue/coverage_twice.html", {"lines": page.items, "next": page.next, "is_first": not cursor}
    )


@audience("overseer")
@require_safe
def twice_sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    heads = [_("Layanan"), _("Instansi"), _("Keadaan"), _("Kantor instansi")]
    rows = [
        [each.service.name, each.service.agency.name, each.label, each.office_text]
        for each in shown.twice(request.mall, request.actor, size=shown.ALL).items
    ]
    return table_file(kind, f"{request.mall.slug}-twice", Sheet(_("Pelayanan ganda"), heads, rows))


def _decided(request: Request, each: shown.Covered) -> list[Value]:
    decision = each.decision
    if decision is None:
        return ["", "", "", ""]
    by = decision.account.name if decision.account else ""
    return [decision.reason, decision.evidence, dates.moment(decision.decided_at, request.mall.timezone), by]


def _how(request: Request) -> str:
    how = request.GET.get("how", "")
    if how not in {"", shown.UNDECIDED, *Coverage.values}:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return how
