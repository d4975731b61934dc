"""Issuing a document: numbered, set, signed and sealed in one transaction; and taking it back."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.documents import claims, vault
from pendopo.documents.actions import _identities as identities
from pendopo.documents.errors import NoLongerValid
from pendopo.documents.events import DocumentCorrected, DocumentIssued, DocumentRevoked
from pendopo.documents.models import IssuedDocument, Register
from pendopo.documents.signers import Signer, Statement
from pendopo.documents.types import Claims, Given, Kind
from pendopo.kernel.errors import AnotherBody, NotAllowed, NotUnderstood
from pendopo.kernel.events import publish
from pendopo.kernel.ids import new_key
from pendopo.kernel.reasons import stated
from pendopo.people.models import Person
from pendopo.tenancy.models import Mall


@transaction.atomic
def issue(
    mall: Mall,
    kind: Kind,
    *,
    subject: str,
    title: str,
    request_id: UUID,
    set_paper: Callable[[Given], bytes],
    address_of: Callable[[str], str],
    by: Actor,
    at: datetime,
    valid_until: date | None = None,
    holder: Person | None = None,
    person: Signer | None = None,
    seal: Signer | None = None,
) -> IssuedDocument:
    """Give a document the next number of its register, set it by `set_paper`, sign it, keep it sealed.

    A `person` signs in their own name; else it bears the mall's seal, its own one where no other `seal` is given. The
    paper is set twice: what the claims in its QR speak of is the paper without them.
    `holder` is whose it is: they see it among their documents, and are told by a module above (`DocumentIssued`).
    The valid one about the same subject is superseded. The caller has checked that `by` may. A wish that comes again
    gets the document of the first time. Whatever fails, no number is used: the register is locked until the end.
    Raises AnotherBody for a wish that was about something else, CannotSign.
    """
    register = _held(mall, kind, at)
    before = IssuedDocument.objects.filter(mall=mall, request_id=request_id).first()
    if before and (before.kind, before.subject) != (kind.code, subject):
        raise AnotherBody(_("Permintaan ini sudah dipakai untuk dokumen lain. Muat ulang halaman ini."))
    if before:
        return before
    register.last += 1
    register.save(update_fields=["last"])
    code = new_key()
    number, address = register.written(register.last), address_of(code)
    signer = person or seal or identities.seal(mall, by=by, at=at)
    content = set_paper(Given(number, address, address))
    told = Claims(mall.slug, number, kind.code, claims.digest_of(content), mall.local(at).date())
    paper = set_paper(Given(number, address, f"{address}#{identities.claim(mall, told, by=by, at=at)}"))
    signed = signer.sign(paper, Statement(reason=f"{title}, {number}", location=mall.name), at=at)
    valid = IssuedDocument.objects.filter(mall=mall, kind=kind.code, subject=subject, state=IssuedDocument.State.VALID)
    valid.update(state=IssuedDocument.State.SUPERSEDED, state_at=at)
    document = IssuedDocument(
        mall=mall, register=register, number=register.last, number_text=number, kind=kind.code, subject=subject,
        title=title, code=code, sha256=hashlib.sha256(signed).digest(), request_id=request_id, signed_at=at,
        holder=holder, signed_by=by.account, state_at=at, valid_until=valid_until, shows=list(kind.shows),
        method=signer.method,
        is_personal=person is not None, content_sha256=hashlib.sha256(content).digest(),
    )  # fmt: skip
    vault.keep(document, signed)
    document.save(force_insert=True)
    after = {"number": number, "kind": kind.code, "subject": subject, "sha256": document.sha256.hex()}
    audit.record("document.issued", f"document:{document.pk}", by=by, at=at, after=after)
    publish(DocumentIssued(mall.pk, document.pk, address, by, at))
    return document


@transaction.atomic
def revoke(document: IssuedDocument, *, reason: str, link: str, by: Actor, at: datetime) -> IssuedDocument:
    """Take a valid document back, for a reason that everybody reads. Its holder is told, with the `link` to its page.

    Raises NotAllowed, ReasonMissing, NoLongerValid.
    """
    if not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat mencabut dokumen."))
    reason = stated(reason, _("Tulis alasan pencabutan: alasan ini dibaca semua orang."))
    document = IssuedDocument.objects.select_for_update(of=("self",), no_key=True).get(pk=document.pk)
    if document.state != IssuedDocument.State.VALID:
        raise NoLongerValid(_("Dokumen ini tidak berlaku lagi: tidak ada yang dicabut."))
    document.state, document.state_at, document.state_reason = IssuedDocument.State.REVOKED, at, reason
    document.save(update_fields=["state", "state_at", "state_reason"])
    audit.record("document.revoked", f"document:{document.pk}", by=by, at=at, reason=reason)
    publish(DocumentRevoked(document.mall_id, document.pk, link, by, at))
    return document


@transaction.atomic
def correct(
    document: IssuedDocument, *, number: str, reason: str, address_of: Callable[[str], str], by: Actor, at: datetime
) -> IssuedDocument:
    """Say that a document was wrong, and which valid one of its kind, by its number, is read in its place.

    Whoever checks the wrong one reads the reason and is led to the right one; the holder of the wrong one is told, with
    the address of the right one. Raises NotAllowed, ReasonMissing,
    NotUnderstood when there is no such other one, NoLongerValid for what was revoked or corrected before.
    """
    if not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat memperbaiki dokumen."))
    reason = stated(reason, _("Tulis apa yang keliru: alasan ini dibaca semua orang."))
    replacing = IssuedDocument.objects.filter(
        mall=document.mall_id, kind=document.kind, number_text=number.strip(), state=IssuedDocument.State.VALID
    ).exclude(pk=document.pk).first()  # fmt: skip
    if replacing is None:
        raise NotUnderstood(_("Tidak ada dokumen lain yang berlaku, sejenis, dengan nomor ini."))
    document = IssuedDocument.objects.select_for_update(of=("self",), no_key=True).get(pk=document.pk)
    if document.state not in {IssuedDocument.State.VALID, IssuedDocument.State.SUPERSEDED}:
        raise NoLongerValid(_("Dokumen ini sudah dicabut atau diperbaiki."))
    document.state, document.state_at, document.state_reason = IssuedDocument.State.CORRECTED, at, reason
    document.replaced_by = replacing
    document.save(update_fields=["state", "state_at", "state_reason", "replaced_by"])
    after = {"replaced_by": replacing.pk}
    audit.record("document.corrected", f"document:{document.pk}", by=by, at=at, reason=reason, after=after)
    publish(DocumentCorrected(document.mall_id, document.pk, address_of(replacing.code), by, at))
    return document


def _held(mall: Mall, kind: Kind, at: datetime) -> Register:
    """Lock this year's register, so that its next number is nobody else's until the transaction ends."""
    year = mall.local(at).year
    rows = Register.objects.select_for_update(no_key=True).filter(mall=mall, code=kind.register, year=year)
    found = rows.first()
    if found is None:
        Register.objects.get_or_create(mall=mall, code=kind.register, year=year, defaults={"format": kind.format})
        found = rows.get()
    return found
