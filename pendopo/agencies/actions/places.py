"""What a mall decides of its agencies and their outlets. The mall's row is the lock for what is made or named."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions import founding, opening_hours
from pendopo.agencies.actions._ending import end_duties_at
from pendopo.agencies.actions._rights import only_manager
from pendopo.agencies.codes import agency_code, short_name
from pendopo.agencies.errors import AboveItself, AlreadyThere, Ended, NameTaken
from pendopo.agencies.events import AgencyChanged, OutletEnded
from pendopo.agencies.models import Agency, Counter, Outlet
from pendopo.agencies.types import Actor, Hours
from pendopo.audit import actions as audit
from pendopo.kernel import events
from pendopo.kernel.reasons import stated
from pendopo.tenancy.models import Mall, Site


@transaction.atomic
def add_agency(
    mall: Mall,
    *,
    name: str,
    reason: str,
    by: Actor,
    at: datetime,
    short: str = "",
    code: str = "",
    parent: Agency | None = None,
) -> Agency:
    """Let an agency into the mall; without a code or short name one is made from its name.

    Raises NotAllowed, ReasonMissing, NameTaken.
    """
    only_manager(by)
    reason = stated(reason)
    _lock(mall)
    short = short or short_name(name)
    codes = {each.code: each for each in Agency.objects.filter(mall=mall)}
    if code in codes:
        raise NameTaken(_("Kode %(code)s milik %(agency)s.") % {"code": code, "agency": codes[code].name})
    _refuse_name(mall, name)
    return founding.add_agency(
        mall, code=code or agency_code(short, codes), name=name, short_name=short, parent=parent, reason=reason,
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def change_agency(
    agency: Agency, *, name: str, short: str, parent: Agency | None, reason: str, by: Actor, at: datetime
) -> Agency:
    """Give an agency another name, short name or agency above it; its code stays. The same again changes nothing.

    Raises NotAllowed, ReasonMissing, NameTaken, AboveItself.
    """
    only_manager(by)
    reason = stated(reason)
    _lock(agency.mall)
    agency = Agency.objects.select_for_update(no_key=True, of=("self",)).select_related("mall").get(pk=agency.pk)
    short = short or short_name(name)
    wanted = {"name": name, "short_name": short, "parent": parent.pk if parent else None}
    before = {"name": agency.name, "short_name": agency.short_name, "parent": agency.parent_id}
    if before == wanted:
        return agency
    _refuse_name(agency.mall, name, but=agency)
    _refuse_circle(agency, parent)
    agency.name, agency.short_name, agency.parent = name, short, parent
    agency.save(update_fields=["name", "short_name", "parent"])
    subject = f"agency:{agency.pk}"
    audit.record("agency.changed", subject, by=by, at=at, reason=reason, before=before, after=wanted)
    events.publish(AgencyChanged(agency.mall_id, by, at))
    return agency


@transaction.atomic
def open_outlet(
    mall: Mall,
    site: Site,
    *,
    agency: Agency | None,
    reason: str,
    by: Actor,
    at: datetime,
    observes_holidays: bool = True,
) -> Outlet:
    """Let an agency receive people at a site, or again where its outlet was ended; None is the common desk.

    It begins with the hours of the site's common desk, unless it had its own. Raises NotAllowed, ReasonMissing,
    AlreadyThere.
    """
    only_manager(by)
    reason = stated(reason)
    _lock(mall)
    known = Outlet.objects.filter(mall=mall, site=site, agency=agency).first()
    if known is not None and known.ended_at is None:
        raise AlreadyThere(_("Instansi ini sudah menerima orang di %(site)s.") % {"site": site.name})
    outlet = founding.add_outlet(
        mall, site, agency=agency, observes_holidays=observes_holidays, reason=reason, by=by, at=at
    )
    desk = Outlet.objects.receiving().filter(mall=mall, site=site, agency=None).exclude(pk=outlet.pk).first()
    if known is None and desk is not None and site.kind != Site.Kind.VAN:
        copy_hours(desk, outlet, reason=reason, by=by, at=at)
    return outlet


def copy_hours(source: Outlet, target: Outlet, *, reason: str, by: Actor, at: datetime) -> None:
    """Let an outlet open at the weekly hours of another."""
    week = [
        Hours(day.weekday, day.opens, day.closes, day.break_from, day.break_until, day.break_name)
        for day in source.hours.order_by("weekday")
    ]
    opening_hours.set_hours(target, week, reason=reason, by=by, at=at)


@transaction.atomic
def change_outlet(
    outlet: Outlet, *, observes_holidays: bool, week: Iterable[Hours], reason: str, by: Actor, at: datetime
) -> None:
    """Say whether an outlet rests on public holidays, and its weekly hours. Raises NotAllowed, ReasonMissing, Ended."""
    only_manager(by)
    reason = stated(reason)
    outlet = _locked(outlet)
    if outlet.ended_at is not None:
        raise Ended(_("Gerai ini sudah ditutup."))
    if outlet.observes_holidays != observes_holidays:
        before = {"observes_holidays": outlet.observes_holidays}
        outlet.observes_holidays = observes_holidays
        outlet.save(update_fields=["observes_holidays"])
        after = {"observes_holidays": observes_holidays}
        subject = f"outlet:{outlet.pk}"
        audit.record("outlet.changed", subject, by=by, at=at, reason=reason, before=before, after=after)
    opening_hours.set_hours(outlet, week, reason=reason, by=by, at=at)


@transaction.atomic
def end_outlet(outlet: Outlet, *, reason: str, by: Actor, at: datetime) -> Outlet:
    """Receive nobody at an outlet any more: its counters retire with it, and what it gave is given there no more.

    Raises NotAllowed, ReasonMissing, and what stands against it: people who wait, somebody at a counter.
    """
    only_manager(by)
    reason = stated(reason)
    _lock(outlet.mall)
    outlet = _locked(outlet)
    if outlet.ended_at is not None:
        return outlet
    # The counters before anything else, in their order: a session is opened under the counter's lock.
    counters = Counter.objects.select_for_update(no_key=True).standing().filter(outlet=outlet)
    held = list(counters.order_by("pk"))
    events.publish(OutletEnded(outlet.pk, reason, by, at))
    for counter in held:
        counter.retired_at = at
        counter.save(update_fields=["retired_at"])
        end_duties_at(counter, reason=reason, by=by, at=at)
        audit.record("counter.retired", f"counter:{counter.pk}", by=by, at=at, reason=reason)
    outlet.ended_at = at
    outlet.save(update_fields=["ended_at"])
    audit.record("outlet.ended", f"outlet:{outlet.pk}", by=by, at=at, reason=reason, after={"counters": len(held)})
    return outlet


def _lock(mall: Mall) -> None:
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)


def _locked(outlet: Outlet) -> Outlet:
    rows = Outlet.objects.select_for_update(no_key=True, of=("self",)).select_related("site", "agency", "mall")
    return rows.get(pk=outlet.pk)


def _refuse_name(mall: Mall, name: str, *, but: Agency | None = None) -> None:
    if Agency.objects.filter(mall=mall, name__iexact=name).exclude(pk=but.pk if but else 0).exists():
        raise NameTaken(_("Instansi bernama %(name)s sudah ada.") % {"name": name})


def _refuse_circle(agency: Agency, parent: Agency | None) -> None:
    above = parent
    while above is not None:
        if above.pk == agency.pk:
            raise AboveItself(
                _("%(parent)s berada di bawah %(name)s: instansi tidak dapat menjadi induk dirinya sendiri.")
                % {"parent": parent.name if parent else "", "name": agency.name}
            )
        above = above.parent
