"""Calling for help or for security from a counter or a desk, until somebody goes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Counter
from pendopo.agencies.types import Actor, Role
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotAllowed
from pendopo.queues.models import HelpCall
from pendopo.tenancy.models import Zone


@transaction.atomic
def call_help(
    zone: Zone, kind: HelpCall.Kind, *, by: Actor, at: datetime, note: str = "", counter: Counter | None = None
) -> HelpCall:
    """Ring for help or for security; pressed again while nobody has gone yet it is the same call.

    Raises NotAllowed when whoever presses does not work at this counter.
    """
    if not by.has(Role.OFFICER, Role.MANAGER) or (counter and not by.works_for(counter.outlet.agency_id)):
        raise NotAllowed(_("Loket ini melayani instansi lain."))
    # The zone's row is the lock: two presses are one call.
    Zone.objects.select_for_update(no_key=True).get(pk=zone.pk)
    same = HelpCall.objects.filter(mall_id=zone.mall_id, answered_at=None, kind=kind, zone=zone, counter=counter)
    # Without a counter the desk rings: another person there is another call.
    if found := (same if counter else same.filter(asked_by=by.account)).first():
        return found
    called = HelpCall.objects.create(
        mall_id=zone.mall_id, zone=zone, counter=counter, kind=kind, note=note, asked_at=at, asked_by=by.account
    )
    audit.record(f"help.{kind.value}", f"help:{called.pk}", by=by, at=at)
    return called


@transaction.atomic
def answer_help(call: HelpCall, *, by: Actor, at: datetime) -> HelpCall:
    """Note that somebody goes; the first who says so stays. Raises NotAllowed for whoever is not staff of the hall."""
    if not by.is_staff:
        raise NotAllowed(_("Anda tidak bertugas di MPP ini."))
    call = HelpCall.objects.select_for_update(of=("self",)).select_related("zone", "counter").get(pk=call.pk)
    if call.answered_at is not None:
        return call
    call.answered_at, call.answered_by = at, by.account
    call.save(update_fields=["answered_at", "answered_by"])
    audit.record("help.answered", f"help:{call.pk}", by=by, at=at)
    return call
