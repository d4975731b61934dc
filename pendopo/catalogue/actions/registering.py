"""What a registrar decides of a service: its words, where it is given, its end, and its return."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency, Outlet
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.actions import _rights as rights
from pendopo.catalogue.actions import writing
from pendopo.catalogue.actions.publishing import publish
from pendopo.catalogue.actions.writing import Case
from pendopo.catalogue.errors import NameTaken
from pendopo.catalogue.events import OfferEnding
from pendopo.catalogue.models import Coverage, CoverageDecision, Offering, Service
from pendopo.catalogue.models.coverage import CoveredQuerySet
from pendopo.catalogue.names import recognised
from pendopo.kernel import events
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.reasons import stated
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class Words:
    """What is told of a service; `texts` holds the English of it."""

    name: str
    group: str = ""
    kind: str = Service.Kind.HERE
    description: str = ""
    procedure: str = ""
    texts: Mapping[str, str] | None = None

    @property
    def told(self) -> dict[str, object]:
        """The same by field."""
        written = {name: text for name, text in (self.texts or {}).items() if text}
        return {
            "name": self.name, "group": self.group, "kind": self.kind, "description": self.description,
            "procedure": self.procedure, "texts": written,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Channels:
    """How a service is given at a site."""

    is_direct: bool = True
    is_mobile: bool = False
    is_self_service: bool = False
    is_electronic: bool = False

    @property
    def told(self) -> dict[str, bool]:
        """The same by field."""
        return {
            "is_direct": self.is_direct, "is_mobile": self.is_mobile, "is_self_service": self.is_self_service,
            "is_electronic": self.is_electronic,
        }  # fmt: skip


@transaction.atomic
def open_service(
    agency: Agency, words: Words, case: Case, *, outlet: Outlet | None, reason: str, by: Actor, at: datetime
) -> Service:
    """Add a service with its first variant, offer it at an outlet, and publish it at once.

    Raises NotYourAgency, ReasonMissing, NameTaken, NotUnderstood for another agency's outlet.
    """
    rights.only_its_own(by, agency.pk)
    reason = stated(reason)
    Mall.objects.select_for_update(no_key=True).get(pk=agency.mall_id)
    _refuse_twins(agency.pk, words.name)
    service = writing.write_service(
        agency, name=words.name, group=words.group, kind=words.kind, description=words.description,
        procedure=words.procedure, cases=[case], by=by, at=at,
    )  # fmt: skip
    service.texts = words.told["texts"]
    service.save(update_fields=["texts"])
    audit.record("service.opened", f"service:{service.pk}", by=by, at=at, reason=reason, after=words.told)
    if outlet is not None:
        _offer(service, outlet, Offering.Status.IN, Channels(), reason=reason, by=by, at=at)
    publish(agency.mall, at=at, by=by)
    return service


@transaction.atomic
def change_service(service: Service, words: Words, *, reason: str, by: Actor, at: datetime) -> Service:
    """Write a service's words anew, and publish them at once; its code stays.

    Raises NotYourAgency, OfferEnded, ReasonMissing, NameTaken.
    """
    service = rights.locked(service, by)
    reason = stated(reason)
    if recognised(words.name) != service.recognised_as:
        _refuse_twins(service.agency_id, words.name)
    told = words.told
    before = {name: getattr(service, name) for name in told}
    for name, value in told.items():
        setattr(service, name, value)
    service.recognised_as = recognised(words.name)
    service.save(update_fields=[*told, "recognised_as"])
    audit.record("service.changed", f"service:{service.pk}", by=by, at=at, reason=reason, before=before, after=told)
    publish(service.mall, at=at, by=by)
    return service


@transaction.atomic
def set_offering(
    service: Service, outlet: Outlet, *, status: str, channels: Channels, reason: str, by: Actor, at: datetime
) -> Offering:
    """Decide whether and how a service is given at an outlet's site, and publish it at once.

    Raises NotYourAgency, OfferEnded, ReasonMissing, NotUnderstood for another agency's outlet or without a channel.
    """
    service = rights.locked(service, by)
    reason = stated(reason)
    if status != Offering.Status.NOT and not any(channels.told.values()):
        raise NotUnderstood(_("Pilih paling sedikit satu cara layanan ini diberikan."))
    offering = _offer(service, outlet, status, channels, reason=reason, by=by, at=at)
    publish(service.mall, at=at, by=by)
    return offering


def _offer(
    service: Service, outlet: Outlet, status: str, channels: Channels, *, reason: str, by: Actor, at: datetime
) -> Offering:
    rights.refuse_strangers(service, outlet)
    known = Offering.objects.filter(mall_id=service.mall_id, service=service, site_id=outlet.site_id)
    before = known.values("outlet", "status", *channels.told).first()
    why = reason if status == Offering.Status.NOT else ""
    offering, _is_new = Offering.objects.update_or_create(
        mall_id=service.mall_id, service=service, site_id=outlet.site_id,
        defaults={"outlet": outlet, "status": status, "reason": why, **channels.told},
    )  # fmt: skip
    after = {"outlet": outlet.pk, "status": status, **channels.told}
    audit.record(
        "service.offering_set", f"service:{service.pk}", by=by, at=at, reason=reason, before=before, after=after
    )
    _note_coverage(service, reason=reason, by=by, at=at)
    return offering


def _note_coverage(service: Service, *, reason: str, by: Actor, at: datetime) -> None:
    """Write down how the service now is in the mall, where that is not what was decided last."""
    found: str | None = getattr(CoveredQuerySet(Service).filter(pk=service.pk).covered().get(), "coverage", None)
    last = CoverageDecision.objects.filter(mall_id=service.mall_id, service=service).order_by("-pk").first()
    now = found or Coverage.NOT
    if last is None or last.coverage != now:
        CoverageDecision.objects.create(
            mall_id=service.mall_id, service=service, coverage=now, reason=reason, account=by.account, decided_at=at
        )


@transaction.atomic
def end_service(service: Service, *, reason: str, by: Actor, at: datetime) -> Service:
    """End a service: it is no longer given or published anywhere, and stays for its past.

    Raises NotYourAgency, OfferEnded, ReasonMissing, and what those above raise while people wait for it.
    """
    service = rights.locked(service, by)
    reason = stated(reason)
    events.publish(OfferEnding(service.mall_id, service.pk, None, at))
    Offering.objects.filter(mall_id=service.mall_id, service=service).update(status=Offering.Status.NOT, reason=reason)
    service.ended_at = at
    service.save(update_fields=["ended_at"])
    _note_coverage(service, reason=reason, by=by, at=at)
    audit.record("service.ended", f"service:{service.pk}", by=by, at=at, reason=reason)
    publish(service.mall, at=at, by=by)
    return service


@transaction.atomic
def resume_service(service: Service, *, reason: str, by: Actor, at: datetime) -> Service:
    """Take up an ended service again, under its code; where it is given is decided anew. Done again: nothing.

    Raises NotYourAgency, ReasonMissing.
    """
    rights.only_its_own(by, service.agency_id)
    reason = stated(reason)
    service = Service.objects.select_for_update(no_key=True).get(pk=service.pk)
    if service.ended_at:
        service.ended_at = None
        service.save(update_fields=["ended_at"])
        audit.record("service.resumed", f"service:{service.pk}", by=by, at=at, reason=reason)
    return service


def _refuse_twins(agency_id: int, name: str) -> None:
    twin = Service.objects.filter(agency=agency_id, recognised_as=recognised(name)).first()
    if twin:
        raise NameTaken(_("Instansi ini sudah punya layanan bernama itu: %(code)s.") % {"code": twin.code})
