"""The request as views and operations of a mall see it, and who may use an operation of the API."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor, Role
from pendopo.kernel.crypto import Bearer
from pendopo.kernel.errors import NotAllowed, NotSignedIn, NotUnderstood
from pendopo.tenancy.models import Mall

# Holds the token of a browser that is a kiosk or board.
DEVICE_COOKIE = "pendopo_device"


class Request(HttpRequest):
    """A request after the middleware: `actor` always, `mall` where the URL names one.

    `bearer` is what a valid token says, before anybody asked whether it was revoked.
    """

    mall: Mall
    actor: Actor
    bearer: Bearer | None


# Each operation of the API names one of these as its `auth`.


def everybody(request: Request) -> bool:
    """Let everybody in; a token that was sent has been checked all the same."""
    return True


def bearer(request: Request) -> bool:
    """Ask for any token of this mall; the operation's SQL function checks what it may do."""
    if request.bearer is None:
        raise NotSignedIn(_("Masuk dahulu: kirim token sebagai “Authorization: Bearer …”."))
    return True


def officer(request: Request) -> bool:
    """Let in whoever works at counters: officers and managers."""
    if request.actor.account is None:
        raise NotSignedIn(_("Masuk dahulu: kirim token sebagai “Authorization: Bearer …”."))
    if not request.actor.has(Role.OFFICER, Role.MANAGER):
        raise NotAllowed(_("Hanya petugas loket yang dapat melakukan ini."))
    return True


def decider(request: Request) -> Actor:
    """Return who decides about settings. Raises NotAllowed for whoever may only read them, as the head."""
    if not request.actor.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat mengubah ini."))
    return request.actor


# Which day or month a page is about.


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month: its first and last day."""

    first: date
    last: date

    @property
    def before(self) -> date:
        """A day of the month before."""
        return self.first - timedelta(days=1)

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return self.last + timedelta(days=1)


def todays_date(request: Request) -> date:
    """Return the day that it is in the mall."""
    return request.mall.local(timezone.now()).date()


def asked_day(request: Request) -> date:
    """Return the day of the address, today without one. Raises NotUnderstood."""
    text = request.GET.get("day", "")
    return read_day(text) if text else todays_date(request)


@dataclass(frozen=True, slots=True)
class Seen:
    """As of when a page is read: now, or the end of an earlier day (`on`)."""

    at: datetime
    day: date
    on: date | None

    @property
    def query(self) -> str:
        """What asks for the same day again; empty for now."""
        return f"on={self.on.isoformat()}" if self.on else ""


def seen_on(request: Request) -> Seen:
    """Return as of when the address asks (`?on=2026-11-16`); now without, and for today. Raises NotUnderstood."""
    at, today = timezone.now(), todays_date(request)
    text = request.GET.get("on", "")
    day = read_day(text) if text else today
    if day > today:
        raise NotUnderstood(_("Hari itu belum tiba. Pilih hari ini atau hari sebelumnya."))
    if day == today:
        return Seen(at, today, None)
    return Seen(datetime.combine(day, time.max, request.mall.zone), day, day)


def read_day(text: str) -> date:
    """Return the day that was written as 2026-11-16. Raises NotUnderstood."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotUnderstood(_("Tanggal tidak dikenal. Tulis seperti 2026-11-16.")) from error
    if not 2000 <= day.year < 2100:
        raise NotUnderstood(_("Tanggal tidak dikenal. Tulis seperti 2026-11-16."))
    return day


def asked_month(request: Request) -> Month:
    """Return the month of the address (2026-11), this one without. Raises NotUnderstood."""
    text = request.GET.get("month", "")
    try:
        day = date.fromisoformat(f"{text}-01") if text else todays_date(request).replace(day=1)
    except ValueError as error:
        raise NotUnderstood(_("Bulan tidak dikenal. Tulis seperti 2026-11.")) from error
    if not 2000 <= day.year < 2100:
        raise NotUnderstood(_("Bulan tidak dikenal. Tulis seperti 2026-11."))
    return Month(day, (day + timedelta(days=32)).replace(day=1) - timedelta(days=1))
