"""What a mall decides of its queues: made, renamed, moved, retired; who stands in them, and who calls from them.

The mall's row is the lock for letters and for who stands where; a counter's row for what it calls from.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pendopo.agencies.models import Counter
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.models import Offering, Service
from pendopo.kernel.reasons import stated
from pendopo.queues.actions import _deciding as deciding
from pendopo.queues.actions import _rows as rows
from pendopo.queues.actions import lines
from pendopo.queues.actions._holding import hold_numbers
from pendopo.queues.errors import (
    AnotherSite,
    CodeTaken,
    CounterGone,
    NotOffered,
    PeopleWait,
    QueueGone,
    QueueInUse,
    ZoneOver,
)
from pendopo.queues.models import CounterQueue, EventDay, Queue, QueueService, Series, Ticket
from pendopo.queues.types import LIVE
from pendopo.tenancy.models import Mall, Site, Zone


@transaction.atomic
def make_queue(zone: Zone, *, code: str, name: str, reason: str, by: Actor, at: datetime) -> Queue:
    """Make a queue in a zone, for services and counters to come. Raises NotAllowed, ReasonMissing, CodeTaken."""
    reason = _decide(by, reason)
    _lock(zone.mall)
    _refuse_ended(zone)
    _refuse_code(zone, code, at)
    return lines.open_queue(zone, code=code, name=name, services=(), reason=reason, by=by, at=at)


@transaction.atomic
def change_queue(queue: Queue, *, zone: Zone, code: str, name: str, reason: str, by: Actor, at: datetime) -> Queue:
    """Give a queue other letters, another name or another zone of its site. The same again changes nothing.

    Raises NotAllowed, ReasonMissing, QueueGone, AnotherSite, CodeTaken, QueueInUse when numbers of today carry the
    letters.
    """
    reason = _decide(by, reason)
    _lock(queue.mall)
    queue = _locked(queue)
    before = _values(queue)
    wanted: dict[str, object] = {"code": code, "name": name, "zone": zone.pk}
    if before == wanted:
        return queue
    if zone.pk != queue.zone_id:
        _refuse_ended(zone)
    if zone.site_id != queue.site_id:
        raise AnotherSite(_("%(zone)s tidak di tempat antrean ini.") % {"zone": zone.name})
    if code != queue.code:
        _refuse_code(zone, code, at)
        if Series.objects.filter(queue=queue, day=queue.mall.local(at).date()).exists():
            raise QueueInUse(
                _("Hari ini sudah ada nomor %(code)s. Ganti huruf sesudah hari layanan berakhir.")
                % {"code": queue.code}
            )
    queue.code, queue.name, queue.zone = code, name, zone
    queue.save(update_fields=["code", "name", "zone"])
    rows.tell_status([queue], at)
    audit.record("queue.changed", f"queue:{queue.pk}", by=by, at=at, reason=reason, before=before, after=wanted)
    return queue


@transaction.atomic
def set_services(queue: Queue, services: Collection[Service], *, reason: str, by: Actor, at: datetime) -> None:
    """Say for which services people stand in a queue; one that stood in another at this site moves over.

    Who waits already keeps their place where they stand. Raises NotAllowed, ReasonMissing, QueueGone, NotOffered.
    """
    reason = _decide(by, reason)
    _lock(queue.mall)
    queue = _locked(queue)
    wanted = {service.pk for service in services}
    offered = Offering.objects.filter(mall=queue.mall_id, site=queue.site_id, service__in=wanted)
    offered = offered.exclude(status=Offering.Status.NOT)
    here = QueueService.objects.filter(mall=queue.mall_id, site=queue.site_id)
    before = set(here.filter(queue=queue).values_list("service", flat=True))
    if wanted - before - set(offered.values_list("service", flat=True)):
        raise NotOffered(_("Layanan itu tidak diberikan di tempat antrean ini."))
    if before == wanted:
        return
    left = here.filter(service__in=wanted - before).exclude(queue=queue)
    touched = [queue, *Queue.objects.filter(pk__in=left.values("queue"))]
    left.delete()
    here.filter(queue=queue, service__in=before - wanted).delete()
    QueueService.objects.bulk_create(
        QueueService(mall_id=queue.mall_id, queue=queue, site_id=queue.site_id, service_id=service)
        for service in sorted(wanted - before)
    )
    rows.tell_status(touched, at)
    subject = f"queue:{queue.pk}"
    told = {"before": {"services": sorted(before)}, "after": {"services": sorted(wanted)}}
    audit.record("queue.services_set", subject, by=by, at=at, reason=reason, **told)


@transaction.atomic
def set_callers(queue: Queue, callers: Mapping[Counter, bool], *, reason: str, by: Actor, at: datetime) -> None:
    """Say which counters call from a queue, each as its own (False) or as one that it helps (True).

    A counter that is new to it calls from it last. Raises NotAllowed, ReasonMissing, QueueGone, CounterGone,
    AnotherSite.
    """
    reason = _decide(by, reason)
    _lock(queue.mall)
    queue = _locked(queue)
    held = {line.counter_id: line for line in CounterQueue.objects.filter(queue=queue)}
    wanted = {counter.pk: is_helped for counter, is_helped in callers.items()}
    before = {pk: line.is_helped for pk, line in held.items()}
    changed = sorted(pk for pk in {*wanted, *before} if wanted.get(pk) != before.get(pk))
    for pk in changed:
        counter = _locked_counter(pk, must_stand=pk in wanted)
        if pk in wanted and counter.zone.site_id != queue.site_id:
            raise AnotherSite(_("%(counter)s tidak di tempat antrean ini.") % {"counter": counter})
        CounterQueue.objects.filter(counter=counter, queue=queue).delete()
        if pk in wanted:
            last = CounterQueue.objects.filter(counter=counter).aggregate(last=Max("position"))["last"]
            CounterQueue.objects.create(
                mall_id=queue.mall_id, counter=counter, queue=queue, is_helped=wanted[pk],
                position=0 if last is None else last + 1,
            )  # fmt: skip
        rows.tell_counter(counter, at)
    if changed:
        rows.tell_status([queue], at)
        subject = f"queue:{queue.pk}"
        kept = ({str(pk): told for pk, told in sorted(side.items())} for side in (before, wanted))
        audit.record(
            "queue.callers_set", subject, by=by, at=at, reason=reason, before=next(kept), after=next(kept)
        )  # fmt: skip


@transaction.atomic
def set_queues(
    counter: Counter, own: Sequence[Queue], helped: Sequence[Queue], *, reason: str, by: Actor, at: datetime
) -> None:
    """Say from which queues a counter calls, in order: its own, and those that it helps when its own are empty.

    The same again changes nothing. Raises NotAllowed, ReasonMissing, CounterGone, QueueGone, AnotherSite.
    """
    reason = _decide(by, reason)
    _lock(counter.mall)
    counter = _locked_counter(counter.pk)
    for queue in sorted({*own, *helped}, key=lambda one: one.pk):
        if _locked(queue).site_id != counter.zone.site_id:
            raise AnotherSite(_("%(counter)s tidak di tempat antrean ini.") % {"counter": counter})
    kept = CounterQueue.objects.filter(counter=counter).order_by("position", "pk")
    before = _lines((line.queue_id, line.is_helped) for line in kept)
    after = _lines([*((queue.pk, False) for queue in own), *((queue.pk, True) for queue in helped)])
    if before == after:
        return
    rows.tell_session(counter, at)
    lines.assign_counter(counter, own, helped=helped, reason=reason, before=before, by=by, at=at)
    rows.tell_session(counter, at)


@transaction.atomic
def retire_queue(queue: Queue, *, reason: str, by: Actor, at: datetime) -> Queue:
    """Put a queue away: no counter calls from it any more, and its letters may be given again from tomorrow on.

    Raises NotAllowed, ReasonMissing, QueueInUse while services stand in it or an event is to come, PeopleWait while
    anybody waits in it or is at a counter from it.
    """
    reason = _decide(by, reason)
    _lock(queue.mall)
    queue = _locked(queue, is_gone_too=True)
    if queue.retired_at is not None:
        return queue
    today = queue.mall.local(at).date()
    hold_numbers(Queue.objects.filter(pk=queue.pk), today)
    if queue.services.exists():
        raise QueueInUse(_("Masih ada layanan di antrean ini. Pindahkan dahulu ke antrean lain."))
    if EventDay.objects.filter(queue=queue, day__gte=today).exists():
        raise QueueInUse(_("Antrean ini masih dipakai acara yang akan datang."))
    if count := Ticket.objects.filter(mall=queue.mall_id, queue=queue, day=today, state__in=LIVE).count():
        raise PeopleWait(_("%(count)d orang masih di antrean ini. Layani dahulu.") % {"count": count})
    callers = CounterQueue.objects.filter(queue=queue)
    before = {"counters": list(callers.order_by("counter").values_list("counter", flat=True))}
    for pk in before["counters"]:
        rows.tell_counter(_locked_counter(pk, must_stand=False), at)
    callers.delete()
    queue.retired_at = at
    queue.save(update_fields=["retired_at"])
    audit.record("queue.retired", f"queue:{queue.pk}", by=by, at=at, reason=reason, before=before)
    return queue


def _decide(by: Actor, reason: str) -> str:
    deciding.refuse_others(by, _("Hanya pengelola MPP yang dapat mengatur antrean."))
    return stated(reason)


def _lock(mall: Mall) -> None:
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)


def _locked(queue: Queue, *, is_gone_too: bool = False) -> Queue:
    queue = Queue.objects.select_for_update(no_key=True, of=("self",)).select_related("mall", "zone").get(pk=queue.pk)
    if queue.retired_at is not None and not is_gone_too:
        raise QueueGone(_("Antrean %(queue)s sudah tidak dipakai.") % {"queue": queue.code})
    return queue


def _locked_counter(pk: int, *, must_stand: bool = True) -> Counter:
    counter = Counter.objects.select_for_update(no_key=True, of=("self",)).select_related("zone", "mall").get(pk=pk)
    if must_stand and counter.retired_at is not None:
        raise CounterGone(_("%(counter)s sudah tidak dipakai.") % {"counter": counter})
    return counter


def _refuse_ended(zone: Zone) -> None:
    if not Zone.objects.hold(zone):
        raise ZoneOver(_("%(zone)s sudah berakhir.") % {"zone": zone.name})


def _refuse_code(zone: Zone, code: str, at: datetime) -> None:
    """Refuse letters that another queue of the mall has, or had today: a number names one line. Raises CodeTaken."""
    others = Queue.objects.filter(mall=zone.mall_id, code=code, site__in=Site.objects.in_use())
    today = zone.mall.local(at).date()
    given_today = Series.objects.filter(queue__in=others, day=today)
    if others.standing().exists() or given_today.exists():
        raise CodeTaken(_("Huruf %(code)s sudah dipakai antrean lain. Pilih huruf lain.") % {"code": code})


def _values(queue: Queue) -> dict[str, object]:
    return {"code": queue.code, "name": queue.name, "zone": queue.zone_id}


def _lines(told: Iterable[tuple[int, bool]]) -> dict[str, object]:
    pairs = list(told)
    return {
        "own": [pk for pk, is_helped in pairs if not is_helped],
        "helped": [pk for pk, is_helped in pairs if is_helped],
    }
