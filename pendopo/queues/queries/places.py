"""What is left of a service's places today, as everybody is told it: by phone, at the kiosk, at the desk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendopo.agencies.queries.opening import Opening, openings
from pendopo.kernel.dates import near_day
from pendopo.tenancy.models import Mall

# A page asks once for all that it shows; services without rules cost an index look-up and are left out.
PLACES = """
WITH asked AS (
  SELECT v.id, v.code FROM catalogue_variant v WHERE v.mall_id = %(mall)s AND v.code = ANY(%(codes)s)
  UNION
  SELECT v.id, s.code FROM catalogue_service s
  JOIN catalogue_variant v ON v.mall_id = s.mall_id AND v.service_id = s.id AND v.position = 1
  WHERE s.mall_id = %(mall)s AND s.code = ANY(%(codes)s)
), placed AS (
  SELECT DISTINCT ON (asked.code) asked.code, v.id AS variant, v.service_id AS service, f.site_id AS site,
    f.outlet_id AS outlet, (%(at)s AT TIME ZONE m.timezone) AS here, (%(at)s AT TIME ZONE m.timezone)::date AS day
  FROM asked
  JOIN catalogue_variant v ON v.mall_id = %(mall)s AND v.id = asked.id
  JOIN tenancy_mall m ON m.id = v.mall_id
  JOIN catalogue_offering f ON f.mall_id = v.mall_id AND f.service_id = v.service_id AND f.status <> 'not'
  JOIN queues_queueservice qs ON qs.mall_id = v.mall_id AND qs.service_id = v.service_id AND qs.site_id = f.site_id
  JOIN tenancy_site t ON t.mall_id = v.mall_id AND t.id = f.site_id
  ORDER BY asked.code, t.position, f.site_id
), today AS (
  SELECT p.code, p.variant, p.service, p.site, p.outlet, p.day, p.here::time AS clock, e.name AS event,
    e.id IS NOT NULL OR w.weekdays IS NULL OR w.weekdays & (1 << extract(isodow FROM p.day)::int - 1) > 0 AS is_given,
    coalesce(d.total, r.total) AS total, coalesce(d.taken, 0) AS taken,
    CASE WHEN d.id IS NULL THEN r.phone_total ELSE d.phone_total END AS phone_total,
    coalesce(d.taken_by_phone, 0) AS taken_by_phone,
    CASE WHEN d.id IS NULL THEN r.released_at ELSE d.released_at END AS released_at,
    coalesce(d.closes_minutes, r.closes_minutes, 0) AS closes_minutes, w.weekdays
  FROM placed p
  LEFT JOIN queues_eventday e
    ON e.mall_id = %(mall)s AND e.service_id = p.service AND e.site_id = p.site AND e.day = p.day
  LEFT JOIN queues_quotaday d
    ON d.mall_id = %(mall)s AND d.service_id = p.service AND d.site_id = p.site AND d.day = p.day
  LEFT JOIN LATERAL (
    SELECT r.total, r.phone_total, r.released_at, r.closes_minutes FROM queues_quotarule r
    WHERE r.mall_id = %(mall)s AND r.service_id = p.service AND r.site_id = p.site
      AND (r.day = p.day OR (r.day IS NULL AND (r.weekday IS NULL OR r.weekday = extract(isodow FROM p.day)::int)))
    ORDER BY r.day IS NULL, r.weekday IS NULL LIMIT 1
  ) AS r ON true
  LEFT JOIN LATERAL (
    SELECT s.weekdays FROM queues_servicedays s
    WHERE s.mall_id = %(mall)s AND s.service_id = p.service AND s.site_id = p.site
      AND (s.variant_id = p.variant OR s.variant_id IS NULL)
    ORDER BY s.variant_id IS NULL LIMIT 1
  ) AS w ON true
)
SELECT t.code, t.day, t.is_given, t.total, t.taken, t.phone_total, t.taken_by_phone, t.released_at, t.clock,
  coalesce(t.event, ''),
  CASE WHEN t.is_given AND t.taken < coalesce(t.total, t.taken + 1) THEN NULL
    ELSE queues_next_day(%(mall)s, t.service, t.variant, t.site, t.outlet, t.day) END,
  t.closes_minutes, t.outlet
FROM today t
WHERE t.total IS NOT NULL OR t.weekdays IS NOT NULL OR t.event IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Places:
    """A service's places today; `total` is None where it is not limited. `next_day`: when it is given again."""

    code: str
    day: date
    is_given: bool
    total: int | None
    taken: int
    phone_total: int | None
    taken_by_phone: int
    released_at: time | None
    clock: time
    event: str
    next_day: date | None
    is_cut_off: bool
    by_phone: bool

    @property
    def left(self) -> int | None:
        """How many whoever asks may still take; None: as many as come."""
        if self.total is None:
            return None
        left = self.total - self.taken
        return left if self._phones_left is None else min(left, self._phones_left)

    @property
    def can_take(self) -> bool:
        """Whether a number is given now, as far as places and days decide it."""
        return self.is_given and not self.is_cut_off and (self.left is None or self.left > 0)

    @property
    def text(self) -> str:
        """What is told: how many are left, or why none and when there are again; empty where nothing is limited."""
        if not self.is_given:
            return _("Hari ini tidak ada%(again)s") % self._again
        if self.total == 0:
            return _("Hari ini tidak memberi nomor%(again)s") % self._again
        if self.total is not None and self.taken >= self.total:
            return _("Jatah hari ini habis%(again)s") % self._again
        if self.is_cut_off:
            return _("Nomor hari ini sudah ditutup")
        if self.left is None:
            return self.event
        if self.left <= 0 and self.released_at:
            return _("Jatah ponsel habis; sisanya dibuka pukul %(hour)s") % {"hour": self.released_at.strftime("%H.%M")}
        if self.left <= 0:
            return _("Jatah ponsel habis; ambil nomor di MPP")
        told = {"left": self.left, "total": self.total}
        words = ngettext("Sisa %(left)d dari %(total)d tempat", "Sisa %(left)d dari %(total)d tempat", self.left) % told
        return f"{self.event}: {words}" if self.event else words

    @property
    def _phones_left(self) -> int | None:
        is_released = self.released_at is not None and self.clock >= self.released_at
        if not self.by_phone or self.phone_total is None or is_released:
            return None
        return max(self.phone_total - self.taken_by_phone, 0)

    @property
    def _again(self) -> dict[str, str]:
        if self.next_day is None:
            return {"again": ""}
        return {"again": _("; lagi %(day)s") % {"day": near_day(self.next_day, self.day)}}


def places_of(mall: Mall, codes: Collection[str], at: datetime, *, by_phone: bool) -> dict[str, Places]:
    """Return today's places of those services (or cases) that have any limit, by the code asked for, in one query.

    A second one asks for the hours where numbers end before them.

    `by_phone`: as whoever takes by phone sees them. Stand inside the mall.
    """
    if not codes:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(PLACES, {"mall": mall.pk, "codes": list(codes), "at": at})
        rows = cursor.fetchall()
    # Hours are asked for only where numbers end before them.
    hours = openings(mall, at) if any(row[-2] for row in rows) else {}
    found = {}
    for *told, clock, event, next_day, minutes, outlet in rows:
        is_cut_off = _is_cut_off(hours.get(outlet), clock, minutes)
        found[told[0]] = Places(*(*told, clock, event, next_day, is_cut_off, by_phone))
    return found


def _is_cut_off(hours: Opening | None, clock: time, minutes: int) -> bool:
    """Whether numbers have ended so many minutes before closing time. A break's end is not the day's."""
    if not minutes or hours is None or hours.state != "open" or hours.until is None:
        return False
    return _minutes(clock) >= _minutes(hours.until) - minutes


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
