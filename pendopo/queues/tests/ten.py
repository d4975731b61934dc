"""A day of ten tickets in the zone of Papua, counted by hand in test_reports: midnight, a recall, a return, all ends.

| number | service | taken | by | called | serving | ended | wait | way | service | end |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| A-001 | card | 00.05 | kiosk | 00.10 | 00.12 | 00.20 | 5 | 2 | 8 | done |
| A-002 | card | 00.06 | kiosk | 00.20, recalled 00.22 | 00.24 | 00.27 | 14 | 4 | 3 | paper missing |
| A-003 | birth | 00.07 | phone | 00.27, absent 00.30, back 00.40, 00.41 | 00.42 | 00.50 | 20 + 1 | 1 | 8 | done |
| A-004 | birth | 00.08 | desk | 00.30 | 00.31 | 00.41 | 22 | 1 | 10 | paper missing |
| A-005 | card | 00.09 | phone | | | 00.45 | | | | cancelled by its holder |
| A-006 | card | 08.00 | kiosk | 08.05 | | 08.10 | 5 | | | absent |
| A-007 | card | 08.01 | kiosk | 08.10 | 08.11 | 08.12 | 9 | 1 | 1 | wrong place |
| A-008 | birth | 08.02 | kiosk | 08.12 | 08.15 | 08.45 | 10 | 3 | 30 | taken in |
| A-009 | card | 08.03 | phone, here since 08.40 | 08.45 | 08.46 | 08.50 | 5 | 1 | 4 | informed |
| A-010 | card | 23.58 | kiosk | | | | | | | waits |

One ticket each a minute before the day and a minute after it belong to their own days.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from pendopo.agencies.models import Membership
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions import publishing, writing
from pendopo.queues.actions import calling, checking_in, lines, returning, serving, taking
from pendopo.queues.models import Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin, Outcome, SentAwayReason
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

# A Wednesday after everybody began to work here.
DAY = date(2030, 11, 20)
CARD, BIRTH = "Kartu Keluarga", "=Akta Kelahiran"


@dataclass
class TenTickets:
    """The hall in which they came, and its manager."""

    hall: Hall
    manager: Actor
    birth: str
    day: date = DAY
    tickets: dict[int, Ticket] = field(default_factory=dict)

    @property
    def mall(self) -> Mall:
        """The mall."""
        return self.hall.mall

    @property
    def path(self) -> str:
        """Where its report is."""
        return f"/m/{self.mall.slug}/report/"

    def at(self, clock: str) -> datetime:
        """Return a moment of the day by the mall's clock."""
        hour, minute = clock.split(".")
        midnight = datetime(self.day.year, self.day.month, self.day.day, tzinfo=self.mall.zone)
        return midnight + timedelta(hours=int(hour), minutes=int(minute))

    def take(self, clock: str, origin: Origin = Origin.KIOSK, service: str = "") -> None:
        """Take the next number."""
        by = self.hall.caller if origin is Origin.DESK else make.NOBODY
        code = service or self.hall.service.code
        taken = taking.take(self.mall, code, origin=origin, request_id=uuid4(), by=by, at=self.at(clock))
        self.tickets[len(self.tickets) + 1] = Ticket.objects.get(pk=taken.id)

    def call(self, number: int, clock: str) -> None:
        """Call whoever is next: they are this one."""
        called = calling.call_next(self.mall, self.hall.counter.pk, by=self.hall.caller, at=self.at(clock))
        assert called
        assert called.id == self.tickets[number].pk

    def serve(
        self, number: int, begins: str, ends: str, outcome: Outcome, reason: SentAwayReason | None = None
    ) -> None:
        """Serve whoever was called."""
        ticket = serving.serve(self.tickets[number], by=self.hall.officer, at=self.at(begins))
        serving.complete(ticket, outcome=outcome, reason=reason, by=self.hall.officer, at=self.at(ends))


def play(on: date = DAY) -> TenTickets:
    """Let the day happen."""
    hall = make.hall(agencies.mall(timezone_name=Mall.Zone.WIT))
    manager = agencies.staff(hall.mall, Role.MANAGER)
    with wall.inside(hall.mall.pk):
        # They have worked here on any day.
        Membership.objects.filter(mall=hall.mall).update(starts_on=date(2020, 1, 1))
        birth = writing.write_service(hall.place.agency, name=BIRTH, at=timezone.now())
        writing.offer(birth, hall.place.outlet, at=timezone.now())
        publishing.publish(hall.mall, at=timezone.now())
        lines.extend_queue(hall.queue, [birth], at=timezone.now())
        day = TenTickets(hall, manager, birth.code, on)
        _night(day)
        _morning(day)
        _midnights(day)
    return day


def _night(day: TenTickets) -> None:
    day.take("00.05")
    day.take("00.06")
    day.take("00.07", Origin.PHONE, day.birth)
    day.take("00.08", Origin.DESK, day.birth)
    day.take("00.09", Origin.PHONE)
    officer = day.hall.officer
    day.call(1, "00.10")
    day.serve(1, "00.12", "00.20", Outcome.DONE)
    day.call(2, "00.20")
    calling.recall(day.tickets[2], by=officer, at=day.at("00.22"))
    day.serve(2, "00.24", "00.27", Outcome.SENT_AWAY, SentAwayReason.PAPER_MISSING)
    day.call(3, "00.27")
    serving.mark_absent(day.tickets[3], by=officer, at=day.at("00.30"))
    day.call(4, "00.30")
    day.serve(4, "00.31", "00.41", Outcome.SENT_AWAY, SentAwayReason.PAPER_MISSING)
    returning.come_back(day.tickets[3], by=Actor(mall=day.mall), at=day.at("00.40"))
    day.call(3, "00.41")
    serving.cancel(day.tickets[5], by=None, at=day.at("00.45"))
    day.serve(3, "00.42", "00.50", Outcome.DONE)


def _morning(day: TenTickets) -> None:
    day.take("08.00")
    day.take("08.01")
    day.take("08.02", Origin.KIOSK, day.birth)
    day.take("08.03", Origin.PHONE)
    day.call(6, "08.05")
    serving.mark_absent(day.tickets[6], by=day.hall.officer, at=day.at("08.10"))
    day.call(7, "08.10")
    day.serve(7, "08.11", "08.12", Outcome.SENT_AWAY, SentAwayReason.WRONG_PLACE)
    day.call(8, "08.12")
    checking_in.check_in(day.tickets[9], by=day.manager, at=day.at("08.40"))
    day.serve(8, "08.15", "08.45", Outcome.TAKEN_IN)
    day.call(9, "08.45")
    day.serve(9, "08.46", "08.50", Outcome.INFORMED)


def _midnights(day: TenTickets) -> None:
    day.take("23.58")
    for minutes in (-1, 24 * 60 + 1):
        at = day.at("00.00") + timedelta(minutes=minutes)
        code = day.hall.service.code
        taking.take(day.mall, code, origin=Origin.KIOSK, request_id=uuid4(), by=make.NOBODY, at=at)
