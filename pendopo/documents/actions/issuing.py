"""Issuing a document: numbered, set, signed and sealed in one transaction; and taking it back."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.documents import vault
from pendopo.documents.errors import NoLongerValid
from pendopo.documents.models import SIGNER_KEY, STAMPER_KEY, IssuedDocument, Register, SigningIdentity
from pendopo.documents.signers import Statement, certificates
from pendopo.documents.signers.local import LocalSigner
from pendopo.documents.types import Given, Kind
from pendopo.kernel.errors import AnotherBody, NotAllowed
from pendopo.kernel.ids import new_key
from pendopo.kernel.reasons import stated
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer


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
) -> IssuedDocument:
    """Give a document the next number of its register, set it by `set_paper`, sign it, keep it sealed.

    The valid one about the same subject is superseded. The caller has checked that `by` may. A wish that comes again
    gets the document of the first time. Whatever fails, no number is used: the register is locked until the end.
    Raises AnotherBody for a wish that was about something else.
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
    number = register.written(register.last)
    statement = Statement(reason=f"{title}, {number}", location=mall.name)
    paper = set_paper(Given(number, address_of(code)))
    signed = LocalSigner(_identity(mall, by, at)).sign(paper, statement, at=at)
    valid = IssuedDocument.objects.filter(mall=mall, kind=kind.code, subject=subject, state=IssuedDocument.State.VALID)
    valid.update(state=IssuedDocument.State.SUPERSEDED, state_at=at)
    document = IssuedDocument(
        mall=mall, register=register, number=register.last, number_text=number, kind=kind.code, subject=subject,
        title=title, code=code, sha256=hashlib.sha256(signed).digest(), request_id=request_id, signed_at=at,
        signed_by=by.account, state_at=at,
    )  # fmt: skip
    vault.keep(document, signed)
    document.save(force_insert=True)
    after = {"number": number, "kind": kind.code, "subject": subject, "sha256": document.sha256.hex()}
    audit.record("document.issued", f"document:{document.pk}", by=by, at=at, after=after)
    return document


@transaction.atomic
def revoke(document: IssuedDocument, *, reason: str, by: Actor, at: datetime) -> IssuedDocument:
    """Take a valid document back, for a reason that everybody reads.

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
    return document


def _held(mall: Mall, kind: Kind, at: datetime) -> Register:
    """Lock this year's register, so that its next number is nobody else's until the transaction ends."""
    year = mall.local(at).year
    Register.objects.get_or_create(mall=mall, code=kind.register, year=year, defaults={"format": kind.format})
    return Register.objects.select_for_update(no_key=True).get(mall=mall, code=kind.register, year=year)


def _identity(mall: Mall, by: Actor, at: datetime) -> SigningIdentity:
    found = SigningIdentity.objects.filter(mall=mall).first()
    if found is None:
        # Two first signatures at once, of different registers: the second waits and finds what the first has made.
        Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)
        found = SigningIdentity.objects.filter(mall=mall).first()
    return found or _made_identity(mall, by, at)


def _made_identity(mall: Mall, by: Actor, at: datetime) -> SigningIdentity:
    made = certificates.make(mall.name, at=at)
    identity = SigningIdentity.objects.create(
        mall=mall, made_at=at, authority=made.authority, signer=made.signer, stamper=made.stamper,
        revoked=made.revoked, signer_key=Sealer(mall.pk, SIGNER_KEY).seal(made.signer_key),
        stamper_key=Sealer(mall.pk, STAMPER_KEY).seal(made.stamper_key),
    )  # fmt: skip
    after = {"signer": hashlib.sha256(made.signer).hexdigest()}
    audit.record("signing_identity.made", f"signing_identity:{identity.pk}", by=by, at=at, after=after)
    return identity
