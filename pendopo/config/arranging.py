"""From imported tables to an open hall: each service at an outlet, each outlet with a queue, each counter with one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.db import transaction

from pendopo.agencies.models import Counter, Outlet
from pendopo.catalogue.actions import publishing, writing
from pendopo.catalogue.models import Offering, Service
from pendopo.queues.actions import lines
from pendopo.queues.models import CounterQueue, Queue, QueueService
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class Arranged:
    """What was done, and the agencies whose services found no outlet with a counter."""

    offered: int
    queues: int
    counters: int
    published: int
    homeless: tuple[str, ...]


@transaction.atomic
def arrange(mall: Mall, *, at: datetime) -> Arranged:
    """Offer what is offered nowhere yet, give outlets queues and counters their own, and publish. Again: no change.

    What somebody has arranged stays as it is.
    """
    counters: dict[int, list[Counter]] = defaultdict(list)
    for counter in Counter.objects.standing().filter(mall=mall).select_related("zone").order_by("zone__code", "number"):
        counters[counter.outlet_id].append(counter)
    outlets = list(
        Outlet.objects.receiving().filter(mall=mall, pk__in=counters).select_related("agency").order_by("pk")
    )
    offered, homeless = _offer(mall, outlets, at)
    made = assigned = 0
    for outlet in outlets:
        before = Queue.objects.filter(mall=mall).count()
        queues = _queues(mall, outlet, counters[outlet.pk][0], at)
        made += Queue.objects.filter(mall=mall).count() - before
        assigned += _assign(counters[outlet.pk], queues, at)
    published = publishing.publish(mall, at=at)
    return Arranged(offered, made, assigned, published, homeless)


def _offer(mall: Mall, outlets: Iterable[Outlet], at: datetime) -> tuple[int, tuple[str, ...]]:
    """Offer services at the first outlet of their agency, else at the common desk, where there are counters."""
    first: dict[int | None, Outlet] = {}
    for outlet in outlets:
        first.setdefault(outlet.agency_id, outlet)
    offered, homeless = 0, set()
    nowhere = Service.objects.filter(mall=mall).exclude(pk__in=Offering.objects.filter(mall=mall).values("service"))
    for service in nowhere.select_related("agency").order_by("pk"):
        place = first.get(service.agency_id) or first.get(None)
        if place is None:
            homeless.add(service.agency.name)
        else:
            writing.offer(service, place, at=at)
            offered += 1
    return offered, tuple(sorted(homeless))


def _queues(mall: Mall, outlet: Outlet, counter: Counter, at: datetime) -> list[Queue]:
    """Return the queues of an outlet; its services that have none get its first, or a new one."""
    offerings = Offering.objects.filter(mall=mall, outlet=outlet).exclude(status=Offering.Status.NOT)
    services = list(Service.objects.filter(mall=mall, pk__in=offerings.values("service")).order_by("pk"))
    placed = QueueService.objects.filter(mall=mall, site_id=outlet.site_id, service__in=services)
    queued = set(placed.values_list("service", flat=True))
    found = list(Queue.objects.filter(mall=mall, pk__in=placed.values("queue")).order_by("code"))
    missing = [service for service in services if service.pk not in queued]
    if not missing:
        return found
    if found:
        lines.extend_queue(found[0], missing, at=at)
        return found
    taken = set(Queue.objects.standing().filter(mall=mall, site_id=outlet.site_id).values_list("code", flat=True))
    code = next(code for code in _codes() if code not in taken)
    name = outlet.agency.name if outlet.agency else "Loket bersama"
    return [lines.open_queue(counter.zone, code=code, name=name, services=missing, at=at)]


def _assign(counters: Iterable[Counter], queues: list[Queue], at: datetime) -> int:
    idle = [counter for counter in counters if not CounterQueue.objects.filter(counter=counter).exists()]
    for counter in idle if queues else []:
        lines.assign_counter(counter, queues, at=at)
    return len(idle) if queues else 0


def _codes() -> Iterator[str]:
    """Count A, B … Z, AA, AB … without I and O, which are read as digits."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    for number in count():
        first, last = divmod(number, len(letters))
        yield (letters[first - 1] if first else "") + letters[last]
