"""Agencies that want to join: from the first letter to their place in the mall."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_manager
from pendopo.agencies.actions.founding import add_named_agencies
from pendopo.agencies.errors import AlreadyThere
from pendopo.agencies.models import Agency, Prospect
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import ReasonMissing
from pendopo.tenancy.models import Mall


@transaction.atomic
def note_interest(
    mall: Mall, *, name: str, contact_office: str, wanted_services: str, since: date, by: Actor, at: datetime
) -> Prospect:
    """Note that an agency wants to join, whom to talk to, and which services it would bring."""
    only_manager(by)
    if Prospect.objects.filter(mall=mall, name__iexact=name).exists():
        raise AlreadyThere(_("%(name)s sudah tercatat sebagai peminat.") % {"name": name})
    prospect = Prospect.objects.create(
        mall=mall, name=name, contact_office=contact_office, wanted_services=wanted_services, since=since
    )
    audit.record("prospect.noted", f"prospect:{prospect.pk}", by=by, at=at, after={"name": name, "since": since})
    return prospect


@transaction.atomic
def move_prospect(prospect: Prospect, *, state: str, by: Actor, at: datetime, reason: str = "") -> Prospect:
    """Say how far the talks are. Whoever joins becomes an agency of the mall; whoever does not has a reason."""
    only_manager(by)
    prospect = Prospect.objects.select_for_update().get(pk=prospect.pk)
    if prospect.state == Prospect.State.JOINED:
        raise AlreadyThere(_("%(name)s sudah bergabung.") % {"name": prospect.name})
    if state == Prospect.State.DECLINED and not reason:
        raise ReasonMissing(_("Tulis mengapa tidak jadi bergabung."))
    before = {"state": prospect.state}
    prospect.state, prospect.reason = state, reason
    prospect.agency = _as_agency(prospect, by=by, at=at) if state == Prospect.State.JOINED else None
    prospect.save(update_fields=["state", "reason", "agency"])
    after = {"state": state}
    audit.record("prospect.moved", f"prospect:{prospect.pk}", by=by, at=at, reason=reason, before=before, after=after)
    return prospect


def _as_agency(prospect: Prospect, *, by: Actor, at: datetime) -> Agency:
    found = add_named_agencies(prospect.mall, [prospect.name], at=at, by=by).get(prospect.name)
    assert found
    if Prospect.objects.filter(mall_id=prospect.mall_id, agency=found).exists():
        raise AlreadyThere(_("%(name)s sudah bergabung.") % {"name": found.name})
    return found
