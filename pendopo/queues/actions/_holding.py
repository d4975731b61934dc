"""Keeping numbers from being drawn while something is decided about a line. For actions only."""

from datetime import date

from django.db.models import QuerySet

from pendopo.queues.models import Queue, Series


def hold_numbers(queues: QuerySet[Queue], day: date) -> None:
    """Let no number of these queues be drawn on a day until the transaction ends.

    One that is being drawn now is waited for: after this it is there to be counted. Whoever draws next looks again
    whether what was asked for is still given (`queues_take`).
    """
    numbers = list(queues.order_by("pk").values_list("pk", "mall_id"))
    of_day = Series.objects.filter(queue__in=[queue for queue, _mall in numbers], day=day, block=0)
    # A line without a number today has no row to lock. Whoever draws its first waits for this one, which goes again.
    Series.objects.bulk_create(
        (Series(mall_id=mall, queue_id=queue, day=day) for queue, mall in numbers), ignore_conflicts=True
    )
    list(of_day.select_for_update(no_key=True).order_by("queue"))
    of_day.filter(last=0).delete()
