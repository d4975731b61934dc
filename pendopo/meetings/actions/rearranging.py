"""When a meeting cannot be held as it was announced: another time, or not at all. The invited read why on its page."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.meetings.actions._frame import locked, only_manager
from pendopo.meetings.errors import AlreadyHeld, AlreadyInvited, ReasonMissing, TimePast
from pendopo.meetings.models import Invitation, Meeting, Postponement


@transaction.atomic
def postpone(meeting: Meeting, *, to: datetime, reason: str, by: Actor, at: datetime) -> Postponement:
    """Put a meeting at another time that is yet to come; agenda, papers and invitations stay."""
    meeting = _open(meeting, reason, by)
    if to <= at:
        raise TimePast(_("Waktu yang baru harus sesudah sekarang."))
    if to == meeting.starts_at:
        raise TimePast(_("Waktu itu sudah waktu rapat ini."))
    if Meeting.objects.filter(mall_id=meeting.mall_id, title=meeting.title, starts_at=to).exists():
        raise AlreadyInvited(_("Rapat dengan judul dan waktu itu sudah ada."))
    row = Postponement.objects.create(
        mall_id=meeting.mall_id, meeting=meeting, before=meeting.starts_at, after=to, reason=reason,
        account=by.account, told_at=at,
    )  # fmt: skip
    before = {"starts": meeting.starts_at}
    meeting.starts_at = to
    meeting.save(update_fields=["starts_at"])
    audit.record(
        "meeting.postponed", f"meeting:{meeting.pk}", by=by, at=at, reason=reason, before=before, after={"starts": to}
    )
    return row


@transaction.atomic
def call_off(meeting: Meeting, *, reason: str, by: Actor, at: datetime) -> Meeting:
    """Call a meeting off for good; what was planned of it stays to be read."""
    meeting = _open(meeting, reason, by)
    before = {"state": meeting.state}
    meeting.state, meeting.off_at, meeting.off_because = Meeting.State.OFF, at, reason
    meeting.save(update_fields=["state", "off_at", "off_because"])
    audit.record(
        "meeting.called_off", f"meeting:{meeting.pk}", by=by, at=at, reason=reason, before=before,
        after={"state": meeting.state},
    )  # fmt: skip
    return meeting


def _open(meeting: Meeting, reason: str, by: Actor) -> Meeting:
    """Return a meeting of which nothing was noted yet, for one act at a time."""
    only_manager(by)
    if not reason:
        raise ReasonMissing(_("Tulis alasannya: yang diundang membacanya."))
    meeting = locked(meeting)
    came = meeting.invitations.exclude(came=Invitation.Came.UNKNOWN)
    if came.exists() or meeting.points.exclude(minutes="").exists() or meeting.decisions.exists():
        raise AlreadyHeld(_("Rapat ini sudah berlangsung: kehadiran, notula, atau keputusannya tercatat."))
    return meeting
