"""How much a site holds, and agencies that move."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_manager
from pendopo.agencies.errors import AlreadyThere, DatesCrossed, NoRoom, ReasonMissing
from pendopo.agencies.models import Agency, Relocation, SiteCapacity
from pendopo.agencies.queries.capacity import room_at
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.tenancy.models import Site


@transaction.atomic
def set_capacity(
    site: Site,
    *,
    counters: int,
    seats: int,
    parking_cars: int,
    parking_motorcycles: int,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> SiteCapacity:
    """Write down how much a site holds. Raises NoRoom when more counters stand there already."""
    only_manager(by)
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)
    room = room_at(site)
    if counters < room.placed + room.coming:
        raise NoRoom(
            _("Di %(site)s sudah ada atau akan datang %(count)d loket: tidak mungkin kurang dari itu.")
            % {"site": site.name, "count": room.placed + room.coming}
        )
    told = {
        "counters": counters, "seats": seats, "parking_cars": parking_cars, "parking_motorcycles": parking_motorcycles,
    }  # fmt: skip
    capacity, _is_new = SiteCapacity.objects.update_or_create(mall_id=site.mall_id, site=site, defaults=told)
    audit.record("site.capacity_set", f"site:{site.pk}", by=by, at=at, reason=reason, after=told)
    return capacity


@transaction.atomic
def plan_relocation(
    agency: Agency,
    *,
    from_place: str,
    to_site: Site,
    counters: int,
    reason: str,
    planned_on: date,
    by: Actor,
    at: datetime,
    parking_cars: int = 0,
) -> Relocation:
    """Plan that an agency moves to a site. Raises NoRoom when it does not fit."""
    only_manager(by)
    if not reason:
        raise ReasonMissing(_("Tulis mengapa instansi ini pindah."))
    Site.objects.select_for_update(no_key=True).get(pk=to_site.pk)
    if Relocation.objects.filter(agency=agency, done_on=None).exists():
        raise AlreadyThere(_("Kepindahan %(name)s sudah direncanakan.") % {"name": agency.name})
    room = room_at(to_site)
    if room.free is not None and counters > room.free:
        raise NoRoom(
            _("%(site)s hanya punya %(free)d tempat loket kosong, %(name)s perlu %(count)d.")
            % {"site": to_site.name, "free": max(room.free, 0), "name": agency.name, "count": counters}
        )
    relocation = Relocation.objects.create(
        mall_id=agency.mall_id, agency=agency, from_place=from_place, to_site=to_site,
        counters=counters, parking_cars=parking_cars, reason=reason, planned_on=planned_on,
    )  # fmt: skip
    after = {"from": from_place, "to": to_site.pk, "counters": counters, "planned": planned_on}
    audit.record("relocation.planned", f"relocation:{relocation.pk}", by=by, at=at, reason=reason, after=after)
    return relocation


@transaction.atomic
def finish_relocation(relocation: Relocation, *, on: date, by: Actor, at: datetime) -> Relocation:
    """Record that an agency has moved: from now on its counters at the site count, not its plan."""
    only_manager(by)
    relocation = Relocation.objects.select_for_update().get(pk=relocation.pk)
    if relocation.done_on:
        raise AlreadyThere(_("Kepindahan ini sudah selesai."))
    if on > relocation.mall.local(at).date():
        raise DatesCrossed(_("Selesai dicatat setelah terjadi: tanggalnya paling lambat hari ini."))
    relocation.done_on = on
    relocation.save(update_fields=["done_on"])
    audit.record("relocation.done", f"relocation:{relocation.pk}", by=by, at=at, after={"on": on})
    return relocation
