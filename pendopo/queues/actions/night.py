"""What happens when a mall's day is over, and when its rows have grown old."""

from datetime import date, datetime

from django.db import connection, transaction

from pendopo.audit import actions as audit
from pendopo.queues.actions import _rows as rows
from pendopo.queues.actions import serving
from pendopo.queues.models import CounterQueue, CounterSession, Event, ForwardedCase, Ticket, Visit
from pendopo.queues.types import EndedBecause, Outcome, SessionState, State
from pendopo.tenancy.models import Mall

# Long enough for a year's comparison of the same month.
KEPT_MONTHS = 13

ADD_UP = """
INSERT INTO queues_dayfigure (
  mall_id, day, variant_id, origin, tickets, served, absent, cancelled, sent_away, wait_seconds, service_seconds
)
SELECT t.mall_id, t.day, t.variant_id, v.origin, count(*),
  count(*) FILTER (WHERE t.state = 'completed'), count(*) FILTER (WHERE t.state = 'absent'),
  count(*) FILTER (WHERE t.state = 'cancelled'), count(*) FILTER (WHERE t.outcome = 'sent_away'),
  coalesce(sum(p.waited) FILTER (WHERE t.state = 'completed'), 0),
  coalesce(sum(p.served) FILTER (WHERE t.state = 'completed'), 0)
FROM queues_ticket t
JOIN queues_visit v ON v.mall_id = t.mall_id AND v.id = t.visit_id
CROSS JOIN LATERAL (
  SELECT coalesce(sum(x.seconds) FILTER (WHERE x.kind = 'waiting'), 0)::bigint AS waited,
    coalesce(sum(x.seconds) FILTER (WHERE x.kind = 'serving'), 0)::bigint AS served
  FROM (
    SELECT kind, extract(epoch FROM ended_at - started_at) AS seconds FROM queues_period
    WHERE mall_id = t.mall_id AND ticket_id = t.id
  ) AS x
) AS p
WHERE t.mall_id = %(mall)s AND t.day = %(day)s
GROUP BY t.mall_id, t.day, t.variant_id, v.origin
ON CONFLICT (mall_id, day, variant_id, origin) DO NOTHING
"""


@transaction.atomic
def close_day(mall: Mall, *, at: datetime) -> int:
    """End what a day of the mall's own clock has left open, and return how many tickets that were; again: none.

    Whoever waited or was called is cancelled with the reason night; who was being served has left.
    """
    today = mall.local(at).date()
    left = Ticket.objects.filter(mall=mall, day__lt=today)
    waiting = [*left.filter(state=State.WAITING), *left.filter(state=State.CALLED)]
    for ticket in waiting:
        serving.cancel(ticket, by=None, at=at, because=EndedBecause.NIGHT)
    served = list(left.filter(state=State.SERVING).select_for_update(of=("self",)).select_related("queue", "visit"))
    for ticket in served:
        ticket.outcome, ticket.ended_because = Outcome.LEFT, EndedBecause.NIGHT
        ticket.move_to(State.COMPLETED, at=at)
        rows.end_period(ticket, at)
        rows.tell(ticket, Event.Kind.COMPLETED, at)
    _end_sessions(mall, today, at)
    # Counters called from an event's line on its day alone.
    over = CounterQueue.objects.filter(mall=mall, queue__events__day__lt=today)
    over.exclude(queue__events__day__gte=today).exclude(queue__services__isnull=False).delete()
    if waiting or served:
        audit.record("day.closed", f"mall:{mall.pk}", by=None, at=at, after={"tickets": len(waiting) + len(served)})
    return len(waiting) + len(served)


def _end_sessions(mall: Mall, today: date, at: datetime) -> None:
    """Close counters at which somebody forgot to: an officer signs in anew each day."""
    for session in CounterSession.objects.filter(mall=mall, ended_at=None).select_for_update():
        if mall.local(session.started_at).date() < today:
            session.state, session.ended_at = SessionState.CLOSED, at
            session.save(update_fields=["state", "ended_at"])
            audit.record("counter.closed", f"counter:{session.counter_id}", by=None, at=at, reason="night")


@transaction.atomic
def roll_up(mall: Mall, *, at: datetime) -> int:
    """Add up the days older than 13 months, remove what names a person in them; return how many days. Again: none."""
    today = mall.local(at).date()
    last = _months_before(today, KEPT_MONTHS)
    old = Visit.objects.filter(mall=mall, day__lt=last)
    days = sorted(set(old.filter(rolled_up=False).values_list("day", flat=True)))
    for day in days:
        with connection.cursor() as cursor:
            cursor.execute(ADD_UP, {"mall": mall.pk, "day": day})
        Ticket.objects.filter(mall=mall, day=day).update(agency_number="", hold_note="", holder="")
        given_back = ForwardedCase.objects.filter(mall=mall, ticket__day=day, state=ForwardedCase.State.GIVEN_BACK)
        given_back.update(agency_number="")
        old.filter(day=day).update(
            person=None, device=None, priority="", wheelchair=False, deaf=False, interpreter=False, rolled_up=True
        )
    if days:
        audit.record("days.rolled_up", f"mall:{mall.pk}", by=None, at=at, after={"days": len(days)})
    return len(days)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
