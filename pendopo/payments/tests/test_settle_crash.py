"""Real processes at once, and one that dies at each step: the end is that of the undisturbed run."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.payments.actions import charging, following, noticing
from pendopo.payments.models import Charge, GatewayNotice, Settlement
from pendopo.payments.tests import make
from pendopo.payments.tests.test_gateway import Stage
from pendopo.queues.tests.crowd import together
from pendopo.tenancy import wall

pytestmark = pytest.mark.usefixtures("committed")
HOUR = timedelta(hours=1)


@pytest.fixture
def stage(committed: None) -> Iterator[Stage]:
    """A mall whose rows are committed, as other processes see them."""
    at = timezone.now()
    place = agencies.place()
    officer = agencies.staff(place.mall, agency=place.agency)
    checker = agencies.staff(place.mall, Role.BACK_OFFICE, agency=place.agency)
    manager = agencies.staff(place.mall, Role.MANAGER)
    with make.gateway().running() as gateway:
        with wall.inside(place.mall.pk):
            make.merchant(place.mall, gateway, manager, at=at)
            bill = make.bill(make.variant(place.agency, at=at), officer, at=at)
        yield Stage(place.mall, officer, checker, manager, bill, gateway, at)


def end(stage: Stage) -> tuple[object, ...]:
    """What stands at the end: settlements, receipts, codes that live, codes that were paid."""
    with wall.inside(stage.mall.pk):
        return (
            list(Settlement.objects.values_list("position", "deposit", "bill")),
            Charge.objects.filter(state__in=["asked", "open"]).count(),
            Charge.objects.filter(state="paid").count(),
        )


def test_many_notifications_of_one_payment_at_once_settle_it_once(stage: Stage) -> None:
    stage.code()
    code = stage.gateway.pay(stage.latest().reference)
    teller = make.teller(stage.gateway, stage.mall)
    answers: list[int] = []

    def tell(external: str) -> Callable[[], None]:
        return lambda: answers.append(teller.tell(code, external=external)[0])

    # The same notification three times, three others of the same payment, and somebody who asks.
    later = stage.at + HOUR
    acts = [tell("7"), tell("7"), tell("7"), *(tell(str(each)) for each in range(10, 13))]
    together([*acts, lambda: following.follow(stage.mall, at=later)])

    assert answers == [200] * 6
    assert end(stage) == ([(1, None, stage.bill.pk)], 0, 1)
    with wall.inside(stage.mall.pk):
        assert GatewayNotice.objects.filter(external="7").count() == 1


def test_two_processes_ask_for_one_code_once(stage: Stage) -> None:
    with wall.inside(stage.mall.pk):
        charge = charging.want(stage.bill, by=None, at=stage.at)
    together([lambda: charging.obtain(charge, at=stage.at)] * 3)

    assert stage.gateway.heard.count("qr-mpm-generate") == 1
    assert stage.latest().state == "open"


def test_a_payment_told_before_our_own_answer_came_settles(stage: Stage) -> None:
    stage.gateway.loses = 1
    charge = stage.code()
    assert charge.state == "asked"
    make.teller(stage.gateway, stage.mall).tell(stage.gateway.pay(charge.reference))

    following.follow(stage.mall, at=stage.at + HOUR)
    assert end(stage) == ([(1, None, stage.bill.pk)], 0, 1)


# Where a process is killed, as the server sees it: its connection ends before what it did is committed.
STEPS = {
    "after the wish": ("charging", "_claimed"),
    "after the gateway made the code": ("charging", "_opened"),
    "while the notification is judged": ("noticing", "_verdict"),
    "while the bill is settled": ("noticing", "settle"),
}


@pytest.mark.parametrize("step", STEPS)
def test_whoever_dies_at_any_step_leaves_what_another_ends(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    module, name = STEPS[step]
    where = {"charging": charging, "noticing": noticing}[module]

    def dies(*args: object, **kwargs: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    def run(at_hours: int) -> None:
        at = stage.at + at_hours * HOUR
        with wall.inside(stage.mall.pk):
            charge = charging.want(stage.bill, by=None, at=at)
        charging.obtain(charge, at=at)
        following.follow(stage.mall, at=at + HOUR / 2)
        following.follow(stage.mall, at=at + HOUR)
        make.teller(stage.gateway, stage.mall).tell(stage.gateway.pay(stage.latest().reference), external="1")

    with monkeypatch.context() as patched:
        patched.setattr(where, name, dies)
        try:
            run(0)
        except (OperationalError, ValueError):
            # To the gateway it is an answer of 503, without a word of SNAP in it.
            pass
        finally:
            connection.close()
    if not end(stage)[0]:
        run(2)

    assert end(stage) == ([(1, None, stage.bill.pk)], 0, 1)
