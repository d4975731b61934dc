"""The cases of a service: added, changed, ended, taken up again. Their codes are kept for ever."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.actions import _rights as rights
from pendopo.catalogue.actions.publishing import publish
from pendopo.catalogue.errors import LastVariant, NameTaken, OfferEnded
from pendopo.catalogue.events import OfferEnding
from pendopo.catalogue.models import Service, Variant
from pendopo.kernel import events
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.reasons import stated

# Positions while they are put into order: no service has so many variants.
ASIDE = 10_000


@transaction.atomic
def add_variant(
    service: Service, *, name: str, requirements: Sequence[str], duration: str, reason: str, by: Actor, at: datetime
) -> Variant:
    """Add a case to a service under a new code, and publish it at once.

    Raises NotYourAgency, OfferEnded, ReasonMissing, NameTaken, NotUnderstood without a name.
    """
    service = rights.locked(service, by)
    reason = stated(reason)
    _refuse_twins(service, name, None)
    known = list(Variant.objects.filter(mall_id=service.mall_id, service=service))
    # Its place among all that ever were makes its code: none is used twice.
    number = len(known) + 1
    variant = Variant.objects.create(
        mall_id=service.mall_id, service=service, code=f"{service.code}-{number}", name=name,
        requirements=list(requirements), duration=duration, position=ASIDE + number,
    )  # fmt: skip
    _put_into_order(service)
    after = {"code": variant.code, "name": name, "requirements": variant.requirements, "duration": duration}
    audit.record("variant.added", f"variant:{variant.pk}", by=by, at=at, reason=reason, after=after)
    publish(service.mall, at=at, by=by)
    return variant


@transaction.atomic
def change_variant(
    variant: Variant, *, name: str, requirements: Sequence[str], duration: str, reason: str, by: Actor, at: datetime
) -> Variant:
    """Write a case anew: its name, what to bring in order, how long it takes; and publish it at once.

    Raises NotYourAgency, OfferEnded, ReasonMissing, NameTaken, NotUnderstood.
    """
    service = rights.locked(variant.service, by)
    reason = stated(reason)
    variant = _standing(variant)
    _refuse_twins(service, name, variant.pk)
    before = {"name": variant.name, "requirements": variant.requirements, "duration": variant.duration}
    variant.name, variant.requirements, variant.duration = name, list(requirements), duration
    variant.save(update_fields=["name", "requirements", "duration"])
    after = {"name": name, "requirements": variant.requirements, "duration": duration}
    audit.record("variant.changed", f"variant:{variant.pk}", by=by, at=at, reason=reason, before=before, after=after)
    publish(service.mall, at=at, by=by)
    return variant


@transaction.atomic
def end_variant(variant: Variant, *, reason: str, by: Actor, at: datetime) -> Variant:
    """End a case of a service; the others stay. Raises LastVariant, and what those above raise while people wait."""
    service = rights.locked(variant.service, by)
    reason = stated(reason)
    variant = _standing(variant)
    others = Variant.objects.standing().filter(mall_id=service.mall_id, service=service).exclude(pk=variant.pk)
    if not others.exists():
        raise LastVariant(_("Ini satu-satunya varian. Akhiri layanannya bila tidak diberikan lagi."))
    events.publish(OfferEnding(service.mall_id, service.pk, variant.pk, at))
    variant.ended_at = at
    variant.save(update_fields=["ended_at"])
    _put_into_order(service)
    audit.record("variant.ended", f"variant:{variant.pk}", by=by, at=at, reason=reason)
    publish(service.mall, at=at, by=by)
    return variant


@transaction.atomic
def resume_variant(variant: Variant, *, reason: str, by: Actor, at: datetime) -> Variant:
    """Take up an ended case again, under its code and behind the others; done again: nothing.

    Raises NotYourAgency, OfferEnded for a service that is ended itself, ReasonMissing, NameTaken.
    """
    service = rights.locked(variant.service, by)
    reason = stated(reason)
    variant = Variant.objects.select_for_update(of=("self",), no_key=True).get(pk=variant.pk)
    if variant.ended_at is None:
        return variant
    _refuse_twins(service, variant.name, variant.pk)
    variant.ended_at = None
    variant.save(update_fields=["ended_at"])
    _put_into_order(service)
    audit.record("variant.resumed", f"variant:{variant.pk}", by=by, at=at, reason=reason)
    publish(service.mall, at=at, by=by)
    return variant


def _standing(variant: Variant) -> Variant:
    variant = Variant.objects.select_for_update(of=("self",), no_key=True).get(pk=variant.pk)
    if variant.ended_at:
        raise OfferEnded(_("Varian ini sudah diakhiri. Buka lagi dahulu."))
    return variant


def _refuse_twins(service: Service, name: str, own: int | None) -> None:
    """Several cases are told apart by their names."""
    others = Variant.objects.standing().filter(mall_id=service.mall_id, service=service)
    if own is not None:
        others = others.exclude(pk=own)
    names = {each.casefold() for each in others.values_list("name", flat=True)}
    if names and not name:
        raise NotUnderstood(_("Beri nama: layanan ini punya beberapa varian."))
    if name.casefold() in names:
        raise NameTaken(_("Layanan ini sudah punya varian bernama itu."))


def _put_into_order(service: Service) -> None:
    """Give those that stand the positions from 1 on, and those that were ended the ones behind them.

    A number is taken for the first position: it is never an ended case.
    """
    found = list(Variant.objects.filter(mall_id=service.mall_id, service=service).order_by("position"))
    wanted = sorted(found, key=lambda each: each.ended_at is not None)
    # Two steps: no position is ever held twice, not even in between.
    for start in (2 * ASIDE, 1):
        for position, each in enumerate(wanted, start=start):
            each.position = position
            each.save(update_fields=["position"])
