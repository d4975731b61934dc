"""At a meeting and after it: who came, what was said, what was decided, and the minutes that close it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotUnderstood
from pendopo.meetings.actions._frame import locked, only_manager
from pendopo.meetings.errors import AgendaOpen, NotHeldYet, OwnerMissing
from pendopo.meetings.models import AgendaPoint, Decision, Invitation, Meeting
from pendopo.meetings.queries import minutes
from pendopo.people.models import Account


@dataclass(frozen=True, slots=True)
class Attended:
    """Whether one of the invited came, and by whom where they sent somebody."""

    invitation: Invitation
    came: str
    by_whom: str = ""


@transaction.atomic
def note_attendance(meeting: Meeting, attended: Sequence[Attended], *, by: Actor, at: datetime) -> int:
    """Note who of the invited came, or whom they sent; return of how many that is new."""
    only_manager(by)
    meeting = _held(meeting, at)
    told = {each.invitation.pk: each for each in attended}
    changed = 0
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("agency", "account")
    for row in rows.filter(mall_id=meeting.mall_id, meeting=meeting, pk__in=told).order_by("pk"):
        each = told[row.pk]
        if each.came == Invitation.Came.SENT and not each.by_whom:
            raise NotUnderstood(_("Tulis siapa yang mewakili %(name)s.") % {"name": row})
        if (row.came, row.by_whom) == (each.came, each.by_whom):
            continue
        before = {"came": row.came, "by": row.by_whom}
        row.came, row.by_whom = each.came, each.by_whom
        row.save(update_fields=["came", "by_whom"])
        after = {"came": row.came, "by": row.by_whom}
        audit.record("meeting.attendance_noted", f"invitation:{row.pk}", by=by, at=at, before=before, after=after)
        changed += 1
    return changed


@transaction.atomic
def write_minutes(point: AgendaPoint, text: str, *, by: Actor, at: datetime) -> AgendaPoint:
    """Write what was said to a point of the agenda, in the place of what was written before."""
    only_manager(by)
    _held(point.meeting, at)
    point = AgendaPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    before = {"minutes": point.minutes}
    point.minutes = text
    point.save(update_fields=["minutes"])
    audit.record(
        "meeting.minutes_written", f"agenda_point:{point.pk}", by=by, at=at, before=before, after={"minutes": text}
    )
    return point


@transaction.atomic
def decide(
    meeting: Meeting,
    *,
    words: str,
    due_on: date,
    by: Actor,
    at: datetime,
    point: AgendaPoint | None = None,
    agency: Agency | None = None,
    account: Account | None = None,
) -> Decision:
    """Record what was decided, whose it is and until when."""
    only_manager(by)
    meeting = _held(meeting, at)
    if (agency is None) == (account is None):
        raise OwnerMissing(_("Pilih satu penanggung jawab: instansi atau orang."))
    if due_on < meeting.mall.local(meeting.starts_at).date():
        raise NotUnderstood(_("Tenggat keputusan tidak sebelum hari rapat."))
    decision = Decision.objects.create(
        mall_id=meeting.mall_id, meeting=meeting, point=point, words=words, agency=agency, account=account,
        due_on=due_on, made_at=at,
    )  # fmt: skip
    owner = f"agency:{agency.pk}" if agency else f"account:{account.pk}" if account else ""
    after = {"words": words, "owner": owner, "due": due_on}
    audit.record("decision.made", f"decision:{decision.pk}", by=by, at=at, after=after)
    return decision


@transaction.atomic
def close_minutes(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Close the minutes of a meeting: set as PDF and kept, they are not changed any more."""
    only_manager(by)
    meeting = _held(meeting, at)
    if meeting.invitations.filter(came=Invitation.Came.UNKNOWN).exists():
        raise NotUnderstood(_("Catat dahulu kehadiran semua yang diundang."))
    meeting.closed_at = at
    kept = attachments.keep(f"minutes/{meeting.mall_id}", "notula.pdf", minutes.pdf(meeting))
    meeting.state = Meeting.State.CLOSED
    meeting.minutes_path, meeting.minutes_sha256 = kept.path, kept.sha256
    meeting.save(update_fields=["state", "closed_at", "minutes_path", "minutes_sha256"])
    after = {"sha256": kept.sha256.hex()}
    audit.record("meeting.closed", f"meeting:{meeting.pk}", by=by, at=at, after=after)
    return meeting


def _held(meeting: Meeting, at: datetime) -> Meeting:
    """Return a meeting that has begun on an agenda that was sent."""
    found = locked(meeting)
    if found.state == Meeting.State.DRAFT:
        raise AgendaOpen(_("Kirim agenda dahulu."))
    if at < found.starts_at:
        raise NotHeldYet(_("Rapat ini belum dimulai."))
    return found
