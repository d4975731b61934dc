"""What becomes of a decision: its owner tells, the manager ends it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.errors import DatesCrossed
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.meetings.actions._frame import only_manager
from pendopo.meetings.errors import AlreadySettled, EvidenceMissing
from pendopo.meetings.models import Decision, DecisionReport


@transaction.atomic
def report(
    decision: Decision, words: str, *, by: Actor, at: datetime, file: tuple[str, bytes] | None = None
) -> DecisionReport:
    """Tell how far a decision is, with a file (PDF, JPEG, PNG) or none: its owner, or the manager."""
    decision = _open(decision)
    if not decision.may_be_reported_by(by):
        raise NotAllowed(_("Hanya penanggung jawab keputusan ini dan pengelola MPP yang dapat melaporkannya."))
    if not words:
        raise NotUnderstood(_("Tulis apa yang sudah dilakukan."))
    kept = attachments.keep(f"decisions/{decision.mall_id}", *file) if file else None
    row = DecisionReport.objects.create(
        mall_id=decision.mall_id, decision=decision, account=by.account, told_at=at, words=words,
        file_name=kept.name if kept else "", file_path=kept.path if kept else "",
        file_sha256=kept.sha256 if kept else None,
    )  # fmt: skip
    after = {"words": words, "sha256": kept.sha256.hex() if kept else ""}
    audit.record("decision.reported", f"decision:{decision.pk}", by=by, at=at, after=after)
    return row


@transaction.atomic
def settle(decision: Decision, *, is_done: bool, because: str, on: date, by: Actor, at: datetime) -> Decision:
    """End a decision: done with what proves it, or dropped with the reason."""
    only_manager(by)
    decision = _open(decision)
    if not because:
        raise EvidenceMissing(
            _("Tulis buktinya.") if is_done else _("Tulis mengapa keputusan ini tidak dilaksanakan lagi.")
        )
    here = decision.mall
    if not here.local(decision.made_at).date() <= on <= here.local(at).date():
        raise DatesCrossed(_("Tanggalnya antara hari rapat dan hari ini."))
    decision.state = Decision.State.DONE if is_done else Decision.State.DROPPED
    decision.settled_on, decision.because = on, because
    decision.save(update_fields=["state", "settled_on", "because"])
    after = {"state": decision.state, "on": on}
    audit.record("decision.settled", f"decision:{decision.pk}", by=by, at=at, reason=because, after=after)
    return decision


def _open(decision: Decision) -> Decision:
    found = Decision.objects.select_for_update(of=("self",)).select_related("mall").get(pk=decision.pk)
    if found.state != Decision.State.OPEN:
        raise AlreadySettled(_("Keputusan ini sudah selesai atau dibatalkan."))
    return found
