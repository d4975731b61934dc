"""Malls for the states of screens: one with nothing yet, one where nobody comes, one with too much, in long words."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.utils import timezone

from pendopo.agencies.actions import duty, founding, memberships, opening_hours
from pendopo.agencies.actions.duty import When
from pendopo.agencies.models import Counter, Outlet
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.tests.make import ALWAYS
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions import publishing, writing
from pendopo.catalogue.actions.writing import Case, Price
from pendopo.catalogue.models import Service
from pendopo.demo.types import PASSWORD
from pendopo.innovations.actions import competing
from pendopo.people import actions as people
from pendopo.people.models import Account
from pendopo.queues.actions import (
    attending,
    calling,
    helping,
    lines,
    quotas,
    serving,
    sessions,
    taking,
    vacancies,
    vans,
)
from pendopo.queues.actions.quotas import Places
from pendopo.queues.actions.taking import Caller, Taken
from pendopo.queues.models import HelpCall, Queue, Ticket
from pendopo.queues.queries.desks import open_ticket_at
from pendopo.queues.types import Needs, Origin, Outcome, Priority, SessionState
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Mall, Site
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

BARE, IDLE, FULL = "bare-uji", "idle-uji", "full-uji"
COUNTERS, WAITING, AGENCIES = 60, 200, 12
# A word that no line of a phone holds, and names as long as they may be.
WORD = "Dispendukcapilpermadesbangpolinmaskeluargaberencana"
AGENCY = (
    f"Dinas {WORD} Kependudukan, Pencatatan Sipil, Pemberdayaan Perempuan, Pelindungan Anak, dan Pengendalian Penduduk"
)
SERVICE = (
    f"Penerbitan surat keterangan pertanggungjawaban {WORD} bagi warga negara Indonesia yang bertempat tinggal di luar "
    "wilayah kabupaten"
)
PAPER = f"Surat pernyataan {WORD} bermeterai yang ditandatangani dua orang saksi"


@dataclass
class Halls:
    """The malls, who works in them, and the addresses of what is in them."""

    malls: tuple[Mall, ...]
    manager: str
    officer: str
    addresses: dict[str, object]


def build() -> Halls:
    """Make the three malls; one manager and one officer work in all of them."""
    at = timezone.now()
    names = ["manager", *(f"officer-{number}" for number in range(1, COUNTERS + 1))]
    accounts = [
        people.open_account(f"{name}@keadaan.test", name=f"Nyi {WORD}", password=None, is_test=True, at=at)
        for name in names
    ]
    people.share_password(accounts, PASSWORD, at=at)
    built = [
        _Bare(_found(BARE, "MPP Kosong", at), accounts, at),
        _Idle(_found(IDLE, "MPP Sepi", at), accounts, at),
        _Full(_found(FULL, f"MPP {WORD} Raya", at), accounts, at),
    ]
    addresses: dict[str, object] = {}
    for each in built:
        with wall.inside(each.mall.pk):
            addresses |= each.build()
    return Halls(tuple(each.mall for each in built), accounts[0].contact, accounts[1].contact, addresses)


def _found(slug: str, name: str, at: datetime) -> Mall:
    # People have waited for an hour and a half: where it is past midnight in the west it is later in the east.
    zone = Mall.Zone.WIT if at.astimezone(ZoneInfo(Mall.Zone.WIB)).hour < 2 else Mall.Zone.WIB
    return tenancy.found_mall(
        slug, name=name, government=f"Pemerintah Kabupaten {WORD}", at=at, is_demo=True, timezone=zone
    )


@dataclass
class _Bare:
    """A mall on the day on which it is set up: a building, and who manages it."""

    mall: Mall
    accounts: list[Account]
    at: datetime

    def build(self) -> dict[str, object]:
        self.site = tenancy.add_site(self.mall, name=f"Gedung {self.mall.name}"[:120], at=self.at)
        self.zone = tenancy.add_zone(self.site, code="A", name=f"Lantai {self.mall.name}"[:80], at=self.at)
        memberships.grant(self.accounts[0], self.mall, Role.MANAGER, at=self.at)
        return {self.mall.slug.partition("-")[0]: self.mall.slug}

    def agency(self, code: str, name: str, short_name: str) -> Outlet:
        agency = founding.add_agency(self.mall, code=code, name=name, short_name=short_name, at=self.at)
        outlet = founding.add_outlet(self.mall, self.site, agency=agency, observes_holidays=False, at=self.at)
        opening_hours.set_hours(outlet, ALWAYS, at=self.at)
        return outlet

    def desk(self, outlet: Outlet, number: int, queue: Queue) -> tuple[Counter, Actor]:
        """Add a counter whose officer, the one of its number, sits there."""
        counter = founding.add_counter(outlet, zone=self.zone, number=number, at=self.at)
        lines.assign_counter(counter, [queue], at=self.at)
        memberships.grant(self.accounts[number], self.mall, Role.OFFICER, agency=outlet.agency, at=self.at)
        officer = actor_of_account(self.mall, self.accounts[number])
        sessions.set_session(counter, SessionState.OPEN, by=officer, at=self.at)
        return counter, officer


@dataclass
class _Idle(_Bare):
    """An agency without services, at whose counter nobody waits."""

    def build(self) -> dict[str, object]:
        addresses = super().build()
        outlet = self.agency("DINAS", "Dinas Contoh", "Dinas Contoh")
        queue = lines.open_queue(self.zone, code="A", name="Dinas", services=[], at=self.at)
        counter, _officer = self.desk(outlet, 1, queue)
        van = vans.put_on_the_road(self.mall, name="Mobil Sepi", code="MS", services=[], at=self.at)
        manager = actor_of_account(self.mall, self.accounts[0])
        opened = competing.call_competition(
            self.mall, name="Lomba", year=2026, opens_at=self.at, closes_at=self.at + timedelta(days=9), source="SK",
            by=manager, at=self.at,
        )  # fmt: skip
        return {
            **addresses,
            "idle_counter": counter.pk,
            "idle_van": van.zone.site_id,
            "idle_competition": opened.pk,
        }


@dataclass
class _Full(_Bare):
    """Twelve agencies with sixty counters, at each of which somebody is served, and two hundred people more."""

    def build(self) -> dict[str, object]:
        addresses = super().build()
        outlets = [self.agency(f"DINAS{n}", f"{n} {AGENCY}", f"{n} {WORD}"[:40]) for n in range(1, AGENCIES + 1)]
        offered = [self.offer(outlet) for outlet in outlets]
        publishing.publish(self.mall, at=self.at)
        queues = [
            lines.open_queue(self.zone, code=f"Q{chr(65 + n)}Z", name=f"{SERVICE}"[:160], services=services, at=self.at)
            for n, services in enumerate(offered)
        ]
        desks = [self.desk(outlets[n % AGENCIES], n + 1, queues[n % AGENCIES]) for n in range(COUNTERS)]
        for n in range(COUNTERS + WAITING):
            self.take(offered[n % AGENCIES][0], self.at - timedelta(minutes=95))
        for n, (counter, officer) in enumerate(desks):
            calling.call_next(self.mall, counter.pk, by=Caller(account_id=officer.account_id), at=self.at)
            if n % 2:
                serving.serve(self.at_counter(counter), by=officer, at=self.at)
        manager = actor_of_account(self.mall, self.accounts[0])
        helping.call_help(self.zone, HelpCall.Kind.SECURITY, by=manager, at=self.at, note=WORD)
        for services in offered:
            quotas.set_quota(
                self.mall, self.site, services[0], Places(500, phone_total=250), reason=WORD, by=manager, at=self.at
            )
        needs = Needs(Priority.ELDERLY, wheelchair=True, deaf=True, interpreter=True)
        wanted = [services[1].code for services in offered[:5]]
        visit = attending.attend(self.mall, wanted, request_id=uuid4(), by=manager, at=self.at, needs=needs)
        counter, officer = desks[1]
        done = serving.complete(self.at_counter(counter), outcome=Outcome.DONE, by=officer, at=self.at)
        calling.call_next(self.mall, counter.pk, by=Caller(account_id=officer.account_id), at=self.at)
        _device, token = tenancy.register_device(
            self.site, kind=Device.Kind.BOARD, name=f"Papan {WORD}", zone=self.zone, at=self.at
        )
        van = self.van([services[2] for services in offered])
        counter, officer = desks[3]
        forwarded = forwarding.forward(self.at_counter(counter), officer, by=manager, at=self.at, word=WORD)
        forwarded |= handing_over.hand_over(self.mall, by=manager, at=self.at, word=WORD, many=35)
        calling.call_next(self.mall, counter.pk, by=Caller(account_id=officer.account_id), at=self.at)
        led = joining.lead_in(self.mall, by=manager, at=self.at, word=WORD)
        led |= meetings.hold(self.mall, by=manager, at=self.at, word=WORD)
        led |= deciding.decide(self.mall, self.site, self.zone, by=manager, at=self.at, word=WORD)
        led |= billing.charge(self.mall, by=manager, at=self.at, word=WORD)
        led |= innovating.innovate(self.mall, by=manager, at=self.at, word=WORD)
        led |= telling.tell(self.mall, by=manager, at=self.at, word=WORD)
        led |= signing.let_wait(self.mall, by=manager, at=self.at, title=f"Izin {WORD}", count=30)
        holding.hold(self.mall, by=manager, at=self.at, word=WORD)
        led |= files.give(self.mall, self.accounts[1], by=manager, at=self.at, word=WORD)
        shift = self.put_on_duty(manager, outlets[0])
        return {
            **addresses,
            "van": van.pk,
            "agency": "DINAS1",
            "service": offered[0][0].code,
            "counter": desks[0][0].pk,
            "waiting": self.take(offered[0][0], self.at).key,
            "called": self.at_counter(desks[0][0]).key,
            "done": done.key,
            "visit": visit[0].key,
            "at_desk": visit[0].id,
            "queue": queues[1].pk,
            "shift": shift,
            "board": token,
            **led,
            **forwarded,
        }

    def put_on_duty(self, manager: Actor, outlet: Outlet) -> str:
        """Write a roster of sixty for today, leave a counter beyond them empty, and return what asks for a shift."""
        today = self.mall.local(self.at).date()
        when = When(time.min, time.max, day=today)
        counters = list(Counter.objects.filter(outlet__mall=self.mall, outlet__site=self.site).order_by("number"))
        for number, counter in enumerate(counters, start=1):
            (written,) = duty.assign(counter, self.accounts[number], when, by=manager, at=self.at)
        founding.add_counter(outlet, zone=self.zone, number=COUNTERS + 1, at=self.at)
        vacancies.watch(self.mall, at=self.at)
        return f"duty={written.pk}&day={today.isoformat()}"

    def van(self, services: list[Service]) -> Site:
        """Send a van to as many stops as two weeks have days."""
        found = vans.put_on_the_road(self.mall, name=f"Mobil {WORD}", code="MOB", services=services, at=self.at)
        today = self.mall.local(self.at).date()
        for days in range(14):
            tenancy.write_stop(
                found.zone.site,
                day=today + timedelta(days),
                opens=time(8),
                closes=time(23, 59),
                place=PAPER,
                at=self.at,
            )
        return found.zone.site

    def offer(self, outlet: Outlet) -> list[Service]:
        """Let an agency offer ten services, with papers and fees."""
        assert outlet.agency
        services = []
        for n in range(1, 11):
            case = Case(
                requirements=[PAPER] * 8,
                duration="14 (empat belas) hari kerja sejak berkas lengkap",
                price=Price(12_500_000, f"Peraturan Daerah Kabupaten {WORD} Nomor 12 Tahun 2024"),
            )
            written = writing.write_service(
                outlet.agency, name=f"{SERVICE} {n}"[:200], at=self.at, cases=[case], group=WORD, description=PAPER
            )
            writing.offer(written, outlet, at=self.at)
            services.append(written)
        return services

    def take(self, service: Service, at: datetime) -> Taken:
        return taking.take(self.mall, service.code, origin=Origin.PHONE, request_id=uuid4(), by=Caller(), at=at)

    def at_counter(self, counter: Counter) -> Ticket:
        found = open_ticket_at(counter)
        assert found
        return found
