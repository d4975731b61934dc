"""The mall's own days: closed, or working in spite of a holiday, and nobody is forgotten who counts on them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.reasons import stated
from pendopo.queues.actions import _deciding as deciding
from pendopo.queues.errors import PeopleAffected, PlaceInUse
from pendopo.queues.queries.consequences import day_off
from pendopo.tenancy.models import Mall
from pendopo.worktime import actions as worktime
from pendopo.worktime.models import MallDay


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day as the mall decides it; `name` is what people are told, `basis` the letter behind it."""

    day: date
    is_day_off: bool
    name: str
    basis: str = ""


@transaction.atomic
def decide(mall: Mall, own: OwnDay, *, is_sure: bool, reason: str, by: Actor, at: datetime) -> MallDay:
    """Close a mall on a day, or let it work in spite of a holiday.

    Raises NotAllowed unless the manager decides, ReasonMissing, NotUnderstood for a day that is over, PlaceInUse for
    today while people wait, PeopleAffected unless `is_sure` when somebody counts on the day.
    """
    deciding.refuse_others(by, _("Hanya pengelola MPP yang dapat mengubah kalender."))
    reason = stated(reason)
    _refuse_past(mall, own.day, at)
    if own.is_day_off:
        found = day_off(mall, own.day, at)
        if found.waiting:
            told = {"count": found.waiting}
            raise PlaceInUse(
                _("Hari ini masih ada %(count)d orang yang menunggu. Pakai “Tutup hari ini” untuk mereka.") % told
            )
        if found.is_felt and not is_sure:
            raise PeopleAffected(_("Ada yang mengandalkan hari itu. Baca akibatnya di bawah, lalu tegaskan."))
    return worktime.set_mall_day(
        mall, own.day, is_day_off=own.is_day_off, name=own.name, basis=own.basis, reason=reason, at=at, by=by
    )


@transaction.atomic
def take_back(mall: Mall, day: date, *, reason: str, by: Actor, at: datetime) -> None:
    """Let the law decide again about a day that is still to come.

    Raises NotAllowed unless the manager decides, ReasonMissing, NotUnderstood for a day that is over, NotFound.
    """
    deciding.refuse_others(by, _("Hanya pengelola MPP yang dapat mengubah kalender."))
    reason = stated(reason)
    _refuse_past(mall, day, at)
    worktime.remove_mall_day(mall, day, reason=reason, at=at, by=by)


def _refuse_past(mall: Mall, day: date, at: datetime) -> None:
    if day < mall.local(at).date():
        raise NotUnderstood(_("Hari itu sudah lewat: catatannya tetap seperti terjadi."))
