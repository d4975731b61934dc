"""Issued documents."""

from datetime import UTC, datetime
from functools import cache
from uuid import uuid4

from django.utils import timezone

from pendopo.documents import vault
from pendopo.documents.models import SIGNER_KEY, STAMPER_KEY, IssuedDocument, Register, SigningIdentity
from pendopo.documents.signers import certificates
from pendopo.documents.signers.certificates import Made
from pendopo.documents.types import EVERYTHING
from pendopo.kernel.ids import new_key
from pendopo.people.models import Person
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import sealing


@cache
def _certificates() -> Made:
    # Their keys take long to find.
    return certificates.make("MPP", at=datetime(2026, 1, 5, tzinfo=UTC))


def issue(hall: Hall, holder: Person) -> None:
    """Make one issued document of somebody, signed by nobody: its certificates are shared."""
    mall, at, made = hall.mall, timezone.now(), _certificates()
    SigningIdentity.objects.create(
        mall=mall, made_at=at, authority=made.authority, signer=made.signer, stamper=made.stamper,
        revoked=made.revoked, signer_key=sealing.Sealer(mall.pk, SIGNER_KEY).seal(made.signer_key),
        stamper_key=sealing.Sealer(mall.pk, STAMPER_KEY).seal(made.stamper_key),
    )  # fmt: skip
    register = Register.objects.create(mall=mall, code="decree", year=2026, format="{number}/{year}", last=1)
    document = IssuedDocument(
        mall=mall, register=register, number=1, number_text="1/2026", kind="decree", subject="agency:0",
        title="Keputusan", code=new_key(), sha256=b"x" * 32, request_id=uuid4(), signed_at=at, state_at=at,
        shows=list(EVERYTHING), holder=holder,
    )  # fmt: skip
    vault.keep(document, b"%PDF-1.7")
    document.save(force_insert=True)
