"""What lies about in a demo mall: bills, cards on shelves, papers that wait for a signature. All invented."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.urls import reverse

from pendopo.agencies.models import Counter, Outlet
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.types import Actor
from pendopo.applications.actions import handing, keeping, owning, pick_up
from pendopo.applications.actions.handing import Signed
from pendopo.applications.models import Handover, Receipt
from pendopo.catalogue.models import Fee, Service
from pendopo.demo.staff import CITIZEN, SIGNER, invented, officer_contact
from pendopo.documents.actions import waiting
from pendopo.documents.types import Kind
from pendopo.kernel.money import Money
from pendopo.payments.actions import billing, settling
from pendopo.payments.models import Bill
from pendopo.payments.queries.bills import last_moment
from pendopo.payments.types import How, Payment
from pendopo.people.actions import proxies
from pendopo.people.models import Account, Party, Person
from pendopo.tenancy.models import Mall

HOUR = timedelta(hours=1)
# One wish for each thing: what is made again is there already.
WISHES = UUID("5b1f2c8e-0d7a-4c6e-9a51-7d0b3e2f4a68")
BILLS, PAPERS = 4, 3
AGENCY, CARD, SHELF = "DUKCAPIL", "KTP-el", "A{number}"
# Whose cards they are, after the citizen who can sign in.
OWNERS = range(230, 234)
DECREE = Kind("example", "example", "{number:03}/CONTOH/{year}")
REASON = "Data contoh untuk dicoba"


def lay_about(mall: Mall, *, by: Actor, at: datetime) -> None:
    """Make all of it. Stand inside the mall."""
    charge(mall, by=by, at=at)
    keep_cards(mall, by=by, at=at)
    let_papers_wait(mall, by=by, at=at)


def charge(mall: Mall, *, by: Actor, at: datetime) -> None:
    """Bill cases that cost something: two are paid, of which a second person has checked one; the others are open."""
    today = mall.local(at).date()
    fees = Fee.objects.in_force(today).filter(mall=mall, amount__gt=0).select_related("variant__service__agency")
    for number, fee in enumerate(fees.order_by("pk")[:BILLS]):
        price, agency = Money(fee.amount), fee.variant.service.agency_id
        bill = billing.bill(
            fee.variant, shown=price, part=_wish(mall, f"bill {number}"), expires_at=last_moment(at, 7), by=by, at=at
        )
        if number < 2:
            _pay(bill, price, officer=_officer(mall, agency), number=number, checked_by=by if number else None, at=at)


def _pay(bill: Bill, price: Money, *, officer: Actor, number: int, checked_by: Actor | None, at: datetime) -> None:
    said = Payment(How.DESK, price, bill.mall.local(at).date(), f"STS-CONTOH/{number + 1}")
    deposit = settling.record(bill, said, part=_wish(bill.mall, f"deposit {number}"), by=officer, at=at)
    if checked_by:
        settling.accept(deposit, by=checked_by, at=at)


def _officer(mall: Mall, agency: int) -> Actor:
    counter = Counter.objects.filter(mall=mall, outlet__agency=agency).order_by("number")[0]
    return actor_of_account(mall, Account.objects.of_contact(officer_contact(counter.number)).get())


def keep_cards(mall: Mall, *, by: Actor, at: datetime) -> None:
    """Put cards on shelves, the first for the citizen who can sign in; one was called for, one handed over."""
    outlet = Outlet.objects.select_related("agency", "site").get(mall=mall, agency__code=AGENCY, site__kind="hall")
    assert outlet.agency
    owners = [proxies.make_party(_citizen(mall), at=at, by=by)]
    owners += [owning.owner_of(mall, name=invented(each), nik="", phone="", by=by, at=at) for each in OWNERS]
    cards = [_card(outlet, owner, number, by=by, at=at) for number, owner in enumerate(owners, 1)]
    keeping.fetch(cards[-1], by=by, at=at)
    handing.hand(cards[-2], Signed(Receipt.Signed.BOOK), by=by, at=at)
    service = Service.objects.filter(mall=mall, agency=outlet.agency, name__startswith=CARD).order_by("pk").first()
    if service:
        pick_up.set_pick_up(outlet.agency, service, reason=REASON, by=by, at=at)


def _card(outlet: Outlet, owner: Party, number: int, *, by: Actor, at: datetime) -> Handover:
    assert outlet.agency
    made = keeping.bring(
        outlet.agency, outlet.site, owner, product=CARD, number=f"CONTOH-{number:03}",
        request_id=_wish(outlet.mall, f"card {number}"), by=by, at=at - HOUR,
    )  # fmt: skip
    link = reverse("applications:product", args=[outlet.mall.slug, made.key])
    return keeping.shelve(made, SHELF.format(number=number), link=link, by=by, at=at)


def let_papers_wait(mall: Mall, *, by: Actor, at: datetime) -> None:
    """Let papers of the citizen who can sign in wait for the signature of the mall's signer."""
    signer, holder = Account.objects.of_contact(SIGNER).get(), _citizen(mall)
    day = list(mall.local(at).date().timetuple()[:3])
    for number in range(1, PAPERS + 1):
        waiting.ask(
            mall, DECREE, subject=f"example:{number}", title=f"Contoh keputusan {number}",
            template="demo/papers/decree.typ", values={"hall": mall.name, "day": day},
            request_id=_wish(mall, f"paper {number}"), signer=signer, holder=holder,
            by=by, at=at,
        )  # fmt: skip


def _citizen(mall: Mall) -> Person:
    return Person.objects.get(mall=mall, account__in=Account.objects.of_contact(CITIZEN))


def _wish(mall: Mall, what: str) -> UUID:
    return uuid5(WISHES, f"{mall.pk} {what}")
