"""The roster: who is to be at which counter, whose servant they are, and who stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_own
from pendopo.agencies.errors import DutyOver, DutyOverlaps
from pendopo.agencies.models import Absence, Counter, Duty, Employment, Membership
from pendopo.agencies.types import Actor, Role
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotUnderstood
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """Each week on weekdays (Monday is 1) from a day on, or (`day`) on one day alone; from one hour to another."""

    starts: time
    ends: time
    weekdays: tuple[int, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    day: date | None = None


@transaction.atomic
def assign(counter: Counter, account: Account, when: When, *, by: Actor, at: datetime) -> list[Duty]:
    """Put somebody at a counter, a row for each weekday; what is written for one day wins over the weeks.

    Raises NotAllowed, NotUnderstood (hours, days, somebody who does not work there), DutyOver for a day that is over,
    DutyOverlaps when they are somewhere else at that hour.
    """
    only_own(by, counter.outlet.agency_id)
    today = counter.mall.local(at).date()
    if when.starts >= when.ends:
        raise NotUnderstood(_("Jam selesai harus sesudah jam mulai."))
    first = when.day or when.valid_from
    if first is None or bool(when.day) == bool(when.weekdays):
        raise NotUnderstood(_("Pilih hari dalam minggu, atau satu tanggal."))
    if first < today:
        raise DutyOver(_("Tanggal itu sudah lewat: jadwal hari yang lewat tidak diubah."))
    if when.valid_until is not None and when.valid_until < first:
        raise NotUnderstood(_("Tanggal akhir harus sesudah tanggal mulai."))
    _refuse_others_staff(counter, account, first)
    common = {
        "mall_id": counter.mall_id,
        "counter": counter,
        "account": account,
        "starts": when.starts,
        "ends": when.ends,
    }
    if when.day:
        wanted = [Duty(**common, day=when.day)]
    else:
        span = {"valid_from": when.valid_from, "valid_until": when.valid_until}
        wanted = [Duty(**common, **span, weekday=weekday) for weekday in sorted(set(when.weekdays))]
    try:
        with transaction.atomic():
            for duty in wanted:
                duty.save(force_insert=True)
    except IntegrityError as error:
        if "duty_one_place" not in str(error):
            raise
        raise DutyOverlaps(
            _("%(name)s sudah bertugas di tempat lain pada jam itu.") % {"name": account.name}
        ) from error
    for duty in wanted:
        hours = {"from": duty.starts, "until": duty.ends, "weekday": duty.weekday, "day": duty.day}
        after = hours | {"counter": counter.pk, "account": account.pk}
        audit.record("duty.assigned", f"duty:{duty.pk}", by=by, at=at, after=after)
    return wanted


@transaction.atomic
def end_duties(mall: Mall, duties: Sequence[int], *, reason: str, by: Actor, at: datetime) -> int:
    """Take duties off the roster from today on and return how many; the days before stay as they were. Again: none.

    Raises NotAllowed, NotUnderstood without a reason, DutyOver for a single day that is over.
    """
    if not reason.strip():
        raise NotUnderstood(_("Tulis alasan perubahan: alasan ini tercatat."))
    found = Duty.objects.select_for_update(of=("self",)).filter(mall=mall, pk__in=duties).order_by("pk")
    today = mall.local(at).date()
    ended = 0
    for duty in found.select_related("counter__outlet"):
        only_own(by, duty.counter.outlet.agency_id)
        if duty.day is not None and duty.day < today:
            raise DutyOver(_("Tanggal itu sudah lewat: jadwal hari yang lewat tidak diubah."))
        if duty.valid_until is not None and duty.valid_until < today:
            continue
        audit.record("duty.ended", f"duty:{duty.pk}", by=by, at=at, reason=reason.strip()[:200])
        Absence.objects.filter(duty=duty, day__gte=today).delete()
        if duty.valid_from is not None and duty.valid_from < today:
            duty.valid_until = today - ONE_DAY
            duty.save(update_fields=["valid_until"])
        else:
            duty.delete()
        ended += 1
    return ended


@transaction.atomic
def set_employment(
    mall: Mall,
    account: Account,
    *,
    kind: Employment.Kind,
    superior: str,
    office_minutes: int,
    by: Actor,
    at: datetime,
) -> Employment:
    """Note whose servant somebody is, to whom it is reported, and how much later they are due (0: they come straight).

    Raises NotAllowed unless all agencies they work for are the actor's, NotUnderstood.
    """
    today = mall.local(at).date()
    held = Membership.objects.filter(mall=mall, account=account).valid_on(today)
    if not held.exists():
        raise NotUnderstood(_("%(name)s tidak bertugas di MPP ini.") % {"name": account.name})
    for agency_id in held.values_list("agency_id", flat=True):
        only_own(by, agency_id)
    if not superior.strip():
        raise NotUnderstood(_("Isi kepada siapa kehadirannya dilaporkan."))
    if not 0 <= office_minutes <= 240:
        raise NotUnderstood(_("Tambahan waktu paling lama 240 menit."))
    values = {"kind": kind, "superior": superior.strip()[:120], "office_minutes": office_minutes}
    employment, _made = Employment.objects.update_or_create(mall=mall, account=account, defaults=values)
    audit.record("employment.set", f"account:{account.pk}", by=by, at=at, after=values)
    return employment


@transaction.atomic
def note_absence(
    duty: Duty,
    day: date,
    *,
    reason: Absence.Reason,
    by: Actor,
    at: datetime,
    note: str = "",
    substitute: Account | None = None,
) -> Absence:
    """Note that somebody does not come on a day, and who stands in, if anybody; noted again, the later word holds.

    Raises NotAllowed, NotUnderstood (not their day, a substitute who does not work there or is on duty then), DutyOver.
    """
    only_own(by, duty.counter.outlet.agency_id)
    duty = (
        Duty.objects.select_for_update(of=("self",)).select_related("counter__outlet", "counter__mall").get(pk=duty.pk)
    )
    if day < duty.counter.mall.local(at).date():
        raise DutyOver(_("Tanggal itu sudah lewat: jadwal hari yang lewat tidak diubah."))
    if not duty.falls_on(day):
        raise NotUnderstood(_("Petugas ini tidak dijadwalkan pada hari itu."))
    if substitute is not None:
        _refuse_others_staff(duty.counter, substitute, day)
        _refuse_busy(duty, day, substitute)
    values = {"reason": reason, "note": note.strip()[:160], "substitute": substitute, "noted_at": at}
    absence, _made = Absence.objects.update_or_create(mall_id=duty.mall_id, duty=duty, day=day, defaults=values)
    after = {"day": day, "reason": reason, "substitute": substitute.pk if substitute else None}
    audit.record("absence.noted", f"duty:{duty.pk}", by=by, at=at, reason=note.strip()[:160], after=after)
    return absence


def _refuse_others_staff(counter: Counter, account: Account, day: date) -> None:
    held = Membership.objects.filter(mall=counter.mall_id, account=account).valid_on(day)
    serving = (
        Q(role=Role.MANAGER) | Q(role=Role.OFFICER, agency=None) | Q(role=Role.OFFICER, agency=counter.outlet.agency_id)
    )
    if not held.filter(serving).exists():
        raise NotUnderstood(_("%(name)s bukan petugas loket instansi ini.") % {"name": account.name})


def _refuse_busy(duty: Duty, day: date, substitute: Account) -> None:
    if substitute.pk == duty.account_id:
        raise NotUnderstood(_("Pengganti harus orang lain."))
    others = Duty.objects.filter(mall=duty.mall_id, account=substitute).touching(day, day)
    others = others.filter(starts__lt=duty.ends, ends__gt=duty.starts)
    stands_in = Absence.objects.filter(mall=duty.mall_id, day=day, substitute=substitute).exclude(duty=duty)
    stands_in = stands_in.filter(duty__starts__lt=duty.ends, duty__ends__gt=duty.starts)
    if stands_in.exists() or any(other.falls_on(day) for other in others):
        raise DutyOverlaps(_("%(name)s sudah bertugas di tempat lain pada jam itu.") % {"name": substitute.name})
