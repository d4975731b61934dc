"""Running a batch with the passphrase in hand: opening the signer once, then one paper after the other."""

from collections.abc import Callable
from contextlib import closing, nullcontext
from datetime import datetime
from typing import Final

from django.conf import settings

from pendopo.agencies.types import Actor
from pendopo.documents.actions import _identities as identities
from pendopo.documents.actions import batching
from pendopo.documents.errors import CannotSign
from pendopo.documents.models import SIGNER_NIK, PersonalSigner, SigningBatch, WaitingPaper
from pendopo.documents.signers import Signer
from pendopo.documents.signers.asking import PATIENCE, Line
from pendopo.documents.signers.bsre import BsreSeal, BsreSigner
from pendopo.documents.signers.problems import refusal
from pendopo.documents.signers.secret import Secret
from pendopo.documents.types import Partner, partner_of
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

# Beside what the service takes: setting the paper twice, and writing it down.
BESIDE: Final = 20


def run(
    batch: SigningBatch,
    passphrase: Secret,
    *,
    address_of: Callable[[str], str],
    by: Actor,
    now: Callable[[], datetime],
    line: Callable[[Partner], Line] = Line,
) -> SigningBatch:
    """Sign what is left of a batch, each paper in a transaction of its own, and close the batch.

    What a paper meets alone keeps that paper waiting, with the reason; what all would meet stops the batch. Stand in no
    transaction: a service is asked in between.
    """
    mall = batch.mall
    partner = partner_of(settings.BSRE, mall.slug)
    try:
        with closing(line(partner)) if partner else nullcontext() as held:
            signer = _signer(batch, passphrase, partner, held, by, now())
            problem = _all(batch, signer, address_of, by, now, patience=int(PATIENCE) + BESIDE if partner else 0)
    except CannotSign as refused:
        problem = refused.problem
    with wall.inside(mall.pk):
        return batching.end(batch, problem=problem, by=by, at=now())


def _signer(
    batch: SigningBatch, passphrase: Secret, partner: Partner | None, line: Line | None, by: Actor, at: datetime
) -> Signer:
    if partner is None or line is None:
        with wall.inside(batch.mall_id):
            if batch.is_seal:
                return identities.seal(batch.mall, by=by, at=at)
            found = _person(batch)
            if found.method != PersonalSigner.Method.LOCAL:
                raise refusal("not_configured")
            return identities.person(found, passphrase, by=by, at=at)
    if batch.is_seal:
        seal = BsreSeal(partner, line, code=passphrase)
        seal.look()
        return seal
    with wall.inside(batch.mall_id):
        found = _person(batch)
        if not found.nik_sealed:
            raise refusal("no_signer")
        nik = Sealer(batch.mall_id, SIGNER_NIK).unseal(bytes(found.nik_sealed)).decode()
    person = BsreSigner(partner, line, nik=nik, passphrase=passphrase)
    person.look()
    return person


def _person(batch: SigningBatch) -> PersonalSigner:
    found = PersonalSigner.objects.select_related("mall").filter(account=batch.account_id, ended_at=None).first()
    if found is None:
        raise refusal("no_signer")
    return found


def _all(
    batch: SigningBatch,
    signer: Signer,
    address_of: Callable[[str], str],
    by: Actor,
    now: Callable[[], datetime],
    *,
    patience: int,
) -> str:
    """Return the problem that stopped it, or nothing."""
    with wall.inside(batch.mall_id):
        papers = list(_left(batch.mall, batch))
    for paper in papers:
        try:
            with wall.inside(batch.mall_id):
                batching.sign(
                    batch, paper, signer=signer, address_of=address_of, by=by, at=now(), patience=patience
                )  # fmt: skip
        except CannotSign as refused:
            with wall.inside(batch.mall_id):
                batching.miss(batch, paper, refused.problem, by=by, at=now())
            if refused.stops:
                return refused.problem
    return ""


def _left(mall: Mall, batch: SigningBatch) -> list[WaitingPaper]:
    rows = batch.papers.filter(mall=mall, paper__state=WaitingPaper.State.WAITING).order_by("position")
    return [row.paper for row in rows.select_related("paper")]
