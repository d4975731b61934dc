"""What else ends in the hall with an outlet, a counter or a role. `config.wiring` asks."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.events import EndAsked
from pendopo.agencies.models import Membership, Outlet
from pendopo.agencies.types import Actor, Held, Role
from pendopo.queues.models import CounterQueue, CounterSession, Ticket
from pendopo.queues.types import State


def tell_what_ends(event: EndAsked) -> None:
    """Add what else ends in the hall."""
    if event.kind == "role":
        event.told.extend(_told_of_role(Membership.objects.select_related("mall").get(pk=event.number), event.at))
        return
    if event.kind == "outlet":
        outlet = Outlet.objects.select_related("mall").get(pk=event.number)
        if waiting := waiting_for(outlet, event.at).count():
            told = _("%(count)d orang masih menunggu: selama itu gerai tidak dapat ditutup.")
            event.told.append(told % {"count": waiting})
    of = {"counter__outlet" if event.kind == "outlet" else "counter": event.number}
    lines = CounterQueue.objects.filter(**of).order_by("queue__code", "counter__number")
    callers: dict[str, list[int]] = {}
    for code, number in lines.values_list("queue__code", "counter__number"):
        callers.setdefault(code, []).append(number)
    event.told.extend(
        _("Antrean %(queue)s tidak lagi dipanggil loket %(numbers)s.")
        % {"queue": code, "numbers": ", ".join(map(str, numbers))}
        for code, numbers in callers.items()
    )
    open_at = CounterSession.objects.filter(**of, ended_at=None).select_related("counter")
    event.told.extend(
        _("%(counter)s masih dibuka petugas: tutup dahulu.") % {"counter": each.counter}
        for each in open_at.order_by("counter__number")
    )


def _told_of_role(held: Membership, at: datetime) -> list[str]:
    """Return which counters close with a role: those for which no other role is left."""
    others = Membership.objects.filter(mall=held.mall_id, account=held.account_id).exclude(pk=held.pk)
    actor = actor_of(others.valid_on(held.mall.local(at).date()))
    sitting = CounterSession.objects.filter(mall=held.mall_id, account=held.account_id, ended_at=None)
    return [
        _("%(counter)s, yang sedang dibuka petugas ini, ikut ditutup.") % {"counter": each.counter}
        for each in sitting.select_related("counter__outlet").order_by("counter__number")
        if not actor.works_for(each.counter.outlet.agency_id)
    ]


def waiting_for(outlet: Outlet, at: datetime) -> QuerySet[Ticket]:
    """Return who waits at the outlet's site for what it gives; for the common desk: for what no other outlet gives."""
    mall = outlet.mall
    waiting = Ticket.objects.filter(
        mall=mall, day=mall.local(at).date(), state=State.WAITING, visit__site=outlet.site_id
    )
    if outlet.agency_id is not None:
        return waiting.filter(variant__service__agency=outlet.agency_id)
    others = Outlet.objects.receiving().filter(mall=mall, site=outlet.site_id).exclude(agency=None)
    return waiting.exclude(variant__service__agency__in=others.values("agency"))


def actor_of(held: QuerySet[Membership]) -> Actor:
    """Return somebody with some roles only."""
    return Actor(memberships=tuple(Held(Role(role), agency) for role, agency in held.values_list("role", "agency_id")))
