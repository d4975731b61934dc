"""Before a meeting: its agenda, who is invited, and the papers frozen when both are sent."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotUnderstood
from pendopo.meetings.actions._frame import locked, only_manager
from pendopo.meetings.errors import AgendaFrozen, AlreadyInvited
from pendopo.meetings.models import AgendaPoint, Invitation, Meeting, Paper
from pendopo.meetings.queries import papers
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

MOST_POINTS = 60
# The page of attendance sends two fields for each, and no more than 200 are taken in.
MOST_INVITED = 90


@transaction.atomic
def plan_meeting(
    mall: Mall, *, title: str, starts_at: datetime, place: str, chair: str, by: Actor, at: datetime
) -> Meeting:
    """Begin a meeting's agenda."""
    only_manager(by)
    if Meeting.objects.filter(mall=mall, title=title, starts_at=starts_at).exists():
        raise AlreadyInvited(_("Rapat dengan judul dan waktu itu sudah ada."))
    meeting = Meeting.objects.create(mall=mall, title=title, starts_at=starts_at, place=place, chair=chair)
    after = {"title": title, "starts": starts_at, "place": place}
    audit.record("meeting.planned", f"meeting:{meeting.pk}", by=by, at=at, after=after)
    return meeting


@transaction.atomic
def add_point(meeting: Meeting, *, title: str, owner: str, by: Actor, at: datetime) -> AgendaPoint:
    """Put a point at the end of an agenda that is not sent yet."""
    only_manager(by)
    meeting = _draft(meeting)
    last = meeting.points.aggregate(Max("position"))["position__max"] or 0
    if last >= MOST_POINTS:
        raise NotUnderstood(_("Satu rapat paling banyak membahas 60 butir."))
    point = AgendaPoint.objects.create(
        mall_id=meeting.mall_id, meeting=meeting, position=last + 1, title=title, owner=owner
    )
    after = {"title": title, "owner": owner}
    audit.record("meeting.point_added", f"meeting:{meeting.pk}", by=by, at=at, after=after)
    return point


@transaction.atomic
def remove_point(point: AgendaPoint, *, by: Actor, at: datetime) -> None:
    """Take a point from an agenda that is not sent yet."""
    only_manager(by)
    meeting = _draft(point.meeting)
    before = {"title": point.title, "owner": point.owner}
    AgendaPoint.objects.filter(pk=point.pk, meeting=meeting).delete()
    audit.record("meeting.point_removed", f"meeting:{meeting.pk}", by=by, at=at, before=before)


@transaction.atomic
def invite(
    meeting: Meeting,
    *,
    by: Actor,
    at: datetime,
    agency: Agency | None = None,
    account: Account | None = None,
    guest: str = "",
) -> Invitation:
    """Ask an agency, a person of the staff or a guest to a meeting; also one who comes unasked on the day."""
    only_manager(by)
    meeting = locked(meeting)
    if sum((agency is not None, account is not None, bool(guest))) != 1:
        raise NotUnderstood(_("Pilih satu: instansi, orang, atau tamu."))
    if meeting.invitations.filter(agency=agency, account=account, guest=guest).exists():
        raise AlreadyInvited(_("Sudah diundang."))
    _refuse_crowd(meeting, 1)
    row = Invitation.objects.create(
        mall_id=meeting.mall_id, meeting=meeting, agency=agency, account=account, guest=guest
    )
    audit.record("meeting.invited", f"meeting:{meeting.pk}", by=by, at=at, after={"invitation": row.pk})
    return row


@transaction.atomic
def invite_all_agencies(meeting: Meeting, *, by: Actor, at: datetime) -> int:
    """Ask every agency of the mall that is not asked yet; return how many."""
    only_manager(by)
    meeting = locked(meeting)
    asked = meeting.invitations.filter(agency__isnull=False).values("agency")
    agencies = Agency.objects.filter(mall_id=meeting.mall_id).exclude(pk__in=asked).order_by("name")
    rows = [Invitation(mall_id=meeting.mall_id, meeting=meeting, agency=agency) for agency in agencies]
    _refuse_crowd(meeting, len(rows))
    Invitation.objects.bulk_create(rows)
    audit.record("meeting.invited", f"meeting:{meeting.pk}", by=by, at=at, after={"agencies": len(rows)})
    return len(rows)


@transaction.atomic
def send_agenda(meeting: Meeting, *, by: Actor, at: datetime) -> Meeting:
    """Freeze an agenda and the papers of this very moment: later rows never change them."""
    only_manager(by)
    meeting = _draft(meeting)
    if not meeting.points.exists():
        raise NotUnderstood(_("Tulis dahulu paling sedikit satu butir agenda."))
    made = papers.gather(meeting.mall, by, at)
    Paper.objects.bulk_create(
        Paper(
            mall_id=meeting.mall_id, meeting=meeting, kind=each.kind, position=place, summary=each.summary,
            table=each.table, made_at=at,
        )
        for place, each in enumerate(made, start=1)
    )  # fmt: skip
    meeting.state, meeting.sent_at = Meeting.State.SENT, at
    meeting.save(update_fields=["state", "sent_at"])
    audit.record("meeting.agenda_sent", f"meeting:{meeting.pk}", by=by, at=at, after={"papers": len(made)})
    return meeting


def _refuse_crowd(meeting: Meeting, more: int) -> None:
    if meeting.invitations.count() + more > MOST_INVITED:
        raise NotUnderstood(_("Satu rapat paling banyak mengundang 90 pihak."))


def _draft(meeting: Meeting) -> Meeting:
    found = locked(meeting)
    if found.state != Meeting.State.DRAFT:
        raise AgendaFrozen(_("Agenda sudah dikirim dan tidak diubah lagi."))
    return found
