"""Which standards hold, how complete they are, and what of them is published."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, Q, When
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.catalogue.components import rules
from pendopo.catalogue.models import Publication, Service, Standard, Variant
from pendopo.catalogue.models.published import Promise
from pendopo.kernel.errors import NotFound
from pendopo.tenancy.models import Mall

PAGE = 50


def component_names() -> dict[str, str]:
    """Return the components of a standard by code, as the law names them."""
    return {each.code: each.indonesian for each in rules().components}


@dataclass(slots=True)
class ServiceState:
    """A service with the standards that hold for it: one for all of it, or one for each of its variants."""

    service: Service
    variants: int
    standards: list[Standard] = field(default_factory=list)
    media: dict[int, int] = field(default_factory=dict)
    today: date = date.min

    @property
    def is_set(self) -> bool:
        """Whether a standard holds for every variant."""
        own = {standard.variant_id for standard in self.standards}
        return None in own or (len(own) == self.variants and self.variants > 0)

    @property
    def filled(self) -> int:
        """Components that say something, in the least complete of its standards."""
        return min((standard.filled for standard in self.standards), default=0) if self.is_set else 0

    @property
    def is_filled(self) -> bool:
        """Whether all components say something."""
        return self.is_set and all(standard.is_filled for standard in self.standards)

    @property
    def most_media(self) -> int:
        """In how many media it can be read, the least of its standards."""
        return min((self.media.get(standard.pk, 0) for standard in self.standards), default=0) if self.is_set else 0

    @property
    def is_published(self) -> bool:
        """Whether it can be read in as many media as the law asks for."""
        return self.is_set and self.most_media >= rules().media

    @property
    def is_involved(self) -> bool:
        """Whether citizens took part."""
        return self.is_set and all(standard.forum for standard in self.standards)

    @property
    def is_overdue(self) -> bool:
        """Whether a review is late."""
        return any(standard.review_due_on < self.today for standard in self.standards)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing."""
        return self.is_filled and self.is_published and self.is_involved and not self.is_overdue


@dataclass(frozen=True, slots=True)
class AgencyState:
    """How complete an agency's standards are: how many of its services have what is asked."""

    code: str
    name: str
    figures: tuple[int, ...]

    @property
    def services(self) -> int:
        """All its services."""
        return self.figures[0]

    @property
    def share(self) -> int:
        """Of how many in a hundred nothing is missing."""
        return self.figures[-1] * 100 // self.services if self.services else 0

    @property
    def told(self) -> list[tuple[str, int]]:
        """Each figure with what it counts."""
        return list(zip(agency_heads(), self.figures, strict=True))


def agency_heads() -> tuple[str, ...]:
    """Return what the figures of an agency count."""
    return (
        _("Layanan"),
        _("Ada standar"),
        _("14 komponen"),
        _("Terbit di 4 media"),
        _("Warga dilibatkan"),
        _("Lewat tinjauan"),
        _("Lengkap"),
    )


def agency_states(mall: Mall, today: date) -> list[AgencyState]:
    """Return every agency that has services with how complete their standards are, by name."""
    states: dict[int, list[ServiceState]] = defaultdict(list)
    for state in _states(mall, list(Service.objects.standing().filter(mall=mall)), today):
        states[state.service.agency_id].append(state)
    agencies = Agency.objects.filter(mall=mall, pk__in=states).order_by("name")
    return [AgencyState(agency.code, agency.name, _figures(states[agency.pk])) for agency in agencies]


def completeness(mall: Mall, today: date) -> tuple[int, int]:
    """Count the services of whose standards nothing is missing, and all services; three queries without any text."""
    said = Q()
    for code in rules().codes:
        said &= Q(components__has_key=code) & ~Q(**{f"components__{code}": ""})
    standing = Service.objects.standing().filter(mall=mall)
    counted = standing.annotate(standing_variants=Count("variants", filter=Q(variants__ended_at=None)))
    services: dict[int, int] = dict(counted.values_list("pk", "standing_variants"))
    published = Publication.objects.filter(mall=mall).values_list("standard").annotate(Count("pk"))
    media: dict[int, int] = dict(published)
    held: dict[int, dict[int | None, bool]] = defaultdict(dict)
    holding = (
        Standard.objects.filter(mall=mall)
        .in_force(today)
        .annotate(says_all=Case(When(said & ~Q(forum="") & Q(review_due_on__gte=today), then=True), default=False))
    )
    for pk, service, variant, says_all in holding.values_list("pk", "service", "variant", "says_all"):
        held[service][variant] = says_all and media.get(pk, 0) >= rules().media
    complete = sum(
        (None in held[pk] or (len(held[pk]) == variants and variants > 0)) and all(held[pk].values())
        for pk, variants in services.items()
        if pk in held
    )
    return complete, len(services)


def _figures(states: Sequence[ServiceState]) -> tuple[int, ...]:
    return (
        len(states),
        sum(state.is_set for state in states),
        sum(state.is_filled for state in states),
        sum(state.is_published for state in states),
        sum(state.is_involved for state in states),
        sum(state.is_overdue for state in states),
        sum(state.is_complete for state in states),
    )


def service_states(
    mall: Mall, agency: Agency, today: date, *, after: str = "", size: int | None = PAGE
) -> tuple[list[ServiceState], str]:
    """Return an agency's services by code with their standards, and after which code the next page begins."""
    found = Service.objects.standing().filter(mall=mall, agency=agency, code__gt=after).order_by("code")
    services = list(found if size is None else found[: size + 1])
    following = services[size - 1].code if size is not None and len(services) > size else ""
    return _states(mall, services[:size], today), following


def _states(mall: Mall, services: Sequence[Service], today: date) -> list[ServiceState]:
    pks = [service.pk for service in services]
    counted = Variant.objects.standing().filter(mall=mall, service__in=pks).values_list("service").annotate(Count("pk"))
    variants: dict[int, int] = dict(counted)
    held: dict[int, list[Standard]] = defaultdict(list)
    for standard in Standard.objects.filter(mall=mall, service__in=pks).in_force(today).order_by("variant__position"):
        held[standard.service_id].append(standard)
    holding = [standard.pk for standards in held.values() for standard in standards]
    published = Publication.objects.filter(mall=mall, standard__in=holding).values_list("standard")
    media: dict[int, int] = dict(published.annotate(Count("pk")))
    return [ServiceState(each, variants.get(each.pk, 0), held[each.pk], media, today) for each in services]


def service_of_code(mall: Mall, code: str) -> tuple[Service, Variant | None]:
    """Return a service by its code, or a variant with its service by the variant's. Raises NotFound."""
    services = Service.objects.filter(mall=mall).select_related("agency")
    if service := services.filter(code=code).first():
        return service, None
    variant = Variant.objects.filter(mall=mall, code=code).select_related("service__agency").first()
    if variant is None:
        raise NotFound(_("Layanan “%(code)s” tidak ada di MPP ini.") % {"code": code[:40]})
    return variant.service, variant


def history(mall: Mall, service: Service, variant: Variant | None) -> list[Standard]:
    """Return all standards that a service or a variant ever had, the newest first, with where they can be read."""
    found = Standard.objects.filter(mall=mall, service=service, variant=variant).order_by("-valid_from")
    return list(found.prefetch_related("publications")[:50])


def promises(mall_id: int, services: Collection[int], today: date) -> dict[int, list[Promise]]:
    """Return the public part of the standards of services that hold or will, by service: what is published of them."""
    public = [each.code for each in rules().public]
    found: dict[int, list[Promise]] = defaultdict(list)
    standards = Standard.objects.filter(mall_id=mall_id, service__in=services)
    standing = standards.filter(Q(valid_to=None) | Q(valid_to__gte=today)).select_related("service", "variant")
    for standard in standing.order_by("valid_from"):
        promise = Promise(
            code=standard.variant.code if standard.variant else standard.service.code,
            decree=standard.decree_number,
            decree_on=standard.decree_on.isoformat(),
            valid_from=standard.valid_from.isoformat(),
            valid_to=standard.valid_to.isoformat() if standard.valid_to else None,
            texts={code: standard.components[code] for code in public if standard.components.get(code)},
        )
        if standard.file_path:
            promise["file"] = standard.pk
        found[standard.service_id].append(promise)
    return found
