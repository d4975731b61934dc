"""The manager's vans: a new one with all that it needs, and one taken off the road."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.actions import publishing, writing
from pendopo.catalogue.models import Service
from pendopo.kernel.reasons import stated
from pendopo.queues.actions import _deciding as deciding
from pendopo.queues.actions import vans
from pendopo.queues.errors import CodeTaken, NotOffered, VanBusy
from pendopo.queues.models import CounterSession, Queue, Ticket
from pendopo.queues.types import LIVE
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy.models import Mall, Site


@dataclass(frozen=True, slots=True)
class WantedVan:
    """A van as it shall be; without an agency its counter is the common desk's."""

    name: str
    plate: str
    code: str
    counter: int
    services: Sequence[Service]
    agency: Agency | None = None


@transaction.atomic
def add_van(mall: Mall, wanted: WantedVan, *, by: Actor, at: datetime) -> Site:
    """Put a van on the road, and publish what it brings; its stops are planned next.

    Raises NotAllowed unless the manager does it, CodeTaken (letters of the mall's are nobody else's, so that a number
    names one line), NotOffered (no service, or one that is not the chosen agency's), SiteNameTaken.
    """
    _refuse_others(by)
    if not wanted.services:
        raise NotOffered(_("Pilih sedikitnya satu layanan yang dibawa."))
    if wanted.agency and any(service.agency_id != wanted.agency.pk for service in wanted.services):
        told = {"agency": wanted.agency.short_name}
        raise NotOffered(_("Loket %(agency)s hanya memberi layanannya sendiri. Pilih meja bersama.") % told)
    # The mall's row is the lock for its letters, as for its places.
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)
    if Queue.objects.standing().filter(mall=mall, code=wanted.code, site__in=Site.objects.in_use()).exists():
        raise CodeTaken(_("Huruf %(code)s sudah dipakai antrean lain. Pilih huruf lain.") % {"code": wanted.code})
    counter = vans.put_on_the_road(
        mall,
        name=wanted.name,
        code=wanted.code,
        services=wanted.services,
        plate=wanted.plate,
        agency=wanted.agency,
        number=wanted.counter,
        at=at,
        by=by,
    )
    publishing.publish(mall, at=at, by=by)
    van = counter.zone.site
    after: dict[str, object] = {"plate": van.plate, "queue": wanted.code, "services": len(wanted.services)}
    audit.record("van.added", f"site:{van.pk}", by=by, at=at, reason=van.name, after=after)
    return van


@transaction.atomic
def retire(van: Site, *, reason: str, by: Actor, at: datetime) -> None:
    """Take a van off the road: it has no page, gives no numbers and no services any more; its past stays.

    Raises NotAllowed unless the manager does it, ReasonMissing, StopsAhead (call them off first), VanBusy (somebody
    waits or is served, or its counter is not closed), NotAVan.
    """
    _refuse_others(by)
    reason = stated(reason)
    site = tenancy.retire_van(van, reason=reason, at=at, account_id=by.account_id)
    if Ticket.objects.filter(mall=site.mall_id, queue__site=site, state__in=LIVE).exists():
        raise VanBusy(_("Masih ada yang menunggu atau dilayani di kendaraan ini."))
    if CounterSession.objects.filter(mall=site.mall_id, counter__zone__site=site, ended_at=None).exists():
        raise VanBusy(_("Loket kendaraan ini masih dipakai. Mintalah petugasnya menutup loket dahulu."))
    writing.stop_offering(site, reason=_("Kendaraan tidak beroperasi lagi"), at=at, by=by)
    publishing.publish(site.mall, at=at, by=by)


def _refuse_others(by: Actor) -> None:
    deciding.refuse_others(by, _("Hanya pengelola MPP yang dapat mengatur kendaraan keliling."))
