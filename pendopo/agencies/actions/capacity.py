"""How much a site holds, and agencies that move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions import counters as counting
from pendopo.agencies.actions import founding, places
from pendopo.agencies.actions._rights import only_manager
from pendopo.agencies.errors import AlreadyThere, DatesCrossed, NameTaken, NoRoom, OtherPlace
from pendopo.agencies.models import Agency, Counter, Outlet, Relocation, RelocationCounter, SiteCapacity
from pendopo.agencies.queries.capacity import room_at
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import ReasonMissing
from pendopo.kernel.reasons import stated
from pendopo.tenancy.models import Mall, Site, Zone


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


@dataclass(frozen=True, slots=True)
class Moving:
    """A counter that moves, into which zone and under which number."""

    counter: Counter
    zone: Zone
    number: int


@transaction.atomic
def plan_counters(
    relocation: Relocation, moving: Sequence[Moving], *, reason: str, by: Actor, at: datetime
) -> list[RelocationCounter]:
    """Say which of the agency's counters move, and where each will stand; what was said before is replaced.

    Raises NotAllowed, ReasonMissing, AlreadyThere when the move is done, OtherPlace (not the agency's counter, or not a
    zone of the new site), NoRoom for more counters than were planned, NameTaken.
    """
    only_manager(by)
    reason = stated(reason)
    relocation = _locked(relocation)
    if len(moving) > relocation.counters:
        raise NoRoom(_("Rencananya %(count)d loket. Pilih sebanyak itu atau kurang.") % {"count": relocation.counters})
    for each in moving:
        if each.counter.outlet.agency_id != relocation.agency_id or each.counter.retired_at is not None:
            raise OtherPlace(_("%(counter)s bukan loket instansi ini.") % {"counter": each.counter})
        if each.zone.site_id != relocation.to_site_id:
            raise OtherPlace(_("%(zone)s tidak berada di tempat tujuan.") % {"zone": each.zone.name})
    if len({(each.zone.pk, each.number) for each in moving}) < len(moving):
        raise NameTaken(_("Dua loket mendapat nomor yang sama di zona yang sama."))
    leaving = [each.counter.pk for each in moving]
    for each in moving:
        if Counter.objects.standing().filter(zone=each.zone, number=each.number).exclude(pk__in=leaving).exists():
            raise NameTaken(
                _("Loket %(number)d sudah ada di %(zone)s.") % {"number": each.number, "zone": each.zone.name}
            )
    before = _moving(relocation)
    relocation.moving.all().delete()
    kept = RelocationCounter.objects.bulk_create(
        RelocationCounter(
            mall_id=relocation.mall_id, relocation=relocation, counter=each.counter, zone=each.zone, number=each.number
        )
        for each in moving
    )
    subject, after = f"relocation:{relocation.pk}", _moving(relocation)
    audit.record("relocation.counters_planned", subject, by=by, at=at, reason=reason, before=before, after=after)
    return kept


@transaction.atomic
def finish_relocation(relocation: Relocation, *, on: date, by: Actor, at: datetime) -> Relocation:
    """Record that an agency has moved: its counters stand in the new place, and count there instead of its plan.

    Where the agency has no outlet at the new site yet it gets one, with the hours of the one it leaves. Raises
    NotAllowed, AlreadyThere, DatesCrossed, and what stands against moving a counter: somebody who sits or is called
    there, a number that is taken since.
    """
    only_manager(by)
    relocation = _locked(relocation)
    if on > relocation.mall.local(at).date():
        raise DatesCrossed(_("Selesai dicatat setelah terjadi: tanggalnya paling lambat hari ini."))
    moved = list(relocation.moving.select_related("counter__outlet", "zone").order_by("counter_id"))
    standing = [each for each in moved if each.counter.retired_at is None]
    if standing:
        outlet = _outlet_there(relocation, standing[0].counter.outlet, by, at)
        _move(relocation, standing, outlet, by, at)
    relocation.done_on = on
    relocation.save(update_fields=["done_on"])
    after = {"on": on, "counters": [each.counter_id for each in standing]}
    audit.record("relocation.done", f"relocation:{relocation.pk}", by=by, at=at, reason=relocation.reason, after=after)
    return relocation


def _move(relocation: Relocation, moving: Sequence[RelocationCounter], outlet: Outlet, by: Actor, at: datetime) -> None:
    """Move one counter after another; where one stands on the number of the next, that goes first."""
    left = list(moving)
    while left:
        taken = {
            (zone, number)
            for zone, number in Counter.objects.standing()
            .filter(pk__in=[each.counter_id for each in left])
            .values_list("zone", "number")
        }
        free = [each for each in left if (each.zone_id, each.number) not in taken] or [
            each for each in left if (each.counter.zone_id, each.counter.number) == (each.zone_id, each.number)
        ]
        if not free:
            raise NameTaken(_("Nomor loket yang pindah saling bertukar. Beri salah satunya nomor lain."))
        for each in free:
            counting.change_counter(
                each.counter, outlet=outlet, zone=each.zone, number=each.number, reason=relocation.reason, by=by, at=at
            )
        left = [each for each in left if each not in free]


def _outlet_there(relocation: Relocation, left: Outlet, by: Actor, at: datetime) -> Outlet:
    here = Outlet.objects.filter(mall=relocation.mall_id, site=relocation.to_site_id, agency=relocation.agency_id)
    outlet = here.receiving().first()
    if outlet is not None:
        return outlet
    is_new = not here.exists()
    outlet = founding.add_outlet(
        relocation.mall, relocation.to_site, agency=relocation.agency, observes_holidays=left.observes_holidays,
        reason=relocation.reason, by=by, at=at,
    )  # fmt: skip
    if is_new:
        places.copy_hours(left, outlet, reason=relocation.reason, by=by, at=at)
    return outlet


def _locked(relocation: Relocation) -> Relocation:
    """Lock a move that is to come. Raises AlreadyThere."""
    Mall.objects.select_for_update(no_key=True).get(pk=relocation.mall_id)
    rows = Relocation.objects.select_for_update(of=("self",)).select_related("mall", "agency", "to_site")
    relocation = rows.get(pk=relocation.pk)
    if relocation.done_on:
        raise AlreadyThere(_("Kepindahan ini sudah selesai."))
    return relocation


def _moving(relocation: Relocation) -> dict[str, object]:
    rows = relocation.moving.order_by("counter_id").values_list("counter_id", "zone_id", "number")
    return {str(counter): [zone, number] for counter, zone, number in rows}
