"""The demo mall on the day of a press report, with the report's figures; `tour.py` has what each says."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.audit.models import Entry
from pendopo.demo.actions import demo_only
from pendopo.demo.scenes import inovasi, kediri, lebaran, menteri, sragen
from pendopo.demo.staff import MANAGER
from pendopo.people.models import Account
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

SCENES: dict[str, Callable[[Mall, Actor], None]] = {
    "lebaran": lebaran.play,
    "menteri": menteri.play,
    "inovasi": inovasi.play,
    "kediri": kediri.play,
    "sragen": sragen.play,
}
PLAYED, SUBJECT = "demo.scene_played", "scene:"


def play(scene: str, mall: Mall) -> None:
    """Put a demo mall, newly made, on the day of a report. Raises NotADemoMall, KeyError for a scene there is not."""
    demo_only(mall)
    with wall.inside(mall.pk), transaction.atomic():
        by = actor_of_account(mall, Account.objects.of_contact(MANAGER).get())
        SCENES[scene](mall, by)
        audit.record(PLAYED, f"{SUBJECT}{scene}", by=by, at=timezone.now())


def standing_on(mall: Mall) -> str:
    """Return the scene on whose day a demo mall stands; empty: on today."""
    with wall.inside(mall.pk):
        played = Entry.objects.filter(mall=mall, action=PLAYED).order_by("-pk").values_list("subject", flat=True)
        return (played.first() or "").removeprefix(SUBJECT)
