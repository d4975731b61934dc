"""What a mall decides of its counters: added, renumbered, moved, retired. A counter's row is the lock for what happens
there; the mall's row for its numbers.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions import founding
from pendopo.agencies.actions._ending import end_duties_at
from pendopo.agencies.actions._rights import only_manager
from pendopo.agencies.errors import Ended, NameTaken, NoRoom, OtherPlace
from pendopo.agencies.events import CounterMoved, CounterRetired
from pendopo.agencies.models import Counter, Outlet
from pendopo.agencies.queries.capacity import room_at
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel import events
from pendopo.kernel.reasons import stated
from pendopo.tenancy.models import Mall, Site, Zone


@transaction.atomic
def add_counter(outlet: Outlet, *, zone: Zone, number: int, reason: str, by: Actor, at: datetime) -> Counter:
    """Add a counter of an outlet to a zone of its site.

    Raises NotAllowed, ReasonMissing, OtherPlace, NameTaken, NoRoom where the site holds no more.
    """
    only_manager(by)
    reason = stated(reason)
    Mall.objects.select_for_update(no_key=True).get(pk=outlet.mall_id)
    _refuse_place(outlet, zone)
    _refuse_number(zone, number)
    room = room_at(Site.objects.select_for_update(no_key=True).get(pk=outlet.site_id))
    if room.free is not None and room.free < 1:
        raise NoRoom(
            _("%(site)s sudah penuh: semua tempat loketnya terpakai atau menunggu yang pindah.")
            % {"site": room.site.name}
        )
    return founding.add_counter(outlet, zone=zone, number=number, reason=reason, by=by, at=at)


@transaction.atomic
def change_counter(
    counter: Counter, *, outlet: Outlet, zone: Zone, number: int, reason: str, by: Actor, at: datetime
) -> Counter:
    """Give a counter another number, zone or outlet. The same again changes nothing.

    At another site it calls from none of its queues any more. Raises NotAllowed, ReasonMissing, Ended, OtherPlace,
    NameTaken, and what stands against it: somebody who sits or is called there.
    """
    only_manager(by)
    reason = stated(reason)
    Mall.objects.select_for_update(no_key=True).get(pk=counter.mall_id)
    counter = _locked(counter)
    before = _values(counter)
    wanted: dict[str, object] = {"outlet": outlet.pk, "zone": zone.pk, "number": number}
    if before == wanted:
        return counter
    _refuse_place(outlet, zone)
    _refuse_number(zone, number, but=counter)
    has_left = counter.zone.site_id != zone.site_id
    counter.outlet, counter.zone, counter.number = outlet, zone, number
    events.publish(CounterMoved(counter.pk, has_left, by, at))
    counter.save(update_fields=["outlet", "zone", "number"])
    subject = f"counter:{counter.pk}"
    audit.record("counter.changed", subject, by=by, at=at, reason=reason, before=before, after=wanted)
    return counter


@transaction.atomic
def retire_counter(counter: Counter, *, reason: str, by: Actor, at: datetime) -> Counter:
    """Take a counter away: nobody sits or is called there any more, and its number may be given again.

    Raises NotAllowed, ReasonMissing, and what stands against it: an open session, somebody called there.
    """
    only_manager(by)
    reason = stated(reason)
    counter = _locked(counter, is_gone_too=True)
    if counter.retired_at is not None:
        return counter
    events.publish(CounterRetired(counter.pk, by, at))
    end_duties_at(counter, reason=reason, by=by, at=at)
    counter.retired_at = at
    counter.save(update_fields=["retired_at"])
    audit.record(
        "counter.retired", f"counter:{counter.pk}", by=by, at=at, reason=reason, before=_values(counter)
    )  # fmt: skip
    return counter


def _locked(counter: Counter, *, is_gone_too: bool = False) -> Counter:
    """Lock a counter against sessions, calls and other decisions about it. Raises Ended."""
    rows = Counter.objects.select_for_update(no_key=True, of=("self",)).select_related("outlet", "zone", "mall")
    counter = rows.get(pk=counter.pk)
    if counter.retired_at is not None and not is_gone_too:
        raise Ended(_("%(counter)s sudah tidak dipakai.") % {"counter": counter})
    return counter


def _refuse_number(zone: Zone, number: int, *, but: Counter | None = None) -> None:
    """Refuse a number that another counter of the zone has. Raises NameTaken."""
    standing = Counter.objects.standing().filter(mall=zone.mall_id, zone=zone, number=number)
    if standing.exclude(pk=but.pk if but else 0).exists():
        raise NameTaken(_("Loket %(number)d sudah ada di %(zone)s.") % {"number": number, "zone": zone.name})


def _refuse_place(outlet: Outlet, zone: Zone) -> None:
    if outlet.ended_at is not None:
        raise Ended(_("Gerai ini sudah ditutup."))
    if not Zone.objects.hold(zone):
        raise Ended(_("%(zone)s sudah berakhir.") % {"zone": zone.name})
    if outlet.site_id != zone.site_id:
        raise OtherPlace(_("%(zone)s tidak berada di tempat gerai itu.") % {"zone": zone.name})


def _values(counter: Counter) -> dict[str, object]:
    return {"outlet": counter.outlet_id, "zone": counter.zone_id, "number": counter.number}
