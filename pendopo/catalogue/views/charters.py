"""What is promised in public: an agency's maklumat pelayanan and a service's leaflet, as page and PDF."""

from datetime import date
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.catalogue.components import rules
from pendopo.catalogue.models import Published
from pendopo.catalogue.models.published import Promise
from pendopo.catalogue.queries import charters as shown
from pendopo.catalogue.queries import offers
from pendopo.catalogue.views.offers import fee_of
from pendopo.documents.typesetting import pdf
from pendopo.kernel import dates
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import download

PAPERS = Path(__file__).parents[1] / "papers"
PDF = "application/pdf"


@audience("public")
@require_safe
def charter(request: Request, mall: str, agency: str) -> HttpResponse:
    """Show what an agency declares: to serve by its standards, or to bear what the law says."""
    told = shown.charter(request.mall, agency, todays_date(request))
    return answer(request, "catalogue/charter.html", dict(told) | {"issued": shown.issued(request.mall, agency)})


@audience("public")
@require_safe
def charter_pdf(request: Request, mall: str, agency: str) -> HttpResponse:
    """Give the declaration as PDF/A, to be signed and hung up."""
    with override("id"):
        told = shown.charter(request.mall, agency, todays_date(request))
    return download(pdf(shown.TEMPLATE, told, mall=request.mall), PDF, f"maklumat-{told['agency_code']}.pdf".lower())


@audience("public")
@require_safe
def leaflet(request: Request, mall: str, code: str) -> HttpResponse:
    """Show what to bring for a service on a page that is made to be printed."""
    return answer(request, "catalogue/leaflet.html", _leaflet(request, code))


@audience("public")
@require_safe
def leaflet_pdf(request: Request, mall: str, code: str) -> HttpResponse:
    """Give the leaflet as PDF/A."""
    told = _leaflet(request, code)
    return download(pdf(PAPERS / "leaflet.typ", told, mall=request.mall), PDF, f"syarat-{told['code']}.pdf".lower())


def _leaflet(request: Request, code: str) -> dict[str, object]:
    variants = offers.published_service(request.mall, code)
    first, today = variants[0], todays_date(request)
    return {
        "code": first.service_code,
        "name": first.service_name,
        "agency": first.agency_name,
        "hall": request.mall.name,
        "government": request.mall.government,
        "date": dates.day(today, request.mall.timezone),
        "day": list(today.timetuple()[:3]),
        "address": request.build_absolute_uri(request.path.partition("leaflet")[0]),
        "variants": [_variant(row, today) for row in variants],
        "standard": _components(first.standard_on(today)),
        "words": {
            "requirements": _("Yang perlu dibawa"),
            "unknown": _("Syaratnya belum tercatat. Tanyakan di meja informasi."),
            "fee": _("Biaya"),
            "duration": _("Waktu"),
            "ask": _("tanyakan di loket"),
            "standard": _("Standar pelayanan"),
            "printed": _("Dicetak"),
        },
    }


def _variant(row: Published, today: date) -> dict[str, object]:
    fee = fee_of(row, today)
    return {
        "name": row.variant_name,
        "requirements": [str(each) for each in row.requirements],
        "fee": "" if fee is None else str(fee),
        "duration": row.duration,
    }


def _components(held: Promise | None) -> list[dict[str, str]]:
    texts = held["texts"] if held else {}
    return [{"name": each.name, "text": texts[each.code]} for each in rules().public if each.code in texts]
