"""The same as the pages, to take away: the list, the years of one, its figures, the mall's share, its tickets."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, asked_month, seen_on
from pendopo.indicators.queries import contributions, directory
from pendopo.indicators.queries.paths import courses
from pendopo.indicators.views.indicators import figure_text, goal_text, is_corrected
from pendopo.kernel import dates
from pendopo.kernel.figures import figure
from pendopo.kernel.http import audience
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("oversight")
@require_safe
def every(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the list of indicators as CSV or XLSX."""
    heads = [_("Indikator"), _("Tema"), _("Angka resmi"), _("Target"), _("Keadaan"), _("Nomor yang dihitung")]
    rows: list[list[Value]] = [
        [
            line.course.indicator.name, line.course.indicator.get_theme_display(), figure_text(line.course),
            goal_text(line.course), str(line.course.verdict.label), line.tickets,
        ]
        for line in directory.indicators(request.mall, seen_on(request).at, size=directory.ALL).items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-indicators", Sheet(_("Indikator"), heads, rows))


@audience("oversight")
@require_safe
def years(request: Request, mall: str, indicator: str, kind: str) -> HttpResponse:
    """Give the path of an indicator year by year as CSV or XLSX."""
    found = directory.indicator_of(request.mall, indicator)
    (course,) = courses(request.mall, [found], seen_on(request).at)
    heads = [_("Tahun"), _("Target"), _("Angka resmi"), _("Sumber target"), _("Sumber angka")]
    rows: list[list[Value]] = [
        [
            str(each.year), "" if each.target is None else figure(each.target),
            figure(each.figure.value) if each.figure else "", each.source, each.figure.source if each.figure else "",
        ]
        for each in course.years
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-{found.code}", Sheet(found.name, heads, rows))


@audience("oversight")
@require_safe
def figures(request: Request, mall: str, indicator: str, kind: str) -> HttpResponse:
    """Give every figure of an indicator as CSV or XLSX, also those that were corrected."""
    found, at = directory.indicator_of(request.mall, indicator), seen_on(request).at
    heads = [
        _("Tanggal"), _("Angka"), _("Sumber"), _("Klaim"), _("Keterangan"), _("Dikoreksi"), _("Alasan koreksi"),
        _("Dicatat oleh"),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [
            dates.short_day(each.as_of), figure(each.value), each.source, _("ya") if each.is_claim else "", each.note,
            _("ya") if is_corrected(each, at) else "", each.reason, each.account.name if each.account else "",
        ]
        for each in directory.figures(found, at, size=directory.ALL).items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-{found.code}-figures", Sheet(found.name, heads, rows))


@audience("oversight")
@require_safe
def months(request: Request, mall: str, indicator: str, kind: str) -> HttpResponse:
    """Give what the mall did month by month as CSV or XLSX."""
    found = directory.indicator_of(request.mall, indicator)
    heads = [_("Bulan"), _("Selesai"), _("Berkas diterima")]
    rows: list[list[Value]] = [
        [dates.month(each.first), each.finished, each.taken_in]
        for each in contributions.by_month(request.mall, found, seen_on(request).day)
    ]
    return table_file(kind, f"{request.mall.slug}-{found.code}-months", Sheet(found.name, heads, rows))


@audience("oversight")
@require_safe
def tickets(request: Request, mall: str, indicator: str, kind: str) -> HttpResponse:
    """Give the tickets of a month that count as CSV or XLSX."""
    found, month = directory.indicator_of(request.mall, indicator), asked_month(request)
    last = min(month.last, seen_on(request).day)
    page = contributions.tickets(request.mall, found, month.first, last, size=contributions.ALL)
    heads = [_("Nomor"), _("Tanggal"), _("Layanan"), _("Hasil")]
    rows: list[list[Value]] = [
        [each.number_text, dates.short_day(each.day), each.variant.service.name, each.get_outcome_display()]
        for each in page.items
    ]
    return table_file(kind, f"{request.mall.slug}-{found.code}-{month.first:%Y-%m}", Sheet(found.name, heads, rows))
