from datetime import date

from django.utils import timezone
from ninja import Query, Router, Schema

from pendopo.agencies.http import Request, everybody, todays_date
from pendopo.agencies.queries.opening import opening
from pendopo.catalogue.models import Published
from pendopo.catalogue.queries.offers import published_service
from pendopo.catalogue.queries.searching import search
from pendopo.kernel import shapes

router = Router(tags=["services"])


class Filters(Schema):
    """What to look for: words as people say them, an agency's code, and where the next page begins."""

    q: shapes.Query = ""
    agency: shapes.Query = ""
    cursor: shapes.Cursor = ""


class ServiceOut(Schema):
    """A service (variant) in a list. `fee` is rupiah; null means not published, never free."""

    code: str
    name: str
    agency: str
    agency_code: str
    group: str
    duration: str
    fee: int | None


class ServicesOut(Schema):
    """A page of services; `next` is the cursor of the following one, null at the end."""

    items: list[ServiceOut]
    next: str | None


class VariantOut(Schema):
    """A case of a service, with what to bring and what it costs."""

    code: str
    name: str
    requirements: list[str]
    duration: str
    fee: int | None
    fee_basis: str


class ServiceDetailOut(Schema):
    """A service with its variants; `opening` says in words whether its counters receive people now."""

    code: str
    name: str
    agency: str
    agency_code: str
    group: str
    kind: str
    description: str
    procedure: str
    is_open: bool
    opening: str
    variants: list[VariantOut]


@router.get(
    "/malls/{mall}/services", response=ServicesOut, auth=everybody, url_name="services", summary="Search services"
)
def get_services(request: Request, mall: str, filters: Query[Filters]) -> ServicesOut:
    """Return the published services that fit the words, the best first; without words all of them, by name."""
    today = todays_date(request)
    page = search(request.mall, words=filters.q, agency=filters.agency, cursor=filters.cursor)
    return ServicesOut(items=[_listed(row, today) for row in page.items], next=page.next)


@router.get(
    "/malls/{mall}/services/{code}",
    response=ServiceDetailOut,
    auth=everybody,
    url_name="service",
    summary="A service in full",
)
def get_service(request: Request, mall: str, code: shapes.Code) -> ServiceDetailOut:
    """Return a service by its own or a variant's code."""
    variants = published_service(request.mall, code)
    first = variants[0]
    today = todays_date(request)
    now = opening(request.mall, first.outlet_id, timezone.now())
    return ServiceDetailOut(
        code=first.service_code,
        name=first.service_name,
        agency=first.agency_name,
        agency_code=first.agency_code,
        group=first.group,
        kind=first.kind,
        description=first.description,
        procedure=first.procedure,
        is_open=now.is_open,
        opening=now.text,
        variants=[
            VariantOut(
                code=row.code,
                name=row.variant_name,
                requirements=row.requirements,
                duration=row.duration,
                fee=fee["amount"] if fee else None,
                fee_basis=fee["basis"] if fee else "",
            )
            for row in variants
            for fee in [row.fee_on(today)]
        ],
    )


def _listed(row: Published, today: date) -> ServiceOut:
    fee = row.fee_on(today)
    return ServiceOut(
        code=row.code,
        name=row.name,
        agency=row.agency_name,
        agency_code=row.agency_code,
        group=row.group,
        duration=row.duration,
        fee=fee["amount"] if fee else None,
    )
