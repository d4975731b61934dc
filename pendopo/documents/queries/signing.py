"""What waits for somebody's signature, and how far a batch has come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from asn1crypto import x509
from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor, Role
from pendopo.documents.models import STILL, PersonalSigner, SigningBatch, SigningIdentity, WaitingPaper
from pendopo.documents.signers.problems import words_of
from pendopo.documents.types import Partner, partner_of
from pendopo.kernel.errors import NotFound
from pendopo.tenancy.models import Mall

# As many as a batch may hold: longer lists go on after the first batch.
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A waiting paper with the reason why it was not signed before."""

    paper: WaitingPaper
    problem: "str | Promise"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has come; `left` wait still."""

    batch: SigningBatch
    lines: list[Line]
    signed: int
    left: int
    is_moving: bool
    problem: "str | Promise"


def waiting(mall: Mall, by: Actor, *, is_seal: bool) -> list[Line]:
    """Return what waits for somebody's own signature, or for the seal where they may put it; the oldest first."""
    papers = WaitingPaper.objects.filter(mall=mall, state=WaitingPaper.State.WAITING).select_related("agency")
    if not is_seal:
        papers = papers.filter(signer=by.account) if by.account else papers.none()
    else:
        papers = papers.filter(signer=None).filter(_sealable(by))
    return [Line(each, words_of(each.problem)) for each in papers.order_by("pk")[:MOST]]


def _sealable(by: Actor) -> Q:
    agencies = [held.agency_id for held in by.memberships if held.role is Role.SIGNER]
    if by.manages or None in agencies:
        return Q()
    return Q(agency__in=[each for each in agencies if each is not None])


def awaited(mall: Mall, number: int) -> WaitingPaper:
    """Return a paper that waits or waited. Raises NotFound."""
    found = WaitingPaper.objects.filter(mall=mall, pk=number).first()
    if found is None:
        raise NotFound(_("Berkas ini tidak ada."))
    return found


def batch(mall: Mall, number: int, by: Actor) -> SigningBatch:
    """Return a batch of one's own; managers and heads see all. Raises NotFound."""
    rows = SigningBatch.objects.filter(mall=mall, pk=number).select_related("account", "mall")
    if not by.has(Role.MANAGER, Role.HEAD):
        rows = rows.filter(account=by.account) if by.account else rows.none()
    found = rows.first()
    if found is None:
        raise NotFound(_("Penandatanganan ini tidak ada."))
    return found


def batches(mall: Mall, by: Actor) -> list[SigningBatch]:
    """Return somebody's last batches, the newest first."""
    return list(SigningBatch.objects.filter(mall=mall, account=by.account).order_by("-pk")[:10]) if by.account else []


def progress(found: SigningBatch, *, at: datetime) -> Progress:
    """Say how far a batch has come."""
    rows = found.papers.order_by("position").select_related("paper__document")
    lines = [Line(row.paper, words_of(row.paper.problem)) for row in rows]
    signed = sum(line.paper.state == WaitingPaper.State.SIGNED for line in lines)
    left = sum(line.paper.state == WaitingPaper.State.WAITING for line in lines)
    is_running = found.state == SigningBatch.State.RUNNING
    is_moving = is_running and at - found.moved_at < STILL
    problem = words_of("broken_off") if is_running and not is_moving else words_of(found.problem)
    return Progress(found, lines, signed, left, is_moving, problem)


def signer(mall: Mall, by: Actor) -> PersonalSigner | None:
    """Return with what somebody signs in their own name; None before they got ready."""
    if by.account is None:
        return None
    return PersonalSigner.objects.filter(mall=mall, account=by.account, ended_at=None).first()


def partner(mall: Mall) -> Partner | None:
    """Return the service where a mall signs; None where it signs by itself."""
    return partner_of(settings.BSRE, mall.slug)


def seal_expires_at(mall: Mall) -> datetime | None:
    """Return when the certificate of the mall's own seal ends; None before its first signature."""
    found = SigningIdentity.objects.filter(mall=mall).first()
    if found is None:
        return None
    expires_at = x509.Certificate.load(bytes(found.signer)).not_valid_after
    assert isinstance(expires_at, datetime)
    return expires_at
