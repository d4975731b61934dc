"""Documents for tests, issued by the module's own action."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from pendopo.agencies.types import Actor
from pendopo.documents.actions import issuing
from pendopo.documents.models import IssuedDocument
from pendopo.documents.types import Given, Kind
from pendopo.documents.typesetting import pdf
from pendopo.tenancy.models import Mall

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
KIND = Kind("decree", "decree", "503/{number:04}/DPMPTSP/{year}")
TEMPLATE = Path(__file__).parent / "decree.typ"


def paper(given: Given) -> bytes:
    """Set a decree of one line."""
    return pdf(TEMPLATE, {"number": given.number, "address": given.address}, mall=Mall(logo=""))


def issued(
    mall: Mall,
    *,
    subject: str = "agency:1",
    request_id: UUID | None = None,
    set_paper: Callable[[Given], bytes] = paper,
    by: Actor | None = None,
    at: datetime = AT,
) -> IssuedDocument:
    """Issue a decree. Stand inside the mall."""
    return issuing.issue(
        mall, KIND, subject=subject, title="Keputusan contoh", request_id=request_id or uuid4(), set_paper=set_paper,
        address_of=lambda code: f"https://mpp.test/v/{code}/", by=by or Actor(mall=mall), at=at,
    )  # fmt: skip
