"""Agreements: who has to sign, who has, who has not and why, the file, renewal and the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_manager
from pendopo.agencies.errors import AlreadySigned, AlreadyThere, DatesCrossed, SignerMissing
from pendopo.agencies.models import Agency, Agreement, Signatory, Signing
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotUnderstood, ReasonMissing
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class Party:
    """Who has to sign: an agency, or a named party that runs no counter; and by whom, where that is known."""

    agency: Agency | None = None
    name: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody signs for a party; without a name it is the signer who was named before."""

    signatory: Signatory
    signer: str = ""


@transaction.atomic
def draft(
    mall: Mall,
    *,
    kind: str,
    title: str,
    parties: Sequence[Party],
    starts_on: date,
    by: Actor,
    at: datetime,
    ends_on: date | None = None,
    number: str = "",
    scope: str = "",
    renews: Agreement | None = None,
) -> Agreement:
    """Write an agreement that its parties have yet to sign."""
    only_manager(by)
    if ends_on and ends_on < starts_on:
        raise DatesCrossed(_("Perjanjian berakhir setelah mulai berlaku, bukan sebelumnya."))
    named = {(party.agency.pk if party.agency else 0, party.name.casefold()) for party in parties}
    if not parties or len(named) < len(parties):
        raise NotUnderstood(_("Sebutkan tiap pihak satu kali, paling sedikit satu."))
    agreement = Agreement.objects.create(
        mall=mall, kind=kind, title=title, number=number, scope=scope, starts_on=starts_on, ends_on=ends_on,
        renews=renews, created_at=at,
    )  # fmt: skip
    Signatory.objects.bulk_create(
        Signatory(
            mall=mall, agreement=agreement, agency=party.agency, name="" if party.agency else party.name,
            signer=party.signer,
        )
        for party in parties
    )  # fmt: skip
    after = {"kind": kind, "title": title, "parties": len(parties), "from": starts_on, "until": ends_on}
    audit.record("agreement.drafted", f"agreement:{agreement.pk}", by=by, at=at, after=after)
    return agreement


@transaction.atomic
def note_standing(
    signatory: Signatory,
    *,
    state: str,
    by: Actor,
    at: datetime,
    reason: str = "",
    note: str = "",
    next_step: str = "",
    due_on: date | None = None,
) -> Signatory:
    """Note that a party is on the way to sign, or that it is not and why; with the next step and its deadline."""
    only_manager(by)
    signatory = Signatory.objects.select_for_update().get(pk=signatory.pk)
    if signatory.state == Signatory.State.SIGNED or state == Signatory.State.SIGNED:
        raise AlreadySigned(_("Yang sudah ditandatangani diperpanjang atau diakhiri, tidak dibatalkan di sini."))
    if state == Signatory.State.NOT and not reason:
        raise ReasonMissing(_("Pilih alasan mengapa belum bersedia."))
    signatory.state = state
    signatory.reason = reason if state == Signatory.State.NOT else ""
    signatory.note, signatory.next_step, signatory.due_on = note, next_step, due_on
    signatory.save(update_fields=["state", "reason", "note", "next_step", "due_on"])
    after = {"state": state, "reason": signatory.reason, "next": next_step, "due": due_on}
    audit.record("agreement.standing_noted", f"signatory:{signatory.pk}", by=by, at=at, reason=note, after=after)
    return signatory


@transaction.atomic
def sign_together(
    mall: Mall, signatures: Sequence[Signature], *, day: date, place: str, by: Actor, at: datetime
) -> Signing:
    """Record that many parties signed on one day at one place: all of them, or none."""
    only_manager(by)
    if not signatures:
        raise NotUnderstood(_("Pilih paling sedikit satu pihak yang menandatangani."))
    if day > mall.local(at).date():
        raise DatesCrossed(_("Penandatanganan dicatat setelah terjadi: tanggalnya paling lambat hari ini."))
    signing = Signing.objects.create(mall=mall, day=day, place=place)
    given = {signature.signatory.pk: signature for signature in signatures}
    rows = Signatory.objects.select_for_update(of=("self",)).select_related("agreement", "agency")
    for row in rows.filter(mall=mall, pk__in=given).order_by("pk"):
        _sign(row, given[row.pk], signing)
        after = {"signing": signing.pk, "day": day}
        audit.record("agreement.signed", f"signatory:{row.pk}", by=by, at=at, after=after)
    audit.record("signing.held", f"signing:{signing.pk}", by=by, at=at, after={"signed": len(given), "place": place})
    return signing


def _sign(row: Signatory, given: Signature, signing: Signing) -> None:
    if row.state == Signatory.State.SIGNED:
        raise AlreadySigned(_("%(party)s sudah menandatangani “%(title)s”.") % _named(row))
    if row.agreement.is_over(signing.day):
        raise DatesCrossed(_("“%(title)s” untuk %(party)s sudah berakhir pada tanggal itu.") % _named(row))
    row.signer = given.signer or row.signer
    if not row.signer:
        raise SignerMissing(_("Tulis siapa yang menandatangani untuk %(party)s.") % _named(row))
    row.state, row.reason, row.next_step, row.due_on = Signatory.State.SIGNED, "", "", None
    row.signed_on, row.signing = signing.day, signing
    row.save(update_fields=["signer", "state", "reason", "next_step", "due_on", "signed_on", "signing"])


def _named(row: Signatory) -> dict[str, str]:
    return {"party": str(row), "title": row.agreement.title}


@transaction.atomic
def attach(agreement: Agreement, name: str, content: bytes, *, by: Actor, at: datetime) -> Agreement:
    """Keep the signed paper of an agreement (PDF, JPEG or PNG) in the place of the one before. Raises NotUnderstood."""
    only_manager(by)
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    before = {"sha256": bytes(agreement.file_sha256).hex()} if agreement.file_sha256 else None
    # The file of before stays: its digest stands in the audit, and a paper that bound somebody is not thrown away.
    kept = attachments.keep(f"agreements/{agreement.mall_id}", name, content)
    agreement.file_name, agreement.file_path, agreement.file_sha256 = kept.name, kept.path, kept.sha256
    agreement.save(update_fields=["file_name", "file_path", "file_sha256"])
    after = {"sha256": kept.sha256.hex()}
    audit.record("agreement.file_kept", f"agreement:{agreement.pk}", by=by, at=at, before=before, after=after)
    return agreement


@transaction.atomic
def renew(agreement: Agreement, *, starts_on: date, ends_on: date | None, by: Actor, at: datetime) -> Agreement:
    """Prepare the agreement that follows another, with the same parties, for them to sign."""
    only_manager(by)
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.renewals.exists():
        raise AlreadyThere(_("Perpanjangan perjanjian ini sudah disiapkan."))
    signatories = agreement.signatories.select_related("agency").order_by("pk")
    return draft(
        agreement.mall,
        kind=agreement.kind,
        title=agreement.title,
        scope=agreement.scope,
        parties=[Party(each.agency, each.name, each.signer) for each in signatories],
        starts_on=starts_on,
        ends_on=ends_on,
        renews=agreement,
        by=by,
        at=at,
    )


@transaction.atomic
def end(agreement: Agreement, *, on: date, reason: str, by: Actor, at: datetime) -> Agreement:
    """End an agreement before its time: from that day on it binds nobody."""
    only_manager(by)
    if not reason:
        raise ReasonMissing(_("Tulis mengapa perjanjian ini diakhiri."))
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if agreement.is_over(on):
        raise AlreadyThere(_("Perjanjian ini sudah berakhir."))
    agreement.ended_on, agreement.ended_because = on, reason
    agreement.save(update_fields=["ended_on", "ended_because"])
    audit.record("agreement.ended", f"agreement:{agreement.pk}", by=by, at=at, reason=reason, after={"on": on})
    return agreement
