"""Moving hands in the hall: a counter helps a queue of others for a while, and stops."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pendopo.agencies.models import Counter
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.queues.actions import _deciding as deciding
from pendopo.queues.actions import _rows as rows
from pendopo.queues.errors import AnotherSite, CounterGone, OwnQueue, QueueGone
from pendopo.queues.models import CounterQueue, Queue


@transaction.atomic
def help_queue(counter: Counter, queue: Queue, *, by: Actor, at: datetime) -> CounterQueue:
    """Let a counter call from a queue too when its own are empty; done again it changes nothing.

    Raises NotAllowed unless the manager asks, AnotherSite when its visitors wait elsewhere, OwnQueue when the counter
    calls from it anyway.
    """
    counter = _locked(counter, by)
    if counter.zone.site_id != queue.site_id:
        raise AnotherSite(_("%(counter)s tidak di tempat antrean %(queue)s.") % _names(counter, queue))
    if Queue.objects.select_for_update(no_key=True).get(pk=queue.pk).retired_at is not None:
        raise QueueGone(_("Antrean %(queue)s sudah tidak dipakai.") % {"queue": queue.code})
    line = CounterQueue.objects.filter(counter=counter, queue=queue).first()
    if line and not line.is_helped:
        raise OwnQueue(_("%(counter)s sudah memanggil dari antrean %(queue)s.") % _names(counter, queue))
    if line:
        return line
    last = CounterQueue.objects.filter(counter=counter).aggregate(last=Max("position"))["last"]
    line = CounterQueue.objects.create(
        mall_id=counter.mall_id, counter=counter, queue=queue, is_helped=True, position=0 if last is None else last + 1
    )
    rows.tell_counter(counter, at)
    audit.record("counter.helping", f"counter:{counter.pk}", by=by, at=at, after={"queue": queue.pk})
    return line


@transaction.atomic
def stop_helping(counter: Counter, queue: Queue, *, by: Actor, at: datetime) -> None:
    """Let a counter no longer call from a queue that it helped; done again it changes nothing.

    Raises NotAllowed unless the manager asks, OwnQueue when the queue is its own.
    """
    counter = _locked(counter, by)
    line = CounterQueue.objects.filter(counter=counter, queue=queue).first()
    if line is None:
        return
    if not line.is_helped:
        raise OwnQueue(_("Antrean %(queue)s milik %(counter)s sendiri.") % _names(counter, queue))
    line.delete()
    rows.tell_counter(counter, at)
    audit.record("counter.helping_ended", f"counter:{counter.pk}", by=by, at=at, before={"queue": queue.pk})


def _locked(counter: Counter, by: Actor) -> Counter:
    """Lock a counter's lines by its row, as for its sessions."""
    deciding.refuse_others(by, _("Hanya pengelola MPP yang dapat memindahkan bantuan antarloket."))
    locked = Counter.objects.select_for_update(of=("self",), no_key=True).select_related("zone").get(pk=counter.pk)
    if locked.retired_at is not None:
        raise CounterGone(_("%(counter)s sudah tidak dipakai.") % {"counter": counter})
    return locked


def _names(counter: Counter, queue: Queue) -> dict[str, object]:
    return {"counter": counter, "queue": queue.code}
