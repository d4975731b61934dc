"""Documents for tests, issued by the module's own action."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from pendopo.agencies.models import Agency
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.documents.actions import batching, enrolling, issuing, running
from pendopo.documents.actions import waiting as papers
from pendopo.documents.models import IssuedDocument, SigningBatch, WaitingPaper
from pendopo.documents.signers.secret import Secret
from pendopo.documents.types import Given, Kind
from pendopo.documents.typesetting import pdf
from pendopo.people.models import Account, Person
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

PASSPHRASE = "sandi-uji yang panjang"
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
    kind: Kind = KIND,
    valid_until: date | None = None,
    title: str = "Keputusan contoh",
    holder: Person | None = None,
) -> IssuedDocument:
    """Issue a decree. Stand inside the mall."""
    return issuing.issue(
        mall, kind, subject=subject, title=title, request_id=request_id or uuid4(), set_paper=set_paper,
        address_of=lambda code: f"https://mpp.test/v/{code}/", by=by or Actor(mall=mall), at=at,
        valid_until=valid_until, holder=holder,
    )  # fmt: skip


def waiting(
    mall: Mall,
    *,
    signer: Account | None = None,
    agency: Agency | None = None,
    number: int = 1,
    kind: Kind = KIND,
    holder: Person | None = None,
) -> WaitingPaper:
    """Let a decree wait for a person, or for the seal. Stand inside the mall."""
    return papers.ask(
        mall, kind, subject=f"application:{number}", title=f"Izin contoh {number}", values={"holder": "Sri Wahyuni"},
        template="documents/tests/decree.typ", request_id=uuid4(), signer=signer, agency=agency, holder=holder,
        by=Actor(mall=mall), at=AT,
    )  # fmt: skip


def ready(mall: Mall, role: Role = Role.SIGNER, *, agency: Agency | None = None) -> Actor:
    """Make somebody who signs in their own name with `PASSPHRASE`. Stand inside the mall."""
    by = make_agencies.staff(mall, role, agency=agency)
    enrolling.make_certificate(mall, passphrase=Secret(PASSPHRASE), by=by, at=AT)
    return by


def run(mall: Mall, papers: Sequence[WaitingPaper], by: Actor, passphrase: str = PASSPHRASE) -> SigningBatch:
    """Begin a batch and run it to its end."""
    with wall.inside(mall.pk):
        batch = batching.begin(mall, [each.pk for each in papers], request_id=uuid4(), by=by, at=AT)
    return again(batch, by, passphrase)


def again(batch: SigningBatch, by: Actor, passphrase: str = PASSPHRASE) -> SigningBatch:
    """Run a batch, or what is left of it."""
    return running.run(
        batch, Secret(passphrase), address_of=lambda code: f"https://mpp.test/v/{code}/", by=by, now=lambda: AT
    )
