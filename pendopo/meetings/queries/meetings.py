"""Which meetings somebody may read, and what stands in each."""

from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.kernel.cursors import Page, UnknownCursor, read_cursor, write_cursor
from pendopo.kernel.errors import NotFound
from pendopo.kernel.rows import row_of
from pendopo.meetings.models import AgendaPoint, Decision, Invitation, Meeting, Paper, Postponement
from pendopo.tenancy.models import Mall

PAGE = 25
ALL = 5_000


def visible(mall: Mall, actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings that somebody may read: all, or those to which they or their agency were invited."""
    rows = Meeting.objects.filter(mall=mall)
    if actor.overseen is None:
        return rows
    asked = Invitation.objects.filter(mall=mall, meeting=OuterRef("pk"))
    mine = asked.filter(Q(agency__in=actor.overseen) | Q(account=actor.account_id))
    # What was never sent nobody was told of, nor that it was called off.
    return rows.filter(Exists(mine), sent_at__isnull=False)


def meetings(
    mall: Mall, actor: Actor, *, state: str = "", cursor: str = "", size: int = PAGE
) -> Page[tuple[Meeting, int, int]]:
    """Return meetings, the latest first, each with how many were invited and what was decided.

    Raises NotUnderstood for a wrong cursor.
    """
    rows = visible(mall, actor)
    if state:
        rows = rows.filter(state=state)
    if cursor:
        starts_at, number = _place(cursor)
        rows = rows.filter(Q(starts_at__lt=starts_at) | Q(starts_at=starts_at, pk__lt=number))
    found = list(rows.order_by("-starts_at", "-pk")[: size + 1])
    page = found[:size]
    here = [each.pk for each in page]
    invited = _counts(Invitation.objects.filter(mall=mall, meeting__in=here))
    decided = _counts(Decision.objects.filter(mall=mall, meeting__in=here))
    lines = [(each, invited.get(each.pk, 0), decided.get(each.pk, 0)) for each in page]
    following = write_cursor(page[-1].starts_at.isoformat(), page[-1].pk) if len(found) > size else None
    return Page(lines, following)


def of_letter(mall: Mall, about: str) -> list[Meeting]:
    """Return the latest meetings about which a letter can be: called off, postponed, or any that is held."""
    rows = Meeting.objects.filter(mall=mall)
    if about == "off":
        rows = rows.filter(state=Meeting.State.OFF)
    else:
        rows = rows.exclude(state=Meeting.State.OFF)
        if about == "postponed":
            rows = rows.filter(Exists(Postponement.objects.filter(mall=mall, meeting=OuterRef("pk"))))
    return list(rows.select_related("mall").order_by("-starts_at", "-pk")[:PAGE])


def _counts[M: Invitation | Decision](rows: QuerySet[M]) -> dict[int, int]:
    return dict(rows.values_list("meeting").annotate(Count("pk")).order_by())


def _place(cursor: str) -> tuple[datetime, int]:
    text, number = read_cursor(cursor)
    try:
        starts_at = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnknownCursor from error
    if starts_at.tzinfo is None:
        raise UnknownCursor
    return starts_at, number


def meeting(mall: Mall, actor: Actor, number: int) -> Meeting:
    """Return a meeting. Raises NotFound, also for one that whoever asks may not read."""
    return row_of(visible(mall, actor).select_related("mall"), number, _("Rapat tidak ditemukan."))


def postponements(meeting: Meeting) -> list[Postponement]:
    """Return when a meeting was put off, the first first."""
    return list(Postponement.objects.filter(mall_id=meeting.mall_id, meeting=meeting).order_by("pk"))


def points(meeting: Meeting) -> list[AgendaPoint]:
    """Return the points of an agenda in their order."""
    return list(AgendaPoint.objects.filter(mall_id=meeting.mall_id, meeting=meeting).order_by("position"))


def papers(meeting: Meeting) -> list[Paper]:
    """Return the papers that were frozen with an agenda."""
    return list(Paper.objects.filter(mall_id=meeting.mall_id, meeting=meeting).order_by("position"))


def paper(meeting: Meeting, kind: str) -> Paper:
    """Return one paper of a meeting. Raises NotFound."""
    found = Paper.objects.filter(mall_id=meeting.mall_id, meeting=meeting, kind=kind).first()
    if found is None:
        raise NotFound(_("Bahan rapat ini tidak ada."))
    return found


def invitations(meeting: Meeting) -> list[Invitation]:
    """Return who was invited, by name."""
    rows = Invitation.objects.filter(mall_id=meeting.mall_id, meeting=meeting).select_related("agency", "account")
    return sorted(rows, key=lambda row: (str(row).casefold(), row.pk))


def decisions_of(meeting: Meeting) -> list[Decision]:
    """Return what a meeting decided, in the order in which it did."""
    rows = Decision.objects.filter(mall_id=meeting.mall_id, meeting=meeting)
    return list(rows.select_related("agency", "account", "point").order_by("pk"))
