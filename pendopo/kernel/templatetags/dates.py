from datetime import date, datetime

from django import template
from django.utils import timezone

from pendopo.kernel import dates

register = template.Library()


@register.filter
def moment(at: datetime | None, zone: str) -> str:
    """Write `{{ ticket.taken_at|moment:mall.timezone }}` in full; nothing for None."""
    return dates.moment(at, zone) if at else ""


@register.filter
def day(at: datetime | date | None, zone: str) -> str:
    """Write a day in full; nothing for None."""
    return dates.day(at, zone) if at else ""


@register.filter
def short_day(day: date | None) -> str:
    """Write a day as tables hold it; nothing for None."""
    return dates.short_day(day) if day else ""


@register.filter
def month(day: date | None) -> str:
    """Write the month of a day; nothing for None."""
    return dates.month(day) if day else ""


@register.filter
def clock(at: datetime | None, zone: str) -> str:
    """Write a time with its zone; nothing for None."""
    return dates.clock(at, zone) if at else ""


@register.filter
def hour(at: datetime | None, zone: str) -> str:
    """Write a time alone; nothing for None."""
    return dates.hour(at, zone) if at else ""


@register.filter
def minutes(seconds: float | None) -> str:
    """Write seconds as a length of time; nothing for None."""
    return "" if seconds is None else dates.minutes(seconds)


@register.filter
def since(at: datetime | None) -> str:
    """Write how long ago a moment was; nothing for None."""
    return dates.minutes((timezone.now() - at).total_seconds()) if at else ""


@register.filter
def working_days(count: int | None) -> str:
    """Write a number of working days; nothing for None."""
    return "" if count is None else dates.working_days(count)


@register.simple_tag
def present() -> datetime:
    """Give the present moment, the first state of a clock: `{% present as at %}`."""
    return timezone.now()


@register.filter
def weekday(number: int) -> str:
    """Write the name of an ISO weekday: Monday is 1."""
    return dates.weekday_name(number)
