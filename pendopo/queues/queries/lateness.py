"""Whether somebody who comes now would be called only after closing: said before they take a number."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from pendopo.agencies.queries.opening import closing_hours
from pendopo.queues.queries import waits
from pendopo.queues.waiting.simulation import WaitRange
from pendopo.tenancy.models import Mall


def late_warnings(mall: Mall, outlets: Mapping[str, int], at: datetime) -> dict[str, str]:
    """Return a warning for each service (with its outlet) whose estimate passes closing time.

    Who reads it chooses: a number is given all the same, and who holds one is served. Stand inside the mall.
    """
    closes = closing_hours(mall, at)
    today = [service for service, outlet in outlets.items() if outlet in closes and closes[outlet] > at]
    told = waits.estimates_of_services(mall, today, at)
    warned = {}
    for service, wait in told.items():
        closing = closes[outlets[service]]
        if at + timedelta(minutes=wait.high) > closing:
            warned[service] = _warning(mall, wait, closing, at)
    return warned


def late_warning(mall: Mall, service_code: str, outlet_id: int, at: datetime) -> str:
    """Return the warning for one service, empty where none is due."""
    return late_warnings(mall, {service_code: outlet_id}, at).get(service_code, "")


def _warning(mall: Mall, wait: WaitRange, closes: datetime, at: datetime) -> str:
    words = {"wait": waits.wait_text(wait.low, wait.high), "time": mall.local(closes).strftime("%H.%M")}
    if at + timedelta(minutes=wait.low) > closes:
        return (
            _(
                "%(wait)s: melewati jam tutup pukul %(time)s. Anda boleh tetap mengambil nomor, "
                "atau datang lebih awal pada hari lain."
            )
            % words
        )
    return (
        _(
            "%(wait)s: mungkin melewati jam tutup pukul %(time)s. Anda boleh tetap mengambil nomor, "
            "atau datang lebih awal pada hari lain."
        )
        % words
    )
