"""What the browser finds: the demo mall on a working morning, and the keys and addresses that pages need."""

from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import uuid4

from pendopo.agencies.actions import duty, presence
from pendopo.agencies.actions.duty import When
from pendopo.agencies.models import Absence, Counter
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Service
from pendopo.demo import actions as demo
from pendopo.demo.staff import MANAGER, officer_contact
from pendopo.demo.types import DOMAIN
from pendopo.people.models import Account
from pendopo.queues.actions import attending, calling, checking_in, ruling, serving, sessions, taking, vacancies, vans
from pendopo.queues.actions.taking import Caller
from pendopo.queues.models import CounterQueue, Ticket
from pendopo.queues.queries.doors import door_code
from pendopo.queues.types import Needs, Origin, Outcome, Priority, SessionState, State
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Mall, Site, Zone
from tests.end_to_end import (
    billing,
    deciding,
    files,
    forwarding,
    handing_over,
    holding,
    innovating,
    joining,
    meetings,
    signing,
    telling,
)
from tests.end_to_end.morning import Morning

# A van that stands somewhere whenever the tests run, and who sits in it.
ALL_DAY, ALL_DAYS_QUEUE = "Mobil Sepanjang Hari", "KS"
VANS_OFFICER = f"keliling@{DOMAIN}"
# Queues in which nothing happens but what a test does.
UNTOUCHED = frozenset({"AB", "AC", "R", "S", "T", "X", "Y"})


@dataclass
class Scene:
    """The demo mall, with a ticket in every state, and where things are in it.

    `by_phone` and `at_desk` are a waiting ticket and one of a visit with two; `joined` is the key of the latter.
    Whoever has a number by phone has reported, at the door of `site`.
    `van` is the demo's; `van_now` stands somewhere at any hour, at the counter of its queue. `shift` asks for a duty of
    today.
    """

    mall: Mall
    site: int = 0
    kiosk_token: str = ""
    board_token: str = ""
    tickets: dict[State, str] = field(default_factory=dict)
    by_phone: int = 0
    at_desk: int = 0
    joined: str = ""
    van: int = 0
    van_now: int = 0
    shift: str = ""
    counters: dict[str, Counter] = field(default_factory=dict)
    services: dict[str, str] = field(default_factory=dict)
    queues: dict[str, int] = field(default_factory=dict)
    zones: dict[str, int] = field(default_factory=dict)
    joining: dict[str, int | str] = field(default_factory=dict)
    forwarded: dict[str, int | str] = field(default_factory=dict)

    def login(self, queue: str) -> str:
        """Return how the officer of a queue's first counter signs in."""
        return officer_contact(self.counters[queue].number)


def build(*, at: datetime, visitors: int, shut: frozenset[int] = frozenset(), slower: float = 1.0) -> Scene:
    """Make the demo mall with a morning behind it."""
    mall, _is_new = demo.build(at=at, tell=lambda done, parts: None)
    Morning(mall, at, visitors, UNTOUCHED, shut, slower).play()
    scene = Scene(mall)
    with wall.inside(mall.pk):
        for line in CounterQueue.objects.filter(is_helped=False).select_related("counter__outlet", "queue"):
            scene.counters.setdefault(line.queue.code, line.counter)
            scene.queues[line.queue.code] = line.queue.pk
        scene.zones = dict(Zone.objects.values_list("code", "pk"))
        scene.services = dict(Service.objects.order_by("-pk").values_list("agency__code", "code"))
        zone = Zone.objects.select_related("site").get(code="A")
        scene.site = zone.site_id
        _device, scene.kiosk_token = tenancy.register_device(
            zone.site, kind=Device.Kind.KIOSK, name="Anjungan uji", zone=zone, at=at
        )
        _stop_vans(scene, at)
        _board, scene.board_token = tenancy.register_device(
            zone.site, kind=Device.Kind.BOARD, name="Papan uji", zone=zone, at=at
        )
        # As in a mall of one's own.
        ruling.begin_rules(mall, at=at)
        _bring_to_every_state(scene, at)
        _attend(scene, at)
        manager = actor_of_account(mall, Account.objects.of_contact(MANAGER).get())
        scene.joining = joining.lead_in(mall, by=manager, at=at) | meetings.hold(mall, by=manager, at=at)
        scene.joining |= billing.charge(mall, by=manager, at=at)
        scene.joining |= innovating.innovate(mall, by=manager, at=at)
        scene.joining |= deciding.decide(mall, zone.site, zone, by=manager, at=at)
        scene.joining |= telling.tell(mall, by=manager, at=at)
        holding.hold(mall, by=manager, at=at)
        scene.joining |= signing.let_wait(mall, by=manager, at=at)
        other = Account.objects.of_contact(scene.login("A")).get()
        scene.joining |= files.give(mall, other, by=manager, at=at)
        _put_on_duty(scene, at)
    return scene


def _put_on_duty(scene: Scene, at: datetime) -> None:
    """Let five officers be due all day: one has come, one is stood in for; and look at the counters."""
    manager = actor_of_account(scene.mall, Account.objects.of_contact(MANAGER).get())
    today = scene.mall.local(at).date()
    officers = [Account.objects.of_contact(scene.login(queue)).get() for queue in "ABCDEF"]
    for queue, officer in zip("ABCDE", officers, strict=False):
        when = When(time.min, time.max, day=today)
        (written,) = duty.assign(scene.counters[queue], officer, when, by=manager, at=at)
    scene.shift = f"duty={written.pk}&day={today.isoformat()}"
    sick = Absence.Reason.SICK
    duty.note_absence(written, today, reason=sick, substitute=officers[-1], by=manager, at=at)
    counter = scene.counters["B"]
    presence.witness(
        officers[1], counter.zone.site, agency_id=counter.outlet.agency_id, reason="Uji", by=manager, at=at
    )
    vacancies.watch(scene.mall, at=at)


def _stop_vans(scene: Scene, at: datetime) -> None:
    """Put another van beside the demo's, which stands in one place all day."""
    scene.van = Site.objects.get(kind=Site.Kind.VAN).pk
    brought = [Service.objects.get(code=scene.services[agency]) for agency in ("BPN", "DINSOS")]
    counter = vans.put_on_the_road(scene.mall, name=ALL_DAY, code=ALL_DAYS_QUEUE, services=brought, at=at)
    scene.counters[ALL_DAYS_QUEUE] = counter
    scene.van_now = counter.zone.site_id
    day = scene.mall.local(at).date()
    tenancy.write_stop(counter.zone.site, day=day, opens=time.min, closes=time.max, place="Balai Desa Sukasari", at=at)


def _bring_to_every_state(scene: Scene, at: datetime) -> None:
    """Take a ticket for every state, in the queues of legal aid and of water."""
    aid, water = _desk(scene, "AC", "KEJARI", at), _desk(scene, "R", "PDAM", at)
    scene.tickets[State.CANCELLED] = serving.cancel(aid.take(at), by=None, at=at).key
    scene.tickets[State.ABSENT] = serving.mark_absent(aid.call(at), by=aid.officer, at=at).key
    served = serving.serve(aid.call(at), by=aid.officer, at=at)
    scene.tickets[State.COMPLETED] = serving.complete(served, outcome=Outcome.DONE, by=aid.officer, at=at).key
    manager = actor_of_account(scene.mall, Account.objects.of_contact(MANAGER).get())
    taken_in = serving.serve(aid.call(at), by=aid.officer, at=at)
    scene.forwarded = forwarding.forward(taken_in, aid.officer, by=manager, at=at)
    scene.forwarded |= handing_over.hand_over(scene.mall, by=manager, at=at)
    scene.tickets[State.SERVING] = serving.serve(aid.call(at), by=aid.officer, at=at).key
    scene.tickets[State.WAITING] = aid.take(at).key
    scene.tickets[State.CALLED] = water.call(at).key


def _attend(scene: Scene, at: datetime) -> None:
    """Let the common desk take two numbers for one visitor."""
    manager = actor_of_account(scene.mall, Account.objects.of_contact(MANAGER).get())
    services = [scene.services["DUKCAPIL"], scene.services["DPMPTSP"]]
    needs = Needs(Priority.ELDERLY, wheelchair=True)
    taken = attending.attend(scene.mall, services, request_id=uuid4(), by=manager, at=at, needs=needs)
    scene.at_desk, scene.joined = taken[0].id, taken[0].key
    scene.by_phone = Ticket.objects.get(key=scene.tickets[State.WAITING]).pk


@dataclass(frozen=True)
class _Desk:
    scene: Scene
    counter: Counter
    service: str
    officer: Actor

    def take(self, at: datetime) -> Ticket:
        taken = taking.take(self.scene.mall, self.service, origin=Origin.PHONE, request_id=uuid4(), by=Caller(), at=at)
        ticket = Ticket.objects.get(pk=taken.id)
        code = door_code(self.scene.site, at)
        return checking_in.check_in(ticket, by=Actor(mall=self.scene.mall), at=at, code=code)

    def call(self, at: datetime) -> Ticket:
        self.take(at)
        by = Caller(account_id=self.officer.account_id)
        called = calling.call_next(self.scene.mall, self.counter.pk, by=by, at=at)
        assert called
        return Ticket.objects.get(pk=called.id)


def _desk(scene: Scene, queue: str, agency: str, at: datetime) -> _Desk:
    counter = scene.counters[queue]
    officer = actor_of_account(scene.mall, Account.objects.of_contact(scene.login(queue)).get())
    sessions.set_session(counter, SessionState.OPEN, by=officer, at=at)
    return _Desk(scene, counter, scene.services[agency], officer)
