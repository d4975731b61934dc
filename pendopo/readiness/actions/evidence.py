"""Evidence for criteria: noted with source and day by whoever is responsible, withdrawn with a reason."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotUnderstood, ReasonMissing
from pendopo.readiness.actions._rights import only_in_charge
from pendopo.readiness.errors import AlreadyDone, DatesCrossed
from pendopo.readiness.models import Evidence
from pendopo.readiness.queries.rules import rules
from pendopo.tenancy.models import Mall


@transaction.atomic
def note_evidence(
    mall: Mall,
    criterion: str,
    *,
    text: str,
    source: str,
    on: date,
    by: Actor,
    at: datetime,
    file: tuple[str, bytes] | None = None,
) -> Evidence:
    """Note what shows that a criterion is met: what it is, where it comes from, of which day, with a file if any."""
    only_in_charge(by, mall, criterion)
    if rules().criterion(criterion) is None:
        raise NotUnderstood(_("Kriteria ini tidak dikenal."))
    if on > mall.local(at).date():
        raise DatesCrossed(_("Bukti dicatat setelah ada: tanggalnya paling lambat hari ini."))
    kept = attachments.keep(f"readiness/{mall.pk}", *file) if file else None
    evidence = Evidence.objects.create(
        mall=mall, criterion=criterion, text=text, source=source, on=on, account=by.account, noted_at=at,
        file_name=kept.name if kept else "", file_path=kept.path if kept else "",
        file_sha256=kept.sha256 if kept else None,
    )  # fmt: skip
    after = {"criterion": criterion, "text": text, "source": source, "on": on, "file": kept.path if kept else ""}
    audit.record("evidence.noted", f"evidence:{evidence.pk}", by=by, at=at, after=after)
    return evidence


@transaction.atomic
def withdraw_evidence(evidence: Evidence, *, reason: str, by: Actor, at: datetime) -> Evidence:
    """Withdraw evidence that does not hold. It stays readable, with the reason."""
    only_in_charge(by, evidence.mall, evidence.criterion)
    if not reason:
        raise ReasonMissing(_("Tulis mengapa bukti ini ditarik."))
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.withdrawn_at:
        raise AlreadyDone(_("Bukti ini sudah ditarik."))
    evidence.withdrawn_at, evidence.withdrawn_because = at, reason
    evidence.save(update_fields=["withdrawn_at", "withdrawn_because"])
    audit.record("evidence.withdrawn", f"evidence:{evidence.pk}", by=by, at=at, reason=reason)
    return evidence
