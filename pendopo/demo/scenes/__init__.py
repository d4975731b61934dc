"""The demo mall on the day of a press report, with the report's figures; `tour.py` has what each says."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.types import Actor
from pendopo.demo.actions import demo_only
from pendopo.demo.scenes import inovasi, kediri, lebaran, menteri, sragen
from pendopo.demo.staff import MANAGER
from pendopo.people.models import Account
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.worktime import actions as worktime

SCENES: dict[str, Callable[[Mall, Actor], None]] = {
    "lebaran": lebaran.play,
    "menteri": menteri.play,
    "inovasi": inovasi.play,
    "kediri": kediri.play,
    "sragen": sragen.play,
}


def play(scene: str, mall: Mall) -> None:
    """Put a demo mall, newly made, on the day of a report. Raises NotADemoMall, KeyError for a scene there is not."""
    demo_only(mall)
    # A demo installation has none yet; what a person decided of one stays.
    worktime.import_holidays(at=timezone.now())
    with wall.inside(mall.pk), transaction.atomic():
        SCENES[scene](mall, actor_of_account(mall, Account.objects.of_contact(MANAGER).get()))
