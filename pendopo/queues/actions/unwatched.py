"""Hours in which nobody watched the counters: who was missing then is found again from who sat where."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from pendopo.audit import actions as audit
from pendopo.kernel.spans import Span, around, without
from pendopo.queues.models import Vacancy
from pendopo.queues.queries.missing import day_span, due_spans
from pendopo.queues.queries.unwatched import on_duty, sat, unseen_days
from pendopo.tenancy.models import Mall

# Whoever relieves a colleague needs a moment; with a look every 20 seconds a message is there within 50.
GRACE = timedelta(seconds=30)


def find_again(mall: Mall, first: date, last: date, *, at: datetime) -> int:
    """Make the vacancies of days that are over, from one to another, that no look has seen; return how many.

    Again: none. The worker may have stood still. When a pause began is kept nowhere: a session that was paused then
    counts as open. Days of which nothing is known at all are left out.
    """
    days = Span(day_span(mall, first).starts_at, day_span(mall, last).ends_at)
    known = sat(mall, days, at)
    for counter, starts_at, ended_at in Vacancy.objects.filter(mall=mall, day__range=(first, last)).values_list(
        "counter_id", "starts_at", "ended_at"
    ):
        known.setdefault(counter, []).append(Span(starts_at, ended_at or at))
    unseen = [day_span(mall, day) for day in unseen_days(mall, first, last, at=at)]
    missed = [
        (counter, gap)
        for counter, spans in due_spans(mall, first, last).items()
        for gap in without(spans, [*known.get(counter, ()), *unseen])
        if gap.length >= GRACE
    ]
    people = on_duty(mall, first, last) if missed else {}
    Vacancy.objects.bulk_create(
        (_row(mall, counter, gap, people.get(counter, ()), known.get(counter, ())) for counter, gap in missed),
        ignore_conflicts=True,
    )
    if missed:
        after = {"from": first.isoformat(), "to": last.isoformat(), "vacancies": len(missed)}
        audit.record("vacancies.found_again", f"mall:{mall.pk}", by=None, at=at, after=after)
    return len(missed)


def _row(mall: Mall, counter: int, gap: Span, people: Iterable[tuple[Span, int]], sat: Iterable[Span]) -> Vacancy:
    opened = any(each.starts_at == gap.ends_at for each in sat)
    return Vacancy(
        mall=mall,
        counter_id=counter,
        account_id=next((who for span, who in people if around([span], gap.starts_at)), None),
        kind=Vacancy.Kind.EMPTY,
        day=mall.local(gap.starts_at).date(),
        starts_at=gap.starts_at,
        ended_at=gap.ends_at,
        ended_because=Vacancy.Ended.OPENED if opened else Vacancy.Ended.HOURS,
    )
