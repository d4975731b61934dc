"""Bills: the list of those that somebody may read, one of them, and what stands open before one pays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Fee, Variant
from pendopo.kernel.cursors import Page, page_by_number
from pendopo.kernel.errors import NotFound
from pendopo.kernel.rows import row_of
from pendopo.payments.models import Bill, Charge, Checked, Deposit, Merchant, Photo, Refund, RefundWish
from pendopo.payments.models.codes import LIVE, State
from pendopo.tenancy.models import Mall

PAGE = 25
# Everything, for a file.
ALL = 5_000
# The longest that a bill may stay open; its maker chooses within.
MOST_DAYS = 60
OPEN, WAITING, PICTURES, SETTLED, EXPIRED, VOID = "open", "waiting", "pictures", "settled", "expired", "void"
STATES = {
    OPEN: gettext_lazy("Belum dibayar"),
    PICTURES: gettext_lazy("Ada foto bukti"),
    WAITING: gettext_lazy("Bukti menunggu diperiksa"),
    SETTLED: gettext_lazy("Lunas"),
    EXPIRED: gettext_lazy("Kedaluwarsa"),
    VOID: gettext_lazy("Dibatalkan"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A bill with the word for where it stands."""

    bill: Bill
    state: str

    @property
    def label(self) -> str:
        """That word, for people."""
        return str(STATES[self.state])


def bills(
    mall: Mall, actor: Actor, at: datetime, *, state: str = "", words: str = "", cursor: str = "", size: int = PAGE
) -> Page[Line]:
    """Return the bills that somebody may read, the latest first. Raises NotUnderstood for a wrong cursor."""
    rows = _rows(mall, actor)
    if words:
        rows = rows.filter(Q(number__icontains=words) | Q(rule__icontains=words))
    if state:
        rows = rows.filter(_where(at)[state])
    page = page_by_number(rows, cursor, size)
    return page.showing([Line(each, state_of(each, at)) for each in page.items])


def bill(mall: Mall, actor: Actor, number: int) -> Bill:
    """Return a bill that somebody may read. Raises NotFound."""
    return row_of(_rows(mall, actor), number, _("Tagihan tidak ditemukan."))


def by_key(mall: Mall, key: str) -> Bill:
    """Return the bill that a key opens. Raises NotFound."""
    rows = Bill.objects.filter(mall=mall, key=key) if key.isascii() and len(key) <= 36 else Bill.objects.none()
    found = _with_ends(rows).first()
    if found is None:
        raise NotFound(_("Tagihan tidak ditemukan. Periksa kembali alamatnya."))
    return found


def state_of(bill: Bill, at: datetime) -> str:
    """Return the word for where a bill stands."""
    if bill.is_settled:
        return SETTLED
    if bill.is_void:
        return VOID
    if getattr(bill, "has_waiting", False):
        return WAITING
    if bill.is_expired(at):
        return EXPIRED
    return PICTURES if getattr(bill, "has_picture", False) else OPEN


def _rows(mall: Mall, actor: Actor) -> QuerySet[Bill]:
    return _with_ends(Bill.objects.visible_to(actor).filter(mall=mall))


def _with_ends(rows: QuerySet[Bill]) -> QuerySet[Bill]:
    waiting = Deposit.objects.filter(mall=OuterRef("mall"), bill=OuterRef("pk"), verdict=Checked.Verdict.WAITING)
    pictures = Photo.objects.filter(mall=OuterRef("mall"), bill=OuterRef("pk")).exclude(state=Photo.State.REFUSED)
    return rows.select_related("agency", "mall", "settlement", "voiding").annotate(
        has_waiting=Exists(waiting), has_picture=Exists(pictures)
    )


def _where(at: datetime) -> dict[str, Q]:
    unpaid = Q(settlement=None, voiding=None)
    return {
        OPEN: unpaid & Q(has_waiting=False, has_picture=False, expires_at__gt=at),
        PICTURES: unpaid & Q(has_waiting=False, has_picture=True, expires_at__gt=at),
        WAITING: unpaid & Q(has_waiting=True),
        SETTLED: Q(settlement__isnull=False),
        EXPIRED: unpaid & Q(has_waiting=False, expires_at__lte=at),
        VOID: Q(voiding__isnull=False),
    }


@dataclass(frozen=True, slots=True)
class Ways:
    """How a bill may be paid now, and what became of that: a code or none, whether one can be had, what came late."""

    charge: Charge | None
    is_payable: bool
    has_gateway: bool
    is_troubled: bool
    is_late: bool


def ways(bill: Bill, at: datetime) -> Ways:
    """Return how a bill may be paid now."""
    charges = list(Charge.objects.filter(mall_id=bill.mall_id, bill=bill).order_by("-pk")[:3])
    living = next((each for each in charges if each.state in LIVE and each.expires_at > at), None)
    is_late = not bill.is_settled and any(each.state == State.PAID for each in charges)
    last = charges[0] if charges else None
    # Asked more than once without an answer, or refused.
    is_troubled = bool((living and living.state == State.ASKED and living.looks > 1) or (
        last and last.state == State.FAILED
    ))  # fmt: skip
    is_payable = bill.is_open(at) and not is_late
    has_gateway = Merchant.objects.filter(mall_id=bill.mall_id, is_active=True).exists()
    return Ways(living if is_payable else None, is_payable, has_gateway, is_troubled, is_late)


def deposits(bill: Bill) -> Sequence[Deposit]:
    """Return what was recorded for a bill, the latest first."""
    rows = Deposit.objects.filter(mall_id=bill.mall_id, bill=bill).select_related("account", "checker")
    return list(rows.order_by("-pk"))


def photos(bill: Bill) -> Sequence[Photo]:
    """Return the pictures that were sent for a bill, the first one first."""
    return list(Photo.objects.filter(mall_id=bill.mall_id, bill=bill).order_by("pk"))


def refunds(bill: Bill) -> Sequence[Refund]:
    """Return what was asked back of a bill, the latest first."""
    rows = Refund.objects.filter(mall_id=bill.mall_id, settlement__bill=bill)
    return list(rows.select_related("account", "checker", "at_gateway", "returned").order_by("-pk"))


def came_by_code(bill: Bill) -> bool:
    """Whether it was paid by a code, so that its money goes back as it came."""
    return bill.is_settled and bill.settlement.charge_id is not None


def wish_of(bill: Bill) -> RefundWish | None:
    """Return what the payer asked last, if anything."""
    rows = RefundWish.objects.filter(mall_id=bill.mall_id, settlement__bill=bill).select_related("refund")
    return rows.order_by("-pk").first()


def waiting_wishes(mall: Mall, actor: Actor, *, size: int = PAGE) -> Sequence[RefundWish]:
    """Return what payers ask of the agencies whose bills somebody handles, and nobody has put forward yet.

    Their words are for those people only: overseers do not read them. The oldest first.
    """
    rows = RefundWish.objects.filter(mall=mall, refund=None, settlement__bill__in=Bill.objects.visible_to(actor))
    found = rows.select_related("settlement__bill__agency").order_by("pk")[:size]
    return [each for each in found if may_bill(actor, each.settlement.bill.agency_id)]


def waiting_deposits(mall: Mall, actor: Actor, *, size: int = PAGE) -> Sequence[Deposit]:
    """Return the deposits that somebody may read and that wait to be checked, the oldest first."""
    rows = Deposit.objects.filter(mall=mall, verdict=Checked.Verdict.WAITING)
    seen = rows.filter(bill__in=Bill.objects.visible_to(actor)).select_related("bill__agency", "account", "photo")
    return list(seen.order_by("pk")[:size])


def waiting_refunds(mall: Mall, actor: Actor, *, size: int = PAGE) -> Sequence[Refund]:
    """Return the refunds that somebody may read and that wait to be decided, the oldest first."""
    rows = Refund.objects.filter(mall=mall, verdict=Checked.Verdict.WAITING)
    seen = rows.filter(settlement__bill__in=Bill.objects.visible_to(actor))
    return list(seen.select_related("settlement__bill__agency", "account", "wish").order_by("pk")[:size])


@dataclass(frozen=True, slots=True)
class Priced:
    """A case with the rule that holds today: None where nobody has set it."""

    variant: Variant
    fee: Fee | None


def priced(mall: Mall, actor: Actor, at: datetime) -> Sequence[Priced]:
    """Return the cases that somebody may bill, each with its rule of today."""
    rows = Variant.objects.filter(mall=mall).select_related("service__agency").order_by("service__name", "name", "pk")
    mine = [each for each in rows[:2000] if may_bill(actor, each.service.agency_id)]
    day = mall.local(at).date()
    fees = {fee.variant_id: fee for fee in Fee.objects.in_force(day).filter(mall=mall)}
    return [Priced(each, fees.get(each.pk)) for each in mine]


def may_bill(actor: Actor, agency_id: int) -> bool:
    """Whether somebody handles an agency's bills."""
    return actor.works_for(agency_id) or actor.works_behind(agency_id)


def last_moment(at: datetime, days: int) -> datetime:
    """Return when a bill of so many days ends."""
    return at + timedelta(days=days)
