"""A meeting in each of its states, made by the module's own actions."""

from datetime import datetime, timedelta

from django.utils import timezone

from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor
from pendopo.meetings.actions import holding, planning
from pendopo.meetings.models import Decision, Meeting

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
POINT = "Loket kosong sesudah istirahat"


def planned(place: Place, by: Actor, *, title: str = "Rapat bulanan", starts_in: timedelta = -HOUR) -> Meeting:
    """Plan a meeting with one point, to which the agency is invited."""
    at = timezone.now()
    meeting = planning.plan_meeting(
        place.mall, title=title, starts_at=at + starts_in, place="Ruang rapat", chair="Rini Wulandari, Sekretaris Kota",
        by=by, at=at,
    )  # fmt: skip
    planning.add_point(meeting, title=POINT, owner="DPMPTSP", by=by, at=at)
    planning.invite(meeting, agency=place.agency, by=by, at=at)
    return meeting


def sent(place: Place, by: Actor, *, title: str = "Rapat bulanan", starts_in: timedelta = -HOUR) -> Meeting:
    """Plan a meeting and send its agenda."""
    return planning.send_agenda(planned(place, by, title=title, starts_in=starts_in), by=by, at=timezone.now())


def decided(meeting: Meeting, place: Place, by: Actor, *, words: str = "Loket dijaga bergantian") -> Decision:
    """Decide something for the agency, due in a week."""
    at = timezone.now()
    due_on = place.mall.local(at).date() + 7 * DAY
    return holding.decide(meeting, words=words, agency=place.agency, due_on=due_on, by=by, at=at)


def later(days: int) -> datetime:
    """Return a moment so many days from now."""
    return timezone.now() + days * DAY
