"""On which weekdays a service is given, and days that stand out: events with their own line and numbers."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.models import Variant
from pendopo.kernel.reasons import stated
from pendopo.queues.actions import _deciding as deciding
from pendopo.queues.actions import quotas
from pendopo.queues.actions.quotas import Places
from pendopo.queues.errors import CodeTaken, EventBegun, NotOffered, OutOfBounds
from pendopo.queues.models import (
    CounterQueue,
    EventDay,
    Queue,
    QueueService,
    QuotaRule,
    Series,
    ServiceDays,
    Ticket,
)
from pendopo.tenancy.models import Site

HIGHEST_FIRST = 90_000


@transaction.atomic
def set_service_days(
    line: QueueService,
    weekdays: Collection[int],
    *,
    reason: str,
    by: Actor,
    at: datetime,
    variant: Variant | None = None,
) -> ServiceDays | None:
    """Give a service, or one case of it, on these weekdays only (Monday is 1); on all seven the limit goes.

    The same again changes nothing. Raises NotAllowed unless the manager decides, ReasonMissing, OutOfBounds, NotOffered
    (a case of another service).
    """
    _refuse(by, reason)
    if not weekdays or not all(1 <= weekday <= 7 for weekday in weekdays):
        raise OutOfBounds(_("Pilih sedikitnya satu hari."))
    if variant is not None and variant.service_id != line.service_id:
        raise NotOffered(_("Keperluan itu bukan dari layanan ini."))
    wanted = sum(1 << weekday - 1 for weekday in set(weekdays))
    found = ServiceDays.objects.select_for_update().filter(site=line.site_id, service=line.service_id, variant=variant)
    days = found.first()
    before = {"weekdays": days.weekdays} if days else None
    if (days.weekdays if days else 127) == wanted and (days or variant is None):
        return days
    if wanted == 127 and variant is None:
        found.delete()
        days = None
    else:
        days = days or ServiceDays(
            mall_id=line.mall_id, site_id=line.site_id, service_id=line.service_id, variant=variant
        )
        days.weekdays = wanted
        days.save()
    subject = f"service:{line.service_id}"
    after: dict[str, object] = {"weekdays": wanted, "variant": variant.pk if variant else None}
    audit.record("service.days_set", subject, by=by, at=at, reason=reason.strip(), before=before, after=after)
    return days


@transaction.atomic
def remove_service_days(days: ServiceDays, *, reason: str, by: Actor, at: datetime) -> None:
    """Give a service, or a case, on every open day again. Raises NotAllowed but for the manager, ReasonMissing."""
    _refuse(by, reason)
    before: dict[str, object] = {"weekdays": days.weekdays, "variant": days.variant_id}
    subject = f"service:{days.service_id}"
    days.delete()
    audit.record("service.days_removed", subject, by=by, at=at, reason=reason.strip(), before=before)


@transaction.atomic
def declare_event(
    line: QueueService,
    day: date,
    *,
    name: str,
    code: str,
    reason: str,
    by: Actor,
    at: datetime,
    first_number: int = 1,
    places: Places | None = None,
) -> EventDay:
    """Give a service a line of its own on one day, with its own letters, its own numbers and its own places.

    Who calls from the service's ordinary line calls from this one too on that day. Several services may share it.
    Raises NotAllowed unless the manager decides, ReasonMissing, OutOfBounds, CodeTaken, EventBegun (the service has
    given numbers on that day: they stand in its ordinary line), and what `set_quota` raises.
    """
    _refuse(by, reason)
    if day < line.queue.mall.local(at).date() or not 1 <= first_number <= HIGHEST_FIRST:
        raise OutOfBounds(_("Pilih hari ini atau hari sesudahnya, dan nomor pertama dari 1."))
    if EventDay.objects.filter(service=line.service_id, site=line.site_id, day=day).exists():
        raise EventBegun(_("Layanan ini sudah punya acara pada hari itu. Hapus dahulu yang lama."))
    given = Ticket.objects.filter(mall=line.mall_id, queue=line.queue_id, day=day, variant__service=line.service_id)
    if given.exists():
        raise EventBegun(_("Layanan ini sudah memberi nomor pada hari itu. Jadwalkan mulai besok."))
    queue = _line_of(line, code, name)
    _begin_numbers(queue, day, first_number)
    _let_the_same_counters_call(line.queue, queue)
    event = EventDay.objects.create(
        mall_id=line.mall_id, site_id=line.site_id, service_id=line.service_id, day=day, name=name, queue=queue
    )
    if places is not None:
        quotas.set_quota(queue.mall, line.site, line.service, places, day=day, reason=reason, by=by, at=at)
    after: dict[str, object] = {"queue": queue.pk, "day": day.isoformat(), "first": first_number}
    audit.record("event.declared", f"event:{event.pk}", by=by, at=at, reason=reason.strip(), after=after)
    return event


@transaction.atomic
def withdraw_event(event: EventDay, *, reason: str, by: Actor, at: datetime) -> None:
    """Take an event's day back with its places: the service's visitors stand in their ordinary line.

    Raises NotAllowed unless the manager decides, ReasonMissing, EventBegun (a number is given).
    """
    _refuse(by, reason)
    # The ledger before the series, as whoever takes a number; a refusal gives both back.
    of_day = QuotaRule.objects.filter(site=event.site_id, service=event.service_id, day=event.day)
    if rule := of_day.select_related("mall", "site", "service").first():
        quotas.remove_quota(rule, reason=reason, by=by, at=at)
    Series.objects.select_for_update().filter(queue=event.queue_id, day=event.day, block=0).first()
    if Ticket.objects.filter(mall=event.mall_id, queue=event.queue_id, day=event.day).exists():
        raise EventBegun(_("Nomor acara ini sudah diberikan; acara tidak dapat dihapus."))
    subject, queue = f"event:{event.pk}", event.queue
    event.delete()
    if not queue.events.exists():
        CounterQueue.objects.filter(queue=queue).delete()
    audit.record("event.withdrawn", subject, by=by, at=at, reason=reason.strip())


def _refuse(by: Actor, reason: str) -> None:
    deciding.refuse_others(by, _("Hanya pengelola MPP yang dapat mengatur hari layanan."))
    stated(reason)


def _line_of(line: QueueService, code: str, name: str) -> Queue:
    """Return the event's line, made at its first event; an ordinary line's letters are not used for it."""
    site: Site = line.site
    queue = Queue.objects.standing().filter(mall=line.mall_id, site=site, code=code).first()
    if queue is None:
        return Queue.objects.create(mall_id=line.mall_id, site=site, zone=line.queue.zone, code=code, name=name)
    if queue.services.exists():
        raise CodeTaken(_("Huruf %(code)s sudah dipakai antrean lain. Pilih huruf lain.") % {"code": code})
    return queue


def _begin_numbers(queue: Queue, day: date, first_number: int) -> None:
    """Let the day's series begin at a number, unless it has begun."""
    series, is_new = Series.objects.select_for_update().get_or_create(
        mall_id=queue.mall_id, queue=queue, day=day, block=0, defaults={"last": first_number - 1}
    )
    if not is_new and not Ticket.objects.filter(mall=queue.mall_id, queue=queue, day=day).exists():
        series.last = first_number - 1
        series.save(update_fields=["last"])


def _let_the_same_counters_call(ordinary: Queue, events: Queue) -> None:
    has = set(CounterQueue.objects.filter(queue=events).values_list("counter", flat=True))
    own = CounterQueue.objects.filter(queue=ordinary, is_helped=False).exclude(counter__in=has)
    last = dict(
        CounterQueue.objects.filter(counter__in=own.values("counter"))
        .values("counter")
        .annotate(last=Max("position"))
        .values_list("counter", "last")
    )
    CounterQueue.objects.bulk_create(
        CounterQueue(mall_id=events.mall_id, counter_id=counter, queue=events, position=position + 1)
        for counter, position in last.items()
    )
