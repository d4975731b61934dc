"""When an outlet receives people: its week, and days that differ."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.errors import HoursOfAVan
from pendopo.agencies.models import (
    OpeningException,
    OpeningHours,
    Outlet,
)
from pendopo.agencies.types import Hours
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.tenancy.models import Site


@transaction.atomic
def set_hours(outlet: Outlet, hours: Iterable[Hours], *, at: datetime, by: Who | None = None, reason: str = "") -> None:
    """Replace the weekly opening hours of an outlet; a weekday not named is closed. Raises HoursOfAVan."""
    if outlet.site.kind == Site.Kind.VAN:
        raise HoursOfAVan(_("Kendaraan keliling buka menurut jadwal singgahnya, bukan jam mingguan."))
    OpeningHours.objects.filter(outlet=outlet, mall_id=outlet.mall_id).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(
            mall_id=outlet.mall_id,
            outlet=outlet,
            weekday=day.weekday,
            opens=day.opens,
            closes=day.closes,
            break_from=day.break_from,
            break_until=day.break_until,
            break_name=day.break_name,
        )
        for day in hours
    )
    audit.record("hours.set", f"outlet:{outlet.pk}", by=by, at=at, reason=reason)


@transaction.atomic
def except_day(
    outlet: Outlet,
    day: date,
    *,
    reason: str,
    at: datetime,
    opens: time | None = None,
    closes: time | None = None,
    by: Who | None = None,
) -> OpeningException:
    """Close an outlet on one day, or open it at other hours (also on a holiday), for a reason that all are told."""
    exception, _made = OpeningException.objects.update_or_create(
        mall_id=outlet.mall_id, outlet=outlet, day=day, defaults={"opens": opens, "closes": closes, "reason": reason}
    )
    audit.record("hours.excepted", f"outlet:{outlet.pk}", by=by, at=at, reason=reason)
    return exception
