"""The end of places: nobody is left waiting there, and nothing is given there any more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.catalogue.actions import publishing, writing
from pendopo.kernel.reasons import stated
from pendopo.queues.actions import _deciding as deciding
from pendopo.queues.actions._holding import hold_numbers
from pendopo.queues.errors import PlaceInUse
from pendopo.queues.models import Queue
from pendopo.queues.queries.consequences import site_ending, zone_ending
from pendopo.tenancy.actions import places
from pendopo.tenancy.models import Site, Zone


@transaction.atomic
def end_site(site: Site, *, reason: str, by: Actor, at: datetime) -> None:
    """End a hall or outpost: it is shown no more and gives no numbers and no services; its past stays.

    Raises NotAllowed unless the manager does it, ReasonMissing, PlaceInUse (somebody waits or is served, or sits at a
    counter), and what `places.end_site` raises.
    """
    _refuse_others(by)
    reason = stated(reason)
    site = places.end_site(site, reason=reason, at=at, account_id=by.account_id)
    hold_numbers(Queue.objects.standing().filter(mall=site.mall_id, site=site), site.mall.local(at).date())
    found = site_ending(site)
    if found.waiting:
        told = {"count": found.waiting, "name": site.name}
        raise PlaceInUse(_("Masih ada %(count)d orang yang menunggu atau dilayani di %(name)s.") % told)
    if found.sessions:
        told = {"count": found.sessions, "name": site.name}
        raise PlaceInUse(_("Masih ada %(count)d loket yang dipakai di %(name)s. Tutuplah dahulu.") % told)
    writing.stop_offering(site, reason=reason, at=at, by=by)
    publishing.publish(site.mall, at=at, by=by)


@transaction.atomic
def end_zone(zone: Zone, *, reason: str, by: Actor, at: datetime) -> None:
    """End a zone in which nothing stands.

    Raises NotAllowed unless the manager does it, ReasonMissing, PlaceInUse (counters or queues stand there), and what
    `places.end_zone` raises.
    """
    _refuse_others(by)
    zone = places.end_zone(zone, reason=stated(reason), at=at, account_id=by.account_id)
    found = zone_ending(zone)
    if found.counters or found.queues:
        standing = [str(counter) for counter in found.counters]
        standing += [_("antrean %(code)s") % {"code": queue.code} for queue in found.queues]
        told = {"name": zone.name, "standing": ", ".join(standing[:6])}
        raise PlaceInUse(_("Di %(name)s masih ada %(standing)s. Pindahkan dahulu.") % told)


def _refuse_others(by: Actor) -> None:
    deciding.refuse_others(by, _("Hanya pengelola MPP yang dapat mengubah tempat layanan."))
