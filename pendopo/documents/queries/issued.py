"""Issued documents, as whoever holds their code sees them; and what a PDF that somebody brings is worth."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.documents.models import IssuedDocument
from pendopo.documents.queries import trusting
from pendopo.documents.signers.judging import judged
from pendopo.documents.types import Found, Shown
from pendopo.kernel.attachments import kind_of
from pendopo.kernel.cursors import Page, page_by_number
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.tenancy.models import Mall

PAGE = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """A PDF that was looked at: its signatures, and the document that it is, byte by byte."""

    signatures: list[Found]
    document: IssuedDocument | None

    @property
    def is_ours(self) -> bool:
        """Whether all its signatures are intact and this mall's own."""
        return bool(self.signatures) and all(each.is_intact and each.is_ours for each in self.signatures)

    @property
    def is_altered(self) -> bool:
        """Whether a signature no longer covers what was signed."""
        return any(not each.is_intact for each in self.signatures)


def by_code(mall: Mall, code: str) -> IssuedDocument:
    """Return the document that a code opens. Raises NotFound."""
    found = IssuedDocument.objects.filter(mall=mall, code=code.lower()).first() if "\0" not in code else None
    if found is None:
        raise NotFound(_("Tidak ada dokumen dengan kode ini di MPP ini."))
    return found


def held(mall: Mall, actor: Actor, *, cursor: str = "") -> Page[IssuedDocument]:
    """Return the documents whose holder is whoever asks, the newest first. Raises NotUnderstood for a wrong cursor."""
    return page_by_number(_held(mall, actor), cursor, PAGE)


def of_holder(mall: Mall, actor: Actor, code: str) -> IssuedDocument:
    """Return a document of whoever asks. Raises NotFound, also for everybody else's."""
    found = _held(mall, actor).filter(code=code.lower()).first() if "\0" not in code else None
    if found is None:
        raise NotFound(_("Dokumen ini tidak ada di antara dokumen Anda."))
    return found


def _held(mall: Mall, actor: Actor) -> QuerySet[IssuedDocument]:
    if actor.account is None:
        return IssuedDocument.objects.none()
    return IssuedDocument.objects.filter(mall=mall, holder__account=actor.account).select_related("mall")


def valid(mall: Mall, kind: str, subject: str) -> IssuedDocument | None:
    """Return the document about a subject that is valid now."""
    return IssuedDocument.objects.filter(
        mall=mall, kind=kind, subject=subject, state=IssuedDocument.State.VALID
    ).first()


def follower(document: IssuedDocument) -> IssuedDocument | None:
    """Return what is read in place of a superseded or corrected document: for the latter whatever became of it."""
    if document.state == IssuedDocument.State.CORRECTED:
        return document.replaced_by
    if document.state != IssuedDocument.State.SUPERSEDED:
        return None
    return valid(document.mall, document.kind, document.subject)


def standing(document: IssuedDocument, *, at: datetime) -> str:
    """Return the state of a document at a moment: as kept, or `expired` for a valid one whose last day has passed."""
    until = document.valid_until
    if document.state == IssuedDocument.State.VALID and until and document.mall.local(at).date() > until:
        return "expired"
    return document.state


def shown(document: IssuedDocument) -> frozenset[Shown]:
    """Return what whoever holds a document's code may read of it."""
    return frozenset(Shown(each) for each in document.shows)


def check(mall: Mall, pdf: bytes, *, at: datetime) -> Checked:
    """Look at the signatures of a PDF. Raises NotUnderstood for what is none or cannot be read."""
    if kind_of(pdf) != "pdf":
        raise NotUnderstood(_("Isi berkas ini bukan PDF."))
    trusts = trusting.trusts(mall)
    if not trusts:
        raise NotUnderstood(_("MPP ini belum pernah menandatangani dokumen secara elektronik."))
    document = IssuedDocument.objects.filter(mall=mall, sha256=hashlib.sha256(pdf).digest()).first()
    return Checked(judged(pdf, trusts, at=at), document)
