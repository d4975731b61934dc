"""What the hall does when an offer or outlet ends, a counter goes or moves, or a role is lost. For `config.wiring`."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendopo.agencies.events import CounterMoved, CounterRetired, OutletEnded, RoleEnded
from pendopo.agencies.models import Counter, Membership, Outlet
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.catalogue.events import OfferEnding
from pendopo.catalogue.models import Offering
from pendopo.queues.actions import _rows as rows
from pendopo.queues.actions._holding import hold_numbers
from pendopo.queues.errors import CounterBusy, PeopleWait
from pendopo.queues.models import CounterQueue, CounterSession, Queue, Ticket
from pendopo.queues.queries.departing import actor_of, waiting_for
from pendopo.queues.types import LIVE, SessionState
from pendopo.tenancy.models import Mall


def keep_offer(event: OfferEnding) -> None:
    """Raise PeopleWait while somebody waits for a service, or for one of its variants, or is being served."""
    mall = Mall.objects.get(pk=event.mall_id)
    given = Offering.objects.filter(mall=mall, service=event.service_id)
    queues = Queue.objects.standing().filter(mall=mall, site__in=given.values("site"))
    hold_numbers(queues, mall.local(event.at).date())
    found = Ticket.objects.filter(mall=mall, variant__service=event.service_id, state__in=LIVE)
    if event.variant_id is not None:
        found = found.filter(variant=event.variant_id)
    if number := found.count():
        told = ngettext("%(count)d orang masih menunggu.", "%(count)d orang masih menunggu.", number)
        raise PeopleWait(f"{told % {'count': number}} {_('Layani atau pindahkan mereka dahulu.')}")


def free_counter(event: CounterRetired) -> None:
    """Let a counter that goes call from no queue. Raises CounterBusy when somebody sits or is called there."""
    counter = Counter.objects.get(pk=event.counter_id)
    _refuse_busy(counter)
    _leave_queues(counter, event.by, event.at)


def follow_counter(event: CounterMoved) -> None:
    """Let a counter that left its site call from none of that site's queues. Raises CounterBusy."""
    counter = Counter.objects.get(pk=event.counter_id)
    _refuse_busy(counter)
    if event.has_left:
        _leave_queues(counter, event.by, event.at)


def leave_outlet(event: OutletEnded) -> None:
    """Let the counters of an outlet that ends call from no queue.

    Raises PeopleWait when people wait for what the outlet gives, CounterBusy when somebody sits or is called there.
    """
    outlet = Outlet.objects.select_related("mall").get(pk=event.outlet_id)
    counters = list(outlet.counters.filter(retired_at=None).order_by("pk"))
    for counter in counters:
        _refuse_busy(counter)
    queues = Queue.objects.standing().filter(mall=outlet.mall_id, site=outlet.site_id)
    hold_numbers(queues, outlet.mall.local(event.at).date())
    if waiting := waiting_for(outlet, event.at).count():
        raise PeopleWait(
            _("%(count)d orang masih menunggu gerai ini. Layani dahulu, atau pulangkan dengan janji.")
            % {"count": waiting}
        )
    for counter in counters:
        _leave_queues(counter, event.by, event.at)


def rise(event: RoleEnded) -> None:
    """Close the counters at which somebody sits without a role for them any more; whom they serve waits there."""
    mall = Mall.objects.get(pk=event.mall_id)
    actor = _actor(event.account_id, mall, event.at)
    sitting = CounterSession.objects.filter(mall=mall, account=event.account_id, ended_at=None)
    for pk, agency in sitting.order_by("counter").values_list("counter", "counter__outlet__agency"):
        if actor.works_for(agency):
            continue
        counter = Counter.objects.select_for_update(no_key=True).get(pk=pk)
        closed = sitting.filter(counter=counter).update(
            state=SessionState.CLOSED, ended_at=event.at, until=None, reason=_("Tugas berakhir")
        )
        if closed:
            rows.tell_session(counter, event.at)
            audit.record("counter.closed", f"counter:{counter.pk}", by=event.by, at=event.at)


def _refuse_busy(counter: Counter) -> None:
    rows.refuse_while_busy(counter)
    if CounterSession.objects.filter(counter=counter, ended_at=None).exists():
        raise CounterBusy(_("%(counter)s masih dibuka petugas. Tutup dahulu sesinya.") % {"counter": counter})


def _leave_queues(counter: Counter, by: Who, at: datetime) -> None:
    lines = CounterQueue.objects.filter(counter=counter)
    before = {"queues": list(lines.order_by("is_helped", "position").values_list("queue", flat=True))}
    if before["queues"]:
        rows.tell_session(counter, at)
        lines.delete()
        audit.record("counter.assigned", f"counter:{counter.pk}", by=by, at=at, before=before, after={"queues": []})


def _actor(account: int, mall: Mall, at: datetime) -> Actor:
    return actor_of(Membership.objects.filter(mall=mall, account=account).valid_on(mall.local(at).date()))
