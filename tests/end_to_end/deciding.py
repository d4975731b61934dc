"""A mall whose manager has decided: a zone, devices, a calendar, a day of its own, lines of the boards, its look."""

from datetime import datetime, time, timedelta

from pendopo.agencies.actions import brand
from pendopo.agencies.types import Actor
from pendopo.inspections.tests.make import png
from pendopo.queues.actions import mall_days
from pendopo.queues.actions.mall_days import OwnDay
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy.actions import looks
from pendopo.tenancy.models import Device, Mall, Site, Zone
from pendopo.worktime import actions as worktime
from pendopo.worktime.types import Hours

ACCENT = "#8a1538"


def decide(mall: Mall, site: Site, zone: Zone, *, by: Actor, at: datetime, word: str = "") -> dict[str, int | str]:
    """Decide something of every kind of settings; return what their pages are about. `word` stands in all of it."""
    reason, account = f"Rapat koordinasi {word}", by.account_id
    second = tenancy.add_zone(
        site, code="UJI", name=f"Lantai uji {word}"[:80], reason=reason, at=at, account_id=account
    )
    board, _token = tenancy.register_device(
        site,
        kind=Device.Kind.BOARD,
        name=f"Papan pindahan {word}"[:80],
        zone=zone,
        reason=reason,
        at=at,
        account_id=account,
    )
    tenancy.let_speak(board, reason=reason, at=at, account_id=account)
    week = [Hours(weekday, time(7, 30), time(16), time(12), time(13)) for weekday in range(1, 6)]
    calendar = worktime.make_calendar(
        mall, name=f"Kantor {word}"[:80], hours=week, is_default=True, by=by, reason=reason, at=at
    )
    day = mall.local(at).date() + timedelta(days=40)
    own = OwnDay(day, is_day_off=True, name=f"Hari jadi {word}", basis=f"Surat edaran {word}")
    mall_days.decide(mall, own, is_sure=True, by=by, reason=reason, at=at)
    lines = [{"id": f"Parkir di lantai dasar {word}", "en": f"Parking {word}", "from": "", "until": ""}]
    looks.write_ticker(mall, lines, known=[], reason=reason, at=at, account_id=account)
    look = looks.Look(mall.name, mall.government, ACCENT)
    brand.dress(mall, look, picture=png(64), by=by, reason=reason, at=at)
    return {
        "zone": second.pk, "site": site.pk, "device": board.pk, "calendar": calendar.pk, "own_day": day.isoformat(),
    }  # fmt: skip
