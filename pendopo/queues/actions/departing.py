"""What the hall does when an outlet ends, a counter goes or moves, or somebody loses a role. For `config.wiring`."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendopo.agencies.events import CounterMoved, CounterRetired, EndAsked, OutletEnded, RoleEnded
from pendopo.agencies.models import Counter, Membership, Outlet
from pendopo.agencies.types import Actor, Held, Role
from pendopo.audit import actions as audit
from pendopo.queues.actions import _rows as rows
from pendopo.queues.errors import CounterBusy, PeopleWait
from pendopo.queues.models import CounterQueue, CounterSession, Ticket
from pendopo.queues.types import SessionState, State
from pendopo.tenancy.models import Mall


def free_counter(event: CounterRetired) -> None:
    """Let a counter that goes call from no queue. Raises CounterBusy when somebody sits or is called there."""
    _refuse_busy(event.counter)
    _leave_queues(event.counter, event.by, event.at)


def follow_counter(event: CounterMoved) -> None:
    """Let a counter that left its site call from none of that site's queues. Raises CounterBusy."""
    _refuse_busy(event.counter)
    if event.has_left:
        _leave_queues(event.counter, event.by, event.at)


def leave_outlet(event: OutletEnded) -> None:
    """Let the counters of an outlet that ends call from no queue.

    Raises PeopleWait when people wait for what the outlet gives, CounterBusy when somebody sits or is called there.
    """
    for counter in event.outlet.counters.standing().order_by("pk"):
        _refuse_busy(counter)
    if waiting := waiting_for(event.outlet, event.at).count():
        raise PeopleWait(
            ngettext(
                "%(count)d orang masih menunggu gerai ini. Layani atau pulangkan dahulu dengan janji.",
                "%(count)d orang masih menunggu gerai ini. Layani atau pulangkan dahulu dengan janji.",
                waiting,
            )
            % {"count": waiting}
        )
    for counter in event.outlet.counters.standing().order_by("pk"):
        _leave_queues(counter, event.by, event.at)


def rise(event: RoleEnded) -> None:
    """Close the counters at which somebody sits without a role for them any more; whom they serve waits there."""
    sitting = CounterSession.objects.filter(mall=event.mall, account=event.account, ended_at=None)
    for counter in sorted((each.counter for each in sitting.select_related("counter__outlet")), key=lambda one: one.pk):
        if _roles(event.account.pk, event.mall, event.at).works_for(counter.outlet.agency_id):
            continue
        Counter.objects.select_for_update(no_key=True).get(pk=counter.pk)
        closed = sitting.filter(counter=counter).update(
            state=SessionState.CLOSED, ended_at=event.at, until=None, reason=_("Tugas berakhir")
        )
        if closed:
            rows.tell_session(counter, event.at)
            audit.record("counter.closed", f"counter:{counter.pk}", by=event.by, at=event.at)


def tell_what_ends(event: EndAsked) -> None:
    """Add what else ends in the hall."""
    what = event.what
    if isinstance(what, Membership):
        sitting = CounterSession.objects.filter(mall=what.mall_id, account=what.account_id, ended_at=None)
        event.told.extend(
            _("%(counter)s, yang sedang dibuka petugas ini, ikut ditutup.") % {"counter": each.counter}
            for each in sitting.select_related("counter").order_by("pk")
        )
        return
    if isinstance(what, Outlet):
        if waiting := waiting_for(what, event.at).count():
            event.told.append(
                _("%(count)d orang masih menunggu: selama itu gerai tidak dapat ditutup.") % {"count": waiting}
            )
        counters = list(what.counters.standing())
    else:
        counters = [what]
    lines = CounterQueue.objects.filter(counter__in=counters).select_related("queue", "counter")
    for line in lines.order_by("queue__code", "counter__number"):
        told = {"counter": line.counter, "queue": line.queue.code}
        event.told.append(_("%(counter)s tidak lagi memanggil dari antrean %(queue)s.") % told)
    open_at = CounterSession.objects.filter(counter__in=counters, ended_at=None).select_related("counter")
    for each in open_at.order_by("counter__number"):
        event.told.append(_("%(counter)s masih dibuka petugas: tutup dahulu.") % {"counter": each.counter})


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


def _refuse_busy(counter: Counter) -> None:
    here = Ticket.objects.filter(counter=counter, state__in=[State.CALLED, State.SERVING]).select_related("queue")
    if ticket := here.first():
        raise CounterBusy(rows.finish_first(ticket.number_text))
    if CounterSession.objects.filter(counter=counter, ended_at=None).exists():
        raise CounterBusy(_("%(counter)s masih dibuka petugas. Tutup dahulu sesinya.") % {"counter": counter})


def _leave_queues(counter: Counter, by: Actor, at: datetime) -> None:
    lines = CounterQueue.objects.filter(counter=counter)
    before = {"queues": list(lines.order_by("is_helped", "position").values_list("queue", flat=True))}
    if before["queues"]:
        rows.tell_session(counter, at)
        lines.delete()
        audit.record("counter.assigned", f"counter:{counter.pk}", by=by, at=at, before=before, after={"queues": []})


def _roles(account: int, mall: Mall, at: datetime) -> Actor:
    held = Membership.objects.filter(mall=mall, account=account).valid_on(mall.local(at).date())
    return Actor(memberships=tuple(Held(Role(role), agency) for role, agency in held.values_list("role", "agency_id")))
