"""Queues as the manager arranges them: who stands in them, who calls from them, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from pendopo.agencies.models import Counter
from pendopo.catalogue.models import Offering, Service
from pendopo.kernel.cursors import Page, page_of
from pendopo.kernel.errors import NotFound
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.models import CounterQueue, Queue, QueueService
from pendopo.tenancy.models import Mall, Site

PAGE = 50
ALL = 10_000
MOST_MISSING = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A queue with how many services stand in it, and the numbers of the counters that call from it and help it."""

    queue: Queue
    services: int
    own: Sequence[int]
    helpers: Sequence[int]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something without which people wait in vain: in words, and the page that mends it."""

    text: str
    address: str


def queues(mall: Mall, cursor: str = "", *, retired: bool = False, size: int = PAGE) -> Page[Line]:
    """Return queues by their letters, a page at a time: those that stand, or the retired ones; three queries."""
    rows = _queues(mall).exclude(retired_at=None) if retired else _queues(mall).filter(retired_at=None)
    page = page_of(rows, cursor, size, by="code")
    numbers = [queue.pk for queue in page.items]
    services: dict[int, int] = {}
    for queue in QueueService.objects.filter(mall=mall, queue__in=numbers).values_list("queue", flat=True):
        services[queue] = services.get(queue, 0) + 1
    callers: dict[tuple[int, bool], list[int]] = {}
    called = CounterQueue.objects.filter(mall=mall, queue__in=numbers).order_by("counter__number", "pk")
    for queue, is_helped, number in called.values_list("queue", "is_helped", "counter__number"):
        callers.setdefault((queue, is_helped), []).append(number)
    return page.showing(
        [
            Line(each, services.get(each.pk, 0), callers.get((each.pk, False), ()), callers.get((each.pk, True), ()))
            for each in page.items
        ]
    )


def queue(mall: Mall, number: int) -> Queue:
    """Return a queue that stands. Raises NotFound."""
    found = _queues(mall).filter(retired_at=None, pk=number).first() if number <= LARGEST_ID else None
    if found is None:
        raise NotFound(_("Antrean tidak dikenal."))
    return found


def _queues(mall: Mall) -> QuerySet[Queue]:
    rows = Queue.objects.filter(mall=mall, site__retired_at=None).exclude(site__kind=Site.Kind.VAN)
    return rows.select_related("zone", "site", "mall")


def queues_at(site: Site) -> list[Queue]:
    """Return the queues of a site that stand, by their letters."""
    return list(Queue.objects.standing().filter(mall=site.mall_id, site=site).select_related("zone").order_by("code"))


def services_for(queue: Queue) -> list[tuple[Service, str]]:
    """Return the services given at a queue's site, each with the letters of the queue in which it stands, if any."""
    offered = Offering.objects.filter(mall=queue.mall_id, site=queue.site_id).exclude(status=Offering.Status.NOT)
    stands = dict(
        QueueService.objects.filter(mall=queue.mall_id, site=queue.site_id).values_list("service", "queue__code")
    )
    inside = QueueService.objects.filter(mall=queue.mall_id, queue=queue).values("service")
    rows = Service.objects.filter(mall=queue.mall_id)
    found = (rows.filter(pk__in=offered.values("service")) | rows.filter(pk__in=inside)).distinct()
    in_turn = found.select_related("agency").order_by("agency__short_name", "name", "pk")
    return [(service, stands.get(service.pk, "")) for service in in_turn]


def services_in(queue: Queue) -> set[int]:
    """Return the services that stand in a queue."""
    return set(QueueService.objects.filter(mall=queue.mall_id, queue=queue).values_list("service", flat=True))


def counters_at(site: Site) -> list[Counter]:
    """Return the counters of a site that stand, by number."""
    rows = Counter.objects.standing().filter(mall=site.mall_id, zone__site=site)
    return list(rows.select_related("outlet__agency", "zone").order_by("number", "zone__code", "pk"))


def callers_of(queue: Queue) -> dict[int, bool]:
    """Return the counters that call from a queue, each with whether it only helps."""
    return dict(CounterQueue.objects.filter(mall=queue.mall_id, queue=queue).values_list("counter", "is_helped"))


def lines_of(counter: Counter) -> list[CounterQueue]:
    """Return from which queues a counter calls, in order: its own first."""
    rows = CounterQueue.objects.filter(mall=counter.mall_id, counter=counter)
    return list(rows.select_related("queue").order_by("is_helped", "position", "pk"))


def missing(mall: Mall) -> list[Gap]:
    """Return what is missing, at most 20 of each: services without queue, queues without counter, idle counters."""
    here = mall.slug
    gaps = []
    queued = QueueService.objects.filter(mall=mall, service=OuterRef("service"), site=OuterRef("site"))
    offered = Offering.objects.filter(mall=mall, site__retired_at=None).exclude(status=Offering.Status.NOT)
    offered = offered.exclude(site__kind=Site.Kind.VAN).exclude(Exists(queued)).select_related("service", "site")
    for offering in offered.order_by("service__name", "pk")[:MOST_MISSING]:
        told = {"service": offering.service.name, "site": offering.site.name}
        gaps.append(Gap(_("%(service)s tidak punya antrean di %(site)s.") % told, _address(here, offering)))
    called = CounterQueue.objects.filter(mall=mall, queue=OuterRef("pk"), is_helped=False)
    filled = QueueService.objects.filter(mall=mall, queue=OuterRef("pk"))
    for queue in _queues(mall).filter(~Exists(called), Exists(filled), retired_at=None).order_by("code")[:MOST_MISSING]:
        text = _("Antrean %(queue)s tidak punya loket yang memanggil.") % {"queue": queue.code}
        gaps.append(Gap(text, reverse("queues:queue_callers", args=[here, queue.pk])))
    calls = CounterQueue.objects.filter(mall=mall, counter=OuterRef("pk"))
    standing = Counter.objects.standing().filter(mall=mall, zone__site__retired_at=None)
    idle = standing.exclude(zone__site__kind=Site.Kind.VAN).exclude(Exists(calls)).select_related("zone")
    for counter in idle.order_by("number", "pk")[:MOST_MISSING]:
        told = {"counter": str(counter), "zone": counter.zone.name}
        text = _("%(counter)s (%(zone)s) tidak memanggil dari antrean mana pun.") % told
        gaps.append(Gap(text, reverse("queues:counter_queues", args=[here, counter.pk])))
    return gaps


def _address(mall: str, offering: Offering) -> str:
    """Return where a service is put into a queue: the services of a queue at its site, or a new queue."""
    standing = Queue.objects.standing().filter(mall=offering.mall_id, site=offering.site_id)
    same = standing.filter(services__service__agency=offering.service.agency_id).order_by("code").first()
    chosen = same or standing.order_by("code").first()
    if chosen is None:
        return reverse("queues:queue_new", args=[mall])
    return f"{reverse('queues:queue_services', args=[mall, chosen.pk])}?add={offering.service_id}"
