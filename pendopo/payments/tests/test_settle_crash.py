"""Real processes at once, and `kill -9` at each step: the end is that of the undisturbed run."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.payments.actions import charging, following, refunding, returning, settling, transferring
from pendopo.payments.gateways.snap import TOKENS
from pendopo.payments.models import Charge, Deposit, GatewayNotice, GatewayRefund, Refund, Return, Settlement
from pendopo.payments.tests import make
from pendopo.payments.tests.test_gateway import Stage
from pendopo.payments.types import How, Payment, Sent
from pendopo.queues.tests.crowd import together
from pendopo.tenancy import wall
from tests.killing import Walk

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


def test_two_processes_ask_for_one_refund_once(stage: Stage) -> None:
    found = asked_back(stage)
    granted(found)
    with wall.inside(stage.mall.pk):
        wanted = GatewayRefund.objects.get()
    together([lambda: returning.send(wanted, at=stage.at)] * 3)

    assert stage.gateway.heard.count("qr-mpm-refund") == 1
    assert settled(found)["back"] == 1


# kill -9


def another(stage: Stage) -> Stage:
    """The same mall with another bill: each death meets one of its own."""
    with wall.inside(stage.mall.pk):
        bill = make.bill(make.variant(stage.bill.agency, at=stage.at), stage.officer, at=stage.at)
    return replace(stage, bill=bill)


def paid(stage: Stage) -> Stage:
    """Another bill, whose code somebody has paid."""
    stage = another(stage)
    code(stage)
    stage.gateway.pay(stage.latest().reference)
    return stage


def code(stage: Stage, *, hours: int = 0) -> None:
    """Do what the page and the worker do for whoever wants to pay."""
    at = stage.at + hours * HOUR
    with wall.inside(stage.mall.pk):
        charge = charging.want(stage.bill, by=None, at=at)
    charging.obtain(charge, at=at)


def code_anew(stage: Stage) -> None:
    """The same in a process that has just begun: it holds no token of the gateway."""
    TOKENS._held.clear()
    code(stage)


def asked_anew(stage: Stage) -> None:
    TOKENS._held.clear()
    asked(stage)


def told(stage: Stage) -> None:
    """Let the gateway tell of the payment, under the same number each time."""
    found = stage.gateway.codes[stage.latest().reference]
    status, _said = make.teller(stage.gateway, stage.mall).tell(found, external=f"{stage.bill.pk}")
    assert status == 200


def asked(stage: Stage, *, hours: int = 1) -> None:
    """Let the worker look after what is due."""
    following.follow(stage.mall, at=stage.at + hours * HOUR)


def wait_and_pay(stage: Stage) -> None:
    """Come again for the code later, pay it, and let the gateway tell."""
    code(stage, hours=2)
    asked(stage, hours=3)
    asked(stage, hours=4)
    stage.gateway.pay(stage.latest().reference)
    told(stage)


def at_the_desk(stage: Stage) -> None:
    """Let one write down what the paper says, and another one accept it; whatever was done before is not done again."""
    part = UUID(int=stage.bill.pk)
    paper = Payment(How.DESK, make.FEE, stage.bill.day, f"STS {stage.bill.pk}/XI/2026")
    with wall.inside(stage.mall.pk):
        deposit = settling.record(stage.bill, paper, part=part, by=stage.officer, at=stage.at)
    with wall.inside(stage.mall.pk):
        if not Settlement.objects.filter(deposit=deposit).exists():
            settling.accept(deposit, by=stage.checker, at=stage.at)


def asked_back(stage: Stage) -> Stage:
    """Another bill that a code has settled, and whose money somebody asks back."""
    stage = paid(stage)
    told(stage)
    with wall.inside(stage.mall.pk):
        refunding.ask(stage.bill, reason="Salah layanan", part=UUID(int=stage.bill.pk), by=stage.officer, at=stage.at)
    return stage


def granted(stage: Stage) -> None:
    """Let the second person grant it, if that was not done before."""
    with wall.inside(stage.mall.pk):
        refund = Refund.objects.get(settlement__bill=stage.bill)
        if refund.verdict == Refund.Verdict.WAITING:
            refunding.grant(refund, by=stage.checker, at=stage.at)


def given_back(stage: Stage) -> None:
    """Let the second person grant it, and the worker send it in a process that has just begun."""
    TOKENS._held.clear()
    granted(stage)
    with wall.inside(stage.mall.pk):
        wanted = GatewayRefund.objects.get(refund__settlement__bill=stage.bill)
    returning.send(wanted, at=stage.at)


def given_back_later(stage: Stage) -> None:
    """Decide where nobody has decided yet, and let the worker look after what is due."""
    granted(stage)
    asked(stage, hours=2)


def transferred(stage: Stage) -> Stage:
    """Another bill that was paid at the desk, and whose money is granted to go to an account."""
    stage = another(stage)
    at_the_desk(stage)
    with wall.inside(stage.mall.pk):
        refund = refunding.ask(
            stage.bill, reason="Salah layanan", to=make.ACCOUNT, part=UUID(int=stage.bill.pk), by=stage.officer,
            at=stage.at,
        )  # fmt: skip
        refunding.grant(refund, by=stage.manager, at=stage.at)
    return stage


def by_hand(stage: Stage) -> None:
    """Let one write down the transfer, and another one accept it; whatever was done before is not done again."""
    with wall.inside(stage.mall.pk):
        refund = Refund.objects.get(settlement__bill=stage.bill)
        number = Sent(f"TRF {stage.bill.pk}", stage.bill.day)
        transfer = transferring.record(refund, number, part=UUID(int=stage.bill.pk), by=stage.checker, at=stage.at)
    with wall.inside(stage.mall.pk):
        if not Return.objects.filter(transfer=transfer).exists():
            transferring.accept(transfer, by=stage.manager, at=stage.at)


def settled(stage: Stage) -> dict[str, object]:
    """Return what stands at the end of one bill."""
    with wall.inside(stage.mall.pk):
        charges = Charge.objects.filter(bill=stage.bill)
        acts = Entry.objects.filter(subject=f"bill:{stage.bill.pk}")
        return {
            "settled": Settlement.objects.filter(bill=stage.bill).count(),
            "paid by a code": charges.filter(state="paid").count(),
            "codes that live": charges.filter(state__in=["asked", "open"]).count(),
            "told": sorted(GatewayNotice.objects.filter(charge__in=charges).values_list("verdict", flat=True)),
            "by": list(Deposit.objects.filter(bill=stage.bill).values_list("verdict", flat=True)),
            "acts": acts.filter(action="bill.settled").count(),
            "back": Return.objects.filter(settlement__bill=stage.bill).count(),
            "back at the gateway": [
                each.amount for each in stage.gateway.given_back.values()
                if each.reference in set(charges.values_list("reference", flat=True))
            ],
            "told back": acts.filter(action="refund.returned").count(),
            "granted": acts.filter(action="refund.granted").count(),
        }  # fmt: skip


PARTS = {
    "settle: code": [
        "a code is wanted", "it is taken in hand", "a token is asked for", "the code is asked for", "the code is kept"
    ],
    "settle: told": ["the notification is judged and the bill settled"],
    "settle: asked": [
        "the code is taken in hand again", "a token is asked for", "the gateway is asked",
        "its answer is judged and the bill settled"
    ],
    "settle: desk": ["the evidence is recorded", "somebody else accepts it"],
    "refund: gateway": [
        "the second person grants it", "it is taken in hand", "a token is asked for", "the gateway is asked",
        "its answer is kept"
    ],
    "refund: by hand": ["the transfer is recorded", "somebody else accepts it"],
}  # fmt: skip


def walk(stage: Stage, name: str) -> Walk[Stage]:
    """Return one of the ways of a bill to its receipt."""
    ways: dict[str, tuple[Callable[[], Stage], Callable[[Stage], None], Callable[[Stage], None]]] = {
        "settle: code": (lambda: another(stage), code_anew, wait_and_pay),
        "settle: told": (lambda: paid(stage), told, told),
        "settle: asked": (lambda: paid(stage), asked_anew, lambda stage: asked(stage, hours=2)),
        "settle: desk": (lambda: another(stage), at_the_desk, at_the_desk),
        "refund: gateway": (lambda: asked_back(stage), given_back, given_back_later),
        "refund: by hand": (lambda: transferred(stage), by_hand, by_hand),
    }
    begin, act, go_on = ways[name]
    return Walk(name, begin, act, go_on, settled, PARTS[name])


@pytest.mark.parametrize("name", PARTS)
def test_whoever_is_killed_at_any_step_leaves_what_another_ends(stage: Stage, name: str) -> None:
    end = walk(stage, name).take()

    assert isinstance(end, dict)
    assert (end["settled"], end["acts"], end["codes that live"]) == (1, 1, 0)
    is_refund = name.startswith("refund")
    assert (end["back"], end["told back"], end["granted"]) == ((1, 1, 1) if is_refund else (0, 0, 0))
    assert end["back at the gateway"] == ([make.FEE.rupiah] if name == "refund: gateway" else [])
