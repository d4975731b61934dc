"""An agency's maklumat pelayanan: what stands in it, who signs it, and the one that was issued."""

from datetime import date
from pathlib import Path
from typing import TypedDict

from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.catalogue.models import CharterSigner
from pendopo.catalogue.queries import offers
from pendopo.documents import typesetting
from pendopo.documents.models import IssuedDocument
from pendopo.documents.queries import issued as documents
from pendopo.documents.types import Given, Kind
from pendopo.kernel import dates
from pendopo.kernel.errors import NotFound
from pendopo.tenancy.models import Mall

TEMPLATE = Path(__file__).parents[1] / "papers" / "charter.typ"
KIND = Kind("charter", "charter", "{number:03}/MAKLUMAT/{year}")


class Named(TypedDict):
    """Who signs, in which office, by which decree of which day."""

    office: str
    name: str
    decree: str
    decree_on: str


class Charter(TypedDict):
    """What stands in a maklumat, as page and as paper."""

    agency: str
    agency_code: str
    hall: str
    government: str
    date: str
    day: list[int]
    signer: Named | None
    services: int
    promised: list[dict[str, str]]


def charter(mall: Mall, agency: str, day: date) -> Charter:
    """Put an agency's maklumat together as of a day. Raises NotFound for one that offers nothing here."""
    rows = offers.services_of_agency(mall, agency)
    if not rows:
        raise NotFound(_("Instansi ini tidak ada di MPP ini."))
    promised = {
        row.service_code: {"name": row.service_name, "decree": held["decree"]}
        for row in rows
        if (held := row.standard_on(day))
    }
    return Charter(
        agency=rows[0].agency_name,
        agency_code=rows[0].agency_code,
        hall=mall.name,
        government=mall.government,
        date=dates.day(day, mall.timezone),
        day=list(day.timetuple()[:3]),
        signer=_named(signer(mall, rows[0].agency_code), mall),
        services=len({row.service_code for row in rows}),
        promised=list(promised.values()),
    )


def paper(mall: Mall, told: Charter, given: Given) -> bytes:
    """Set a maklumat that is issued: with its number, and a QR to verify it. As PDF/A."""
    data = dict(told) | {"number": given.number, "address": given.address}
    return typesetting.pdf(TEMPLATE, data, mall=mall, scanned=given.scanned or given.address)


def subject(agency: Agency) -> str:
    """Say about whom an agency's maklumat is, as its issued document names it."""
    return f"agency:{agency.pk}"


def issued(mall: Mall, agency: str) -> IssuedDocument | None:
    """Return the maklumat of an agency that was issued and is valid."""
    found = Agency.objects.filter(mall=mall, code=agency).first()
    return documents.valid(mall, KIND.code, subject(found)) if found else None


def signers(mall: Mall, agency: str) -> list[CharterSigner]:
    """Return who was named for an agency's maklumat, the one who signs now first."""
    found = CharterSigner.objects.filter(mall=mall, agency__code=agency).select_related("account")
    return list(found.order_by("-pk")[:20])


def signer(mall: Mall, agency: str) -> CharterSigner | None:
    """Return who signs an agency's maklumat now, None where nobody was named."""
    return next(iter(signers(mall, agency)), None)


def _named(signer: CharterSigner | None, mall: Mall) -> Named | None:
    if signer is None:
        return None
    day = dates.day(signer.decree_on, mall.timezone)
    return Named(office=signer.office, name=signer.name, decree=signer.decree, decree_on=day)
