"""Services as a registrar sees them: with and without fee, queue and end; one of them with all that is kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.catalogue.events import QueuesAsked
from pendopo.catalogue.models import Coverage, Fee, Offering, Service, Variant
from pendopo.catalogue.models.coverage import CoveredQuerySet
from pendopo.kernel import events
from pendopo.kernel.cursors import Page, page_of
from pendopo.kernel.errors import NotFound
from pendopo.tenancy.models import Mall

PAGE = 30
ALL = 100_000
NO_FEE, NO_QUEUE, ENDED = "no-fee", "no-queue", "ended"


def states() -> list[tuple[str, str]]:
    """Return by what a list of services can be narrowed."""
    return [(NO_FEE, _("Tanpa biaya tercatat")), (NO_QUEUE, _("Tanpa antrean")), (ENDED, _("Diakhiri"))]


@dataclass(frozen=True, slots=True)
class Line:
    """A service with how it stands: how many variants, how many of them without a fee, whether it has a queue."""

    service: Service
    coverage: str
    variants: int
    unpriced: int
    has_queue: bool

    @property
    def state(self) -> str:
        """How it is in the mall, in words."""
        if self.service.ended_at:
            return _("Diakhiri")
        return str(Coverage(self.coverage).label) if self.coverage else _("Belum ditawarkan")

    @property
    def mark(self) -> str:
        """How good that is."""
        if self.service.ended_at or self.coverage in {"", Coverage.NOT}:
            return "bad" if self.service.ended_at else "warn"
        return "good"


@dataclass(frozen=True, slots=True)
class Filter:
    """What to narrow the list by: words of a name, an agency's code, one of `states`."""

    words: str = ""
    agency: str = ""
    state: str = ""


def service_lines(
    mall: Mall, actor: Actor, wanted: Filter, today: date, *, cursor: str = "", size: int = PAGE
) -> Page[Line]:
    """Return services by name; an admin sees the own agency's. Four queries and a question to the queues."""
    asked = QueuesAsked(mall.pk)
    events.publish(asked)
    rows = CoveredQuerySet(Service).filter(mall=mall).covered().select_related("agency")
    if actor.overseen is not None:
        rows = rows.filter(agency__in=actor.overseen)
    if wanted.agency:
        rows = rows.filter(agency__code=wanted.agency)
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(code__iexact=wanted.words))
    rows = rows.filter(ended_at__isnull=wanted.state != ENDED)
    if wanted.state == NO_FEE:
        rows = rows.filter(Exists(_unpriced(mall, today).filter(service=OuterRef("pk"))))
    if wanted.state == NO_QUEUE:
        rows = rows.exclude(pk__in=asked.services)
    page = page_of(rows, cursor, size)
    variants = _counted(Variant.objects.standing().filter(mall=mall, service__in=page.items))
    unpriced = _counted(_unpriced(mall, today).filter(service__in=page.items))
    return page.showing(
        [
            Line(
                row, getattr(row, "coverage", "") or "", variants.get(row.pk, 0), unpriced.get(row.pk, 0),
                row.pk in asked.services,
            )
            for row in page.items
        ]
    )  # fmt: skip


def _counted(variants: QuerySet[Variant]) -> dict[int, int]:
    return dict(variants.values_list("service").annotate(Count("pk")).order_by())


def _unpriced(mall: Mall, today: date) -> QuerySet[Variant]:
    fees = Fee.objects.in_force(today).filter(mall=mall, variant=OuterRef("pk"))
    return Variant.objects.standing().filter(~Exists(fees), mall=mall)


def has_queue(service: Service) -> bool:
    """Whether numbers can be taken for a service."""
    asked = QueuesAsked(service.mall_id)
    events.publish(asked)
    return service.pk in asked.services


def service_of(mall: Mall, actor: Actor, code: str) -> Service:
    """Return a service, also an ended one. Raises NotFound, also for one that whoever asks may not see."""
    rows = Service.objects.filter(mall=mall, code=code).select_related("agency", "mall")
    if actor.overseen is not None:
        rows = rows.filter(agency__in=actor.overseen)
    found = rows.first()
    if found is None:
        raise NotFound(_("Layanan ini tidak ada."))
    return found


def variant_of(mall: Mall, actor: Actor, code: str) -> Variant:
    """Return a variant, also an ended one. Raises NotFound, also for one that whoever asks may not see."""
    rows = Variant.objects.filter(mall=mall, code=code).select_related("service__agency", "service__mall")
    if actor.overseen is not None:
        rows = rows.filter(service__agency__in=actor.overseen)
    found = rows.first()
    if found is None:
        raise NotFound(_("Varian ini tidak ada."))
    return found


def offerings(service: Service) -> list[Offering]:
    """Return where a service is given or refused."""
    rows = Offering.objects.filter(mall_id=service.mall_id, service=service)
    return list(rows.select_related("site", "outlet__agency").order_by("site__position", "site"))


def variants(service: Service, today: date) -> list[tuple[Variant, Fee | None]]:
    """Return a service's variants, those that were ended last, each with its fee of today."""
    rows = list(Variant.objects.filter(mall_id=service.mall_id, service=service).order_by("position"))
    held = Fee.objects.in_force(today).filter(mall_id=service.mall_id, variant__in=rows)
    fees = {fee.variant_id: fee for fee in held}
    return [(row, fees.get(row.pk)) for row in rows]


def fees(variant: Variant) -> Sequence[Fee]:
    """Return all fees that a variant ever had or will have, the latest first, with what was withdrawn."""
    rows = Fee.objects.filter(mall_id=variant.mall_id, variant=variant)
    return list(rows.order_by("-valid_from", "-pk")[:100])
