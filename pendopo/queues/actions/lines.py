"""Which queues there are, whose visitors stand in them, and who calls from them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from pendopo.agencies.models import Counter
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.catalogue.models import Service
from pendopo.queues.models import CounterQueue, Queue, QueueService
from pendopo.tenancy.models import Zone


@transaction.atomic
def open_queue(
    zone: Zone,
    *,
    code: str,
    name: str,
    services: Iterable[Service],
    at: datetime,
    by: Who | None = None,
    reason: str = "",
) -> Queue:
    """Make a queue in a zone for some services; its code has one to three letters."""
    queue = Queue.objects.create(mall_id=zone.mall_id, site_id=zone.site_id, zone=zone, code=code, name=name)
    QueueService.objects.bulk_create(
        QueueService(mall_id=zone.mall_id, queue=queue, site_id=zone.site_id, service=service) for service in services
    )
    audit.record("queue.opened", f"queue:{queue.pk}", by=by, at=at, reason=reason, after={"code": code})
    return queue


@transaction.atomic
def extend_queue(queue: Queue, services: Iterable[Service], *, at: datetime, by: Who | None = None) -> None:
    """Let the visitors of more services stand in a queue."""
    QueueService.objects.bulk_create(
        QueueService(mall_id=queue.mall_id, queue=queue, site_id=queue.site_id, service=service) for service in services
    )
    audit.record("queue.extended", f"queue:{queue.pk}", by=by, at=at)


@transaction.atomic
def assign_counter(
    counter: Counter,
    queues: Iterable[Queue],
    *,
    at: datetime,
    helped: Iterable[Queue] = (),
    by: Who | None = None,
    reason: str = "",
    before: Mapping[str, object] | None = None,
) -> None:
    """Say which queues a counter calls from: its own, and those that it helps when its own are empty."""
    CounterQueue.objects.filter(counter=counter).delete()
    lines = [(queue, False) for queue in queues] + [(queue, True) for queue in helped]
    CounterQueue.objects.bulk_create(
        CounterQueue(mall_id=counter.mall_id, counter=counter, queue=queue, is_helped=is_helped, position=position)
        for position, (queue, is_helped) in enumerate(lines)
    )
    after = {
        "own": [queue.pk for queue, is_helped in lines if not is_helped],
        "helped": [queue.pk for queue, is_helped in lines if is_helped],
    }
    subject = f"counter:{counter.pk}"
    audit.record("counter.assigned", subject, by=by, at=at, reason=reason, before=before, after=after)
