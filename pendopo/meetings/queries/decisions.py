"""What was decided and what became of it: the list, one decision, and what its owner told."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.models import Membership
from pendopo.agencies.types import Actor
from pendopo.kernel.cursors import Page, UnknownCursor, read_cursor, write_cursor
from pendopo.kernel.rows import row_of
from pendopo.meetings.models import Decision, DecisionReport
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

PAGE = 25
ALL = 5_000
LATE = "late"


def states() -> list[tuple[str, str]]:
    """Return the states that can be asked for, in words."""
    open_, done, dropped = [(value, str(label)) for value, label in Decision.State.choices]
    return [open_, (LATE, _("Lewat tenggat")), done, dropped]


def visible(mall: Mall, actor: Actor) -> QuerySet[Decision]:
    """Return the decisions that somebody may read."""
    rows = Decision.objects.filter(mall=mall).visible_to(actor)
    return rows.select_related("agency", "account", "meeting", "mall")


def decisions(
    mall: Mall, actor: Actor, day: date, *, state: str = "", cursor: str = "", size: int = PAGE
) -> Page[Decision]:
    """Return decisions, the first due first. Raises NotUnderstood for a wrong cursor."""
    rows = visible(mall, actor)
    if state == LATE:
        rows = rows.filter(pk__in=Decision.objects.filter(mall=mall).late(day))
    elif state:
        rows = rows.filter(state=state)
    if cursor:
        due_on, number = _place(cursor)
        rows = rows.filter(Q(due_on__gt=due_on) | Q(due_on=due_on, pk__gt=number))
    found = list(rows.order_by("due_on", "pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], write_cursor(last.due_on.isoformat(), last.pk) if last else None)


def _place(cursor: str) -> tuple[date, int]:
    text, number = read_cursor(cursor)
    try:
        return date.fromisoformat(text), number
    except ValueError as error:
        raise UnknownCursor from error


def decision(mall: Mall, actor: Actor, number: int) -> Decision:
    """Return a decision. Raises NotFound, also for one that whoever asks may not read."""
    return row_of(visible(mall, actor), number, _("Keputusan tidak ditemukan."))


def reports(decision: Decision) -> list[DecisionReport]:
    """Return what was told of a decision, the latest first."""
    rows = DecisionReport.objects.filter(mall_id=decision.mall_id, decision=decision).select_related("account")
    return list(rows.order_by("-told_at", "-pk"))


def report(decision: Decision, number: int) -> DecisionReport:
    """Return one report with a file. Raises NotFound."""
    rows = DecisionReport.objects.filter(mall_id=decision.mall_id, decision=decision).exclude(file_path="")
    return row_of(rows, number, _("Berkas ini tidak ada."))


def staff(mall: Mall, day: date) -> list[Account]:
    """Return the people of the mall who lead or oversee, by name: whom a meeting can ask or charge."""
    roles = (
        Membership.Role.MANAGER, Membership.Role.HEAD, Membership.Role.INSPECTOR, Membership.Role.AGENCY_ADMIN,
        Membership.Role.BACK_OFFICE, Membership.Role.SIGNER,
    )  # fmt: skip
    held = Membership.objects.filter(mall=mall, role__in=roles).valid_on(day)
    return list(Account.objects.filter(pk__in=held.values("account"), is_active=True).order_by("name", "pk"))


def counts(mall: Mall, actor: Actor, day: date) -> dict[str, int]:
    """Count the decisions that somebody may read: open, late, done and dropped."""
    rows = Decision.objects.filter(mall=mall).visible_to(actor)
    found = rows.values_list("state").annotate(Count("pk")).order_by()
    return dict.fromkeys(Decision.State.values, 0) | dict(found) | {LATE: rows.late(day).count()}
