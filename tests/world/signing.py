"""Papers that wait for a signature, a batch, and who signs."""

from uuid import uuid4

from django.utils import timezone

from pendopo.agencies.types import Actor
from pendopo.documents.models import (
    BatchPaper,
    ClaimKey,
    PersonalSigner,
    SigningBatch,
    TokenIdentity,
    WaitingPaper,
)
from pendopo.queues.tests.make import Hall
from pendopo.tenancy.sealing import Sealer
from tests.world.issuing import _certificates


def sign(hall: Hall, signer: Actor) -> None:
    """Make a signer with one paper that waits, which stands in a batch of theirs that stopped."""
    mall, at, made = hall.mall, timezone.now(), _certificates()
    certified = {"authority": made.authority, "signer": made.signer, "revoked": made.revoked}
    TokenIdentity.objects.create(mall=mall, fingerprint="00", made_at=at, **certified)
    assert signer.account
    sealed = Sealer(mall.pk, "documents.personal_key").seal(b"no key")
    PersonalSigner.objects.create(
        mall=mall, account=signer.account, method=PersonalSigner.Method.LOCAL, made_at=at, key=sealed, expires_at=at,
        **certified,
    )  # fmt: skip
    secret = Sealer(mall.pk, "documents.claim_key").seal(b"k" * 32)
    ClaimKey.objects.create(mall=mall, number=1, made_at=at, public=b"k" * 32, secret=secret)
    paper = WaitingPaper.objects.create(
        mall=mall, kind="decree", register="decree", format="{number}/{year}", subject="agency:1", title="Keputusan",
        template="documents/tests/decree.typ", values=Sealer(mall.pk, "documents.waiting_values").seal(b"{}"),
        signer=signer.account, agency=hall.place.agency, request_id=uuid4(), asked_at=at, state_at=at,
    )  # fmt: skip
    batch = SigningBatch.objects.create(
        mall=mall, account=signer.account, request_id=uuid4(), is_seal=False, begun_at=at, moved_at=at,
        state=SigningBatch.State.STOPPED, problem="passphrase",
    )  # fmt: skip
    BatchPaper.objects.create(mall=mall, batch=batch, paper=paper, position=0)
