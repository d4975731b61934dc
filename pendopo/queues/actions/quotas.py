"""How many places a service has on its days. Today's ledger follows, and never falls below what is taken."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.models import Service
from pendopo.kernel.reasons import stated
from pendopo.queues.actions import _deciding as deciding
from pendopo.queues.actions._holding import hold_numbers
from pendopo.queues.errors import NotOffered, OutOfBounds, QuotaTooSmall
from pendopo.queues.models import Queue, QueueService, QuotaDay, QuotaRule, Ticket
from pendopo.queues.types import Origin, State
from pendopo.tenancy.models import Mall, Site

MOST_PLACES = 100_000


@dataclass(frozen=True, slots=True)
class Places:
    """How many places: in all, by phone before `released_at`, and how long before closing no more are given."""

    total: int
    phone_total: int | None = None
    released_at: time | None = None
    closes_minutes: int = 0


@transaction.atomic
def set_quota(
    mall: Mall,
    site: Site,
    service: Service,
    places: Places,
    *,
    reason: str,
    by: Actor,
    at: datetime,
    weekday: int | None = None,
    day: date | None = None,
) -> QuotaRule:
    """Decide how many places a service has on a weekday (Monday is 1), on one date, or on every day.

    The same again changes nothing. Raises NotAllowed unless the manager decides, ReasonMissing, OutOfBounds,
    NotOffered (no queue of the service at the site), QuotaTooSmall (more of today's places are taken).
    """
    reason = _managers_reason(by, reason)
    _refuse_out_of_bounds(places, weekday, day)
    if not QueueService.objects.filter(service=service, site=site).exists():
        raise NotOffered(_("Layanan ini tidak mempunyai antrean di %(site)s.") % {"site": site})
    today = mall.local(at).date()
    _lock_ledger(site, service, today)
    rule = QuotaRule.objects.filter(site=site, service=service, weekday=weekday, day=day).first()
    before = _values(rule) if rule else None
    wanted = asdict(places)
    if rule and before == wanted:
        return rule
    if rule is None:
        rule = QuotaRule(mall=mall, site=site, service=service, weekday=weekday, day=day)
    for name, value in wanted.items():
        setattr(rule, name, value)
    rule.save()
    _follow(mall, site, service, today)
    audit.record("quota.set", f"quota:{rule.pk}", by=by, at=at, reason=reason, before=before, after=wanted)
    return rule


@transaction.atomic
def remove_quota(rule: QuotaRule, *, reason: str, by: Actor, at: datetime) -> None:
    """Take a rule of places back: from now on the next one holds, or no limit.

    Raises NotAllowed unless the manager decides, ReasonMissing, QuotaTooSmall (the next rule has fewer than are taken).
    """
    reason = _managers_reason(by, reason)
    today = rule.mall.local(at).date()
    _lock_ledger(rule.site, rule.service, today)
    subject, before = f"quota:{rule.pk}", _values(rule)
    rule.delete()
    _follow(rule.mall, rule.site, rule.service, today)
    audit.record("quota.removed", subject, by=by, at=at, reason=reason, before=before)


def _managers_reason(by: Actor, reason: str) -> str:
    deciding.refuse_others(by, _("Hanya pengelola MPP yang dapat mengubah kuota."))
    return stated(reason)


def _refuse_out_of_bounds(places: Places, weekday: int | None, day: date | None) -> None:
    if weekday is not None and (day is not None or not 1 <= weekday <= 7):
        raise OutOfBounds(_("Pilih satu hari dalam minggu atau satu tanggal."))
    if not 0 <= places.total <= MOST_PLACES or not 0 <= (places.phone_total or 0) <= places.total:
        raise OutOfBounds(_("Kuota ponsel tidak boleh lebih dari kuota seluruhnya."))
    if places.released_at is not None and places.phone_total is None:
        raise OutOfBounds(_("Jam pelepasan hanya berarti bila ada kuota ponsel."))
    if not 0 <= places.closes_minutes <= 600:
        raise OutOfBounds(_("Isi batas sebelum tutup antara 0 dan 600 menit."))


def _lock_ledger(site: Site, service: Service, today: date) -> None:
    """Lock today's ledger and then the site's numbers, as whoever takes a place does: one given now is waited for."""
    QuotaDay.objects.select_for_update().filter(site=site, service=service, day=today).first()
    hold_numbers(Queue.objects.filter(mall=site.mall_id, site=site), today)


def _follow(mall: Mall, site: Site, service: Service, today: date) -> None:
    """Let today's ledger follow the rule that now holds: made, changed, or taken away."""
    of_today = Q(day=today) | Q(day=None, weekday=today.isoweekday()) | Q(day=None, weekday=None)
    in_turn = (F("day").asc(nulls_last=True), F("weekday").asc(nulls_last=True))
    rule = QuotaRule.objects.filter(of_today, site=site, service=service).order_by(*in_turn).first()
    ledger = QuotaDay.objects.filter(site=site, service=service, day=today)
    if rule is None:
        ledger.delete()
        return
    here = ledger.first() or _counted(mall, site, service, today)
    if here.taken > rule.total:
        told = {"taken": here.taken, "total": rule.total}
        raise QuotaTooSmall(
            _("Hari ini %(taken)d nomor sudah diberikan; kuota %(total)d lebih kecil dari itu. Ubah mulai besok.")
            % told
        )
    for name, value in _values(rule).items():
        setattr(here, name, value)
    here.save()


def _counted(mall: Mall, site: Site, service: Service, today: date) -> QuotaDay:
    """Begin today's ledger with the places that were taken while no rule held."""
    held = Ticket.objects.filter(queue__mall=mall, queue__site=site, day=today, variant__service=service)
    by_phone = Count("pk", filter=Q(visit__origin=Origin.PHONE))
    taken = held.exclude(state=State.CANCELLED).aggregate(all=Count("pk"), phone=by_phone)
    return QuotaDay(mall=mall, site=site, service=service, day=today, taken=taken["all"], taken_by_phone=taken["phone"])


def _values(rule: QuotaRule) -> dict[str, object]:
    return {name: getattr(rule, name) for name in ("total", "phone_total", "released_at", "closes_minutes")}
