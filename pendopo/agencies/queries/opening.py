"""Whether outlets are open, why not, and until when."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection
from django.utils.translation import gettext as _

from pendopo.kernel.dates import day_and_month
from pendopo.tenancy.models import Mall

LAST_DAY = re.compile(r" \(s\.d\. (?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})\)$")


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether an outlet receives people now, why not, and until when; `day` is the mall's own date."""

    state: str
    reason: str
    label: str
    until: time | None
    day: date

    @property
    def is_open(self) -> bool:
        """Whether tickets are given now (also during a break)."""
        return self.state != "closed"

    @property
    def text(self) -> str:
        """The one sentence told on kiosk, console, board and phone."""
        return opening_text(self.state, self.reason, self.label, self.until)


def opening_text(state: str, reason: str, label: str, until: time | None) -> str:
    """Say in words why an outlet is open or not: "Istirahat Jumat sampai 13.00"."""
    clock = until.strftime("%H.%M") if until else ""
    if reason == "closing" and until:
        return rest_text(label, clock)
    if state == "open":
        # A day that ends at midnight has no closing time to tell.
        return _("Buka 24 jam") if until and until >= time(23, 59) else _("Buka sampai %(time)s") % {"time": clock}
    if reason == "break":
        return rest_text(label or _("Istirahat"), clock)
    if reason == "before":
        return _("Buka pukul %(time)s") % {"time": clock}
    if reason == "after":
        return _("Sudah tutup hari ini")
    if reason == "closing":
        label = _with_day(label)
    if reason == "weekday":
        return _("Tidak buka pada hari ini")
    return _("Tutup: %(reason)s") % {"reason": label}


def _with_day(label: str) -> str:
    """Write the day until which a closing lasts as the reader's language does: the database adds " (s.d. 24/11)"."""
    found = LAST_DAY.search(label)
    if found is None:
        return label
    told = {"reason": label[: found.start()], "day": day_and_month(int(found["day"]), int(found["month"]))}
    return _("%(reason)s (s.d. %(day)s)") % told


def rest_text(reason: str, clock: str) -> str:
    """Say why nobody is received for a while, and until when if that was told: "Rapat sampai 11.00"."""
    return _("%(break)s sampai %(time)s") % {"break": reason, "time": clock} if clock else reason


def opening(mall: Mall, outlet_id: int, at: datetime) -> Opening:
    """Return whether an outlet receives people at a moment, by the same function that gives tickets."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, reason, label, until, day FROM agencies_opening(%s, %s, %s)", [mall.pk, outlet_id, at]
        )
        state, reason, label, until, day = cursor.fetchone()
    return Opening(state, reason, label, until, day)


def openings(mall: Mall, at: datetime) -> dict[int, Opening]:
    """Return the same for every outlet of a mall, in one query, by outlet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id, x.state, x.reason, x.label, x.until, x.day FROM agencies_outlet o"
            " CROSS JOIN LATERAL agencies_opening(o.mall_id, o.id, %s) x WHERE o.mall_id = %s",
            [at, mall.pk],
        )
        return {row[0]: Opening(*row[1:]) for row in cursor.fetchall()}


def closing_hours(mall: Mall, at: datetime) -> dict[int, datetime]:
    """Return when each outlet of a mall receives people for the last time today; one that never closes lacks.

    That is its closing hour, or the closing told ahead that lasts beyond it. One query.
    """
    here = mall.local(at)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id, d.closes, (SELECT min(c.starts_at) FROM agencies_closing c"
            "   WHERE c.mall_id = o.mall_id AND c.outlet_id = o.id AND c.counter_id IS NULL AND c.starts_at > %(at)s"
            "     AND c.starts_at < d.closes AND c.ends_at >= d.closes)"
            " FROM agencies_outlet o"
            " LEFT JOIN agencies_openingexception x ON x.mall_id = o.mall_id AND x.outlet_id = o.id AND x.day = %(day)s"
            " LEFT JOIN agencies_openinghours h"
            "   ON h.mall_id = o.mall_id AND h.outlet_id = o.id AND h.weekday = %(weekday)s"
            " CROSS JOIN LATERAL ("
            "   SELECT (%(day)s + coalesce(x.closes, h.closes)) AT TIME ZONE %(zone)s AS closes) d"
            " WHERE o.mall_id = %(mall)s AND coalesce(x.closes, h.closes) < time '23:59'",
            {
                "mall": mall.pk, "at": at, "day": here.date(), "weekday": here.isoweekday(), "zone": str(mall.zone),
            },
        )  # fmt: skip
        return {outlet: sooner or closes for outlet, closes, sooner in cursor.fetchall()}
