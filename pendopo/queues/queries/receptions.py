"""What the common desk looks up: the services somebody came for, a ticket by its number, and calls for help."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.agencies.models import Counter
from pendopo.agencies.queries.opening import Opening, openings
from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Published
from pendopo.kernel.errors import NotFound
from pendopo.kernel.ids import KEY_LENGTH
from pendopo.kernel.money import Money
from pendopo.queues.models import CounterSession, HelpCall, Ticket
from pendopo.tenancy.models import Device, Mall, Zone

NUMBER = re.compile(r"([A-Za-z]{0,3})[\s.-]*0*([1-9][0-9]{0,6})")
ADDRESS = re.compile(rf"(?:.*/t/)?([0-9A-Za-z]{{{KEY_LENGTH}}})/?")
# Nobody reads more of them at a desk.
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A service that somebody came for, with whether it receives people now and each paper with whether it is there."""

    published: Published
    opening: Opening | None
    papers: Sequence[tuple[str, str, bool]]
    fee: Money | None = None

    @property
    def is_open(self) -> bool:
        """Whether numbers are given now."""
        return self.opening is not None and self.opening.is_open

    @property
    def missing(self) -> list[str]:
        """The papers that are not there."""
        return [name for _mark, name, is_here in self.papers if not is_here]


def wanted_services(mall: Mall, codes: Sequence[str], papers: Collection[str], at: datetime) -> list[Wanted]:
    """Return the published variants of these codes in this order; a service's own code means its first variant.

       Unknown codes are left out.
    `papers` are the marks (`CODE:2`) of those that somebody has seen.
    """
    rows = list(Published.objects.of_mall(mall).filter(Q(code__in=codes) | Q(service_code__in=codes, position=1)))
    found = {row.service_code: row for row in rows if row.position == 1} | {row.code: row for row in rows}
    now = openings(mall, at) if found else {}
    today = mall.local(at).date()
    return [
        Wanted(row, now.get(row.outlet_id), _papers(row, papers), _fee(row, today))
        for row in dict.fromkeys(found[code] for code in codes if code in found)
    ]


def _fee(row: Published, today: date) -> Money | None:
    fee = row.fee_on(today)
    return Money(fee["amount"]) if fee else None


def _papers(row: Published, seen: Collection[str]) -> list[tuple[str, str, bool]]:
    marks = [(f"{row.code}:{place}", str(name)) for place, name in enumerate(row.requirements, start=1)]
    return [(mark, name, mark in seen) for mark, name in marks]


def tickets_of_number(mall: Mall, text: str, day: date) -> list[Ticket]:
    """Return the tickets of a day that bear a number as people say it (A-012, a 12, 12), or whose code was scanned."""
    text = text.strip()
    of_day = Ticket.objects.filter(mall=mall, day=day).select_related(
        "queue__zone", "variant__service__agency", "visit"
    )
    if address := ADDRESS.fullmatch(text):
        return list(of_day.filter(key=address[1]))
    number = NUMBER.fullmatch(text)
    if number is None:
        return []
    of_number = of_day.filter(queue__mall=mall, number=int(number[2]))
    if number[1]:
        of_number = of_number.filter(queue__code=number[1].upper())
    return list(of_number.order_by("queue__code", "pk")[:MOST_FOUND])


def is_scanned(text: str) -> bool:
    """Say whether a text is the code of a ticket's page, which only its holder can show."""
    return ADDRESS.fullmatch(text.strip()) is not None


def ticket_at_desk(mall: Mall, pk: int) -> Ticket:
    """Return any ticket of the mall with all that the desk shows of it. Raises NotFound."""
    found = Ticket.objects.filter(mall=mall, pk=pk).select_related(
        "queue__zone", "variant__service__agency", "counter", "visit"
    )
    if ticket := found.first():
        return ticket
    raise NotFound(_("Nomor antrean tidak ditemukan."))


def zone_of_desk(mall: Mall, actor: Actor) -> Zone:
    """Return where somebody at the common desk is: at their counter, at the desk's own counter, or in the first zone.

    Raises NotFound when the mall has no zone yet.
    """
    sits = CounterSession.objects.filter(mall=mall, account=actor.account, ended_at=None).select_related(
        "counter__zone"
    )
    if session := sits.first():
        return session.counter.zone
    desks = (
        Counter.objects.standing()
        .filter(mall=mall, outlet__agency=None)
        .select_related("zone")
        .order_by("number", "pk")
    )
    if desk := desks.first():
        return desk.zone
    if zone := Zone.objects.in_use().filter(mall=mall).order_by("pk").first():
        return zone
    raise NotFound(_("MPP ini belum mempunyai zona."))


def printer_of_desk(mall: Mall, actor: Actor) -> Device | None:
    """Return the slip printer in the zone of somebody at the common desk, if there is one."""
    zone = zone_of_desk(mall, actor)
    printers = Device.objects.in_service().filter(mall=mall, zone=zone, kind=Device.Kind.PRINTER).exclude(address="")
    return printers.order_by("pk").first()


def own_help_calls(mall: Mall, *, by: Actor, counter: Counter | None = None) -> list[HelpCall]:
    """Return the calls of a counter, or of whoever rang without one, that nobody has answered yet; the oldest first."""
    calls = HelpCall.objects.filter(mall=mall, answered_at=None, counter=counter)
    return list((calls if counter else calls.filter(asked_by=by.account)).order_by("asked_at")[:10])
