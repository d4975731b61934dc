"""For which service people take a number to pick up what is ready."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.applications.models import PickUpService
from pendopo.audit import actions as audit
from pendopo.catalogue.models import Service
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.kernel.reasons import stated


@transaction.atomic
def set_pick_up(
    agency: Agency, service: Service | None, *, reason: str, by: Actor, at: datetime
) -> PickUpService | None:
    """Let an agency's products be picked up with a number of a service; None: without a number, at any counter.

    The service is the agency's own or the common desk's. Raises NotAllowed, ReasonMissing, NotUnderstood.
    """
    if not by.steers(agency.pk):
        raise NotAllowed(_("Hanya admin instansi dan pengelola MPP yang mengatur antrean pengambilan."))
    reason = stated(reason)
    if service is not None and service.mall_id != agency.mall_id:
        raise NotUnderstood(_("Layanan ini bukan layanan MPP ini."))
    now = PickUpService.objects.select_for_update(of=("self",)).filter(mall_id=agency.mall_id, agency=agency).first()
    before = {"service": now.service_id} if now else None
    if service is None:
        if now:
            now.delete()
            audit.record("pick_up.set", f"agency:{agency.pk}", by=by, at=at, before=before, reason=reason)
        return None
    if now and now.service_id == service.pk:
        return now
    kept, _is_new = PickUpService.objects.update_or_create(
        mall_id=agency.mall_id, agency=agency, defaults={"service": service}
    )
    after = {"service": service.pk}
    audit.record("pick_up.set", f"agency:{agency.pk}", by=by, at=at, before=before, after=after, reason=reason)
    return kept
