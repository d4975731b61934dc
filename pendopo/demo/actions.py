"""Making the demo mall: by the modules' own actions, as if somebody had set up a real one."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions import founding, memberships, opening_hours
from pendopo.agencies.models import Agency, Outlet
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.types import Hours
from pendopo.catalogue.actions import publishing, writing
from pendopo.catalogue.models import Service
from pendopo.demo import forwarded, means, promises
from pendopo.demo.errors import NotADemoMall
from pendopo.demo.notices import tell_everybody
from pendopo.demo.sources import wanted_agencies, wanted_counters, wanted_queues
from pendopo.demo.staff import MANAGER, logins
from pendopo.demo.types import PASSWORD, SLUG, Login, Tell, WantedQueue
from pendopo.demo.vans import BRINGS, QUEUE, VAN, wanted_stops
from pendopo.people import actions as people
from pendopo.people.models import Account
from pendopo.queues.actions import lines, vans
from pendopo.queues.models import Queue
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Mall, Site, Zone
from pendopo.worktime import actions as worktime
from pendopo.worktime.types import Hours as WorkingHours

# Open at any hour, so that it can be tried at night.
ALWAYS = [Hours(weekday, time.min, time.max) for weekday in range(1, 8)]
# For deadlines: five days and 37.5 hours, as Perpres 21/2023 has it for offices.
CALENDAR = "Jam kerja"
WEEK = [WorkingHours(weekday, time(7, 30), time(16), time(12), time(13)) for weekday in range(1, 5)] + [
    WorkingHours(5, time(7, 30), time(16, 30), time(11, 30), time(13))
]
# Staff have served for a year, so that days of the past can be played.
SERVED_FOR = timedelta(days=366)
FLOORS = {"1": ("A", "Lantai 1"), "2": ("B", "Lantai 2")}


def build(*, at: datetime, tell: Tell) -> tuple[Mall, bool]:
    """Make the demo mall, all of it or nothing; return it and whether it is new. Once made it is left as it is.

    Raises NotADemoMall when a real mall has its address. `tell` hears how many of how many parts are done.
    """
    if mall := Mall.objects.filter(slug=SLUG).first():
        return demo_only(mall), False
    with transaction.atomic():
        # Law for the whole installation: what is there already stays.
        worktime.import_holidays(at=at)
        mall = tenancy.found_mall(
            SLUG, name="MPP Pendopo Raya", government="Pemerintah Kota Contoh", at=at, is_demo=True
        )
        with wall.inside(mall.pk):
            _Builder(mall, at, tell).build()
    return mall, True


def demo_only(mall: Mall) -> Mall:
    """Return a demo mall as it came. Raises NotADemoMall for a real one."""
    if not mall.is_demo:
        raise NotADemoMall(
            _("“%(name)s” adalah MPP sungguhan: data contoh tidak dapat dimasukkan ke dalamnya.") % {"name": mall.name}
        )
    return mall


class _Builder:
    def __init__(self, mall: Mall, at: datetime, tell: Tell) -> None:
        self.mall = mall
        self.at = at
        self.tell = tell
        self.done = 0
        self.parts = len(wanted_agencies()) + len(wanted_queues()) + len(wanted_counters()) + len(logins()) + 3
        self.zones: dict[str, Zone] = {}
        self.agencies: dict[str, Agency] = {}
        self.outlets: dict[str, Outlet] = {}
        self.services: dict[str, list[Service]] = {}
        self.queues: dict[str, Queue] = {}

    def build(self) -> None:
        self.place()
        self.place_agencies()
        publishing.publish(self.mall, at=self.at)
        self.step()
        self.open_queues()
        self.place_counters()
        self.send_a_van()
        self.employ()
        manager = actor_of_account(self.mall, Account.objects.of_contact(MANAGER).get())
        tell_everybody(self.mall, by=manager, at=self.at)
        promises.promise(self.mall, by=manager, at=self.at)
        promises.put_on_duty(self.mall, by=manager, at=self.at)
        worktime.make_calendar(self.mall, name=CALENDAR, hours=WEEK, is_default=True, at=self.at, by=manager)
        forwarded.forward(self.mall, by=manager, at=self.at)
        means.lay_about(self.mall, by=manager, at=self.at)

    def step(self) -> None:
        self.done += 1
        self.tell(self.done, self.parts)

    def place(self) -> None:
        """Put up the hall: two floors, each with its board, two kiosks, the common desk."""
        self.site = tenancy.add_site(
            self.mall, name="Gedung Pendopo Raya", address="Jalan Pendopo Nomor 1, Kota Contoh", at=self.at
        )
        for floor, (code, name) in FLOORS.items():
            zone = tenancy.add_zone(self.site, code=code, name=name, at=self.at)
            self.zones[floor] = zone
            self.register(self.site, Device.Kind.BOARD, f"Papan {name}", zone)
            self.register(self.site, Device.Kind.KIOSK, f"Anjungan {floor}", zone)
        self.outlet(None)
        self.step()

    def register(self, site: Site, kind: Device.Kind, name: str, zone: Zone) -> None:
        # The token is dropped: `pendopo device` gives one to whoever puts up a screen.
        tenancy.register_device(site, kind=kind, name=name, zone=zone, at=self.at)

    def outlet(self, agency: Agency | None) -> Outlet:
        outlet = founding.add_outlet(self.mall, self.site, agency=agency, observes_holidays=False, at=self.at)
        opening_hours.set_hours(outlet, ALWAYS, at=self.at)
        return outlet

    def place_agencies(self) -> None:
        for wanted in wanted_agencies():
            agency = founding.add_agency(
                self.mall, code=wanted.code, name=wanted.name, short_name=wanted.short_name, at=self.at
            )
            self.agencies[wanted.code] = agency
            self.outlets[wanted.code] = self.outlet(agency)
            self.services[wanted.code] = []
            for service in wanted.services:
                written = writing.write_service(
                    agency,
                    name=service.name,
                    group=service.group,
                    kind=service.kind,
                    origin=Service.Origin.IMPORTED,
                    description=service.description,
                    cases=service.cases,
                    at=self.at,
                )
                writing.offer(written, self.outlets[wanted.code], at=self.at)
                self.services[wanted.code].append(written)
            self.step()

    def open_queues(self) -> None:
        for wanted in wanted_queues():
            services = [service for service in self.services[wanted.agency] if wanted.takes(service.group)]
            zone = self.zones[wanted.floor]
            self.queues[wanted.code] = lines.open_queue(
                zone, code=wanted.code, name=wanted.name, services=services, at=self.at
            )
            self.step()

    def place_counters(self) -> None:
        """Place the counters; each calls from its own queue, and helps the other queues of its agency."""
        for wanted in wanted_counters():
            counter = founding.add_counter(
                self.outlets[wanted.agency], zone=self.zones[wanted.floor], number=wanted.number, at=self.at
            )
            others = [
                queue for queue in wanted_queues() if queue.agency == wanted.agency and queue.code != wanted.queue
            ]
            lines.assign_counter(counter, self.chosen([wanted.queue]), helped=self.chosen(_codes(others)), at=self.at)
            self.step()

    def chosen(self, codes: list[str]) -> list[Queue]:
        return [self.queues[code] for code in codes]

    def send_a_van(self) -> None:
        """Put a van on the road; stops of today that are over by now are left out."""
        services = [
            service
            for agency, names in BRINGS.items()
            for service in self.services[agency]
            if not names or service.name in names
        ]
        counter = vans.put_on_the_road(self.mall, name=VAN, code=QUEUE, services=services, at=self.at)
        now = self.mall.local(self.at)
        for wanted in wanted_stops(now.date()):
            if (wanted.day, wanted.closes) <= (now.date(), now.time()):
                continue
            stop = tenancy.write_stop(
                counter.zone.site,
                day=wanted.day,
                opens=wanted.opens,
                closes=wanted.closes,
                place=wanted.place,
                note=wanted.note,
                at=self.at,
            )
            if wanted.off:
                tenancy.call_off_stop(stop, reason=wanted.off, at=self.at)
        self.step()

    def employ(self) -> None:
        accounts = []
        for login in logins():
            account = self.account(login)
            accounts.append(account)
            if login.role is None:
                people.add_person(self.mall, name=login.name, account=account, at=self.at)
            else:
                memberships.grant(
                    account,
                    self.mall,
                    login.role,
                    agency=self.agencies[login.agency] if login.agency else None,
                    at=self.at - SERVED_FOR,
                )
            self.step()
        people.share_password(accounts, PASSWORD, at=self.at)

    def account(self, login: Login) -> Account:
        # Accounts outlive the mall: a demo mall that was removed and is made again finds its people.
        known = Account.objects.of_contact(login.contact).first()
        return known or people.open_account(login.contact, name=login.name, password=None, is_test=True, at=self.at)


def _codes(wanted: list[WantedQueue]) -> list[str]:
    return [queue.code for queue in wanted]
