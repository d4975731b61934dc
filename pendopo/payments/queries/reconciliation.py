"""A day's money by the way it came, beside what the bank and the gateway say, and where the two differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.kernel.money import Money
from pendopo.payments.models import Charge, DayClosing, Explanation, GatewayNotice, GatewayRefund, Statement
from pendopo.payments.models.codes import State, Verdict
from pendopo.payments.queries.entries import Entry, entries
from pendopo.payments.queries.matching import of_lines
from pendopo.payments.types import Told, Way
from pendopo.tenancy.models import Mall

# Of what a notification told and no code of ours was paid by.
STRAY = (Verdict.UNKNOWN, Verdict.WRONG_AMOUNT)


@dataclass(frozen=True, slots=True)
class Sum:
    """What came by one way on a day as we have it, and as the other side has it; None: nobody has written that down."""

    way: Way
    ours: Money
    count: int
    theirs: Money | None
    their_count: int
    source: str

    @property
    def is_equal(self) -> bool:
        """Whether both say the same, or nothing came."""
        if self.theirs is None:
            return self.count == 0
        return (self.ours, self.count) == (self.theirs, self.their_count)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the two sides differ, in words; `reason` is empty until somebody explained it."""

    subject: str
    words: str
    reason: str = ""


def sums(mall: Mall, day: date) -> Sequence[Sum]:
    """Return the sums of a day, one for each way."""
    found = entries(mall, day)
    told = {row.way: row for row in Statement.objects.filter(mall=mall, day=day).order_by("pk")}
    return [_sum(way, [each for each in found if each.way is way], told.get(way)) for way in Way]


def differences(mall: Mall, day: date) -> Sequence[Difference]:
    """Return where the two sides differ on a day, each with its latest explanation."""
    reasons = {row.subject: row.reason for row in Explanation.objects.filter(mall=mall, day=day).order_by("pk")}
    found = [
        *_of_sums(mall, day), *_of_codes(mall, day), *_of_refunds(mall, day), *_of_notices(mall, day),
        *of_lines(mall, day),
    ]  # fmt: skip
    return [Difference(subject, words, reasons.get(subject, "")) for subject, words in found]


def closing(mall: Mall, day: date) -> DayClosing | None:
    """Return how a day was closed; None while it is open."""
    return DayClosing.objects.filter(mall=mall, day=day).select_related("account").first()


def later(closed: DayClosing, now: Sequence[Sum]) -> bool:
    """Whether money of a closed day was recorded afterwards."""
    then = (closed.desk, closed.code, closed.qris, closed.back, closed.give)
    return then != tuple(each.ours.rupiah for each in now)


def _sum(way: Way, own: Sequence[Entry], told: Statement | None) -> Sum:
    ours = Money(sum(each.amount.rupiah for each in own))
    theirs = Money(told.amount) if told else None
    return Sum(way, ours, len(own), theirs, told.count if told else 0, told.source if told else "")


def _of_sums(mall: Mall, day: date) -> Sequence[tuple[str, str]]:
    found = []
    for each in sums(mall, day):
        if each.theirs is None and each.count:
            words = _("%(way)s: daftar bank atau penyedia belum ditulis.") % {"way": each.way.label}
            found.append((f"sum:{each.way}", words))
        elif each.theirs is not None and not each.is_equal:
            words = _("%(way)s: catatan kami %(ours)s (%(count)d), daftar mereka %(theirs)s (%(their_count)d).") % {
                "way": each.way.label, "ours": each.ours.figure, "count": each.count, "theirs": each.theirs.figure,
                "their_count": each.their_count,
            }  # fmt: skip
            found.append((f"sum:{each.way}:{each.theirs.rupiah}:{each.ours.rupiah}", words))
    return found


def _whole(mall: Mall, day: date) -> tuple[datetime, datetime]:
    return datetime.combine(day, time.min, mall.zone), datetime.combine(day, time.max, mall.zone)


def _of_codes(mall: Mall, day: date) -> Sequence[tuple[str, str]]:
    """Codes that were paid and settle nothing, or of which the gateway's own answer says something else."""
    of_day = _whole(mall, day)
    paid = Q(state=State.PAID, paid_at__range=of_day)
    said = ~Q(state=State.PAID) & Q(told=Told.SUCCESS, told_at__range=of_day)
    found = []
    for each in (
        Charge.objects.filter(paid | said, mall=mall).select_related("bill", "settlement__returned").order_by("pk")
    ):
        told = {"reference": each.reference, "amount": each.bill.money.figure}
        if each.state != State.PAID:
            words = _("QRIS %(reference)s: penyedia menyebut lunas, tetapi jumlahnya bukan jumlah tagihan.") % told
        elif not hasattr(each, "settlement"):
            words = _("QRIS %(reference)s: %(amount)s masuk, tetapi tidak melunasi tagihannya.") % told
        elif not each.told:
            words = _("QRIS %(reference)s: %(amount)s diberitakan lunas, belum ditanyakan kembali.") % told
        elif each.told == Told.REFUNDED and hasattr(each.settlement, "returned"):
            continue
        elif each.told != Told.SUCCESS:
            words = _("QRIS %(reference)s: %(amount)s diberitakan lunas, tetapi jawaban penyedia lain.") % told
        else:
            continue
        found.append((f"charge:{each.pk}", words))
    return found


def _of_refunds(mall: Mall, day: date) -> Sequence[tuple[str, str]]:
    """Money that was granted that day, and that the gateway neither gave back nor told us what it did; or refused."""
    of_day = _whole(mall, day)
    rows = GatewayRefund.objects.filter(mall=mall, asked_at__range=of_day, refund__returned=None)
    found = []
    for each in rows.select_related("charge__bill").order_by("pk"):
        told = {"number": each.number, "amount": each.charge.money.figure, "said": each.said or each.code}
        if each.state == GatewayRefund.State.REFUSED:
            words = _("Pengembalian %(number)s, %(amount)s: ditolak penyedia (%(said)s), belum dibayar petugas.") % told
        else:
            words = _("Pengembalian %(number)s, %(amount)s: penyedia belum menjawab.") % told
        found.append((f"refund:{each.pk}:{each.state}", words))
    return found


def _of_notices(mall: Mall, day: date) -> Sequence[tuple[str, str]]:
    rows = GatewayNotice.objects.filter(mall=mall, day=day, verdict__in=STRAY).order_by("pk")
    found = []
    for each in rows:
        told = {"reference": each.reference, "amount": Money(each.amount or 0).figure,
                "why": each.get_verdict_display().lower()}  # fmt: skip
        words = _("Pemberitahuan %(reference)s, %(amount)s: %(why)s.") % told
        found.append((f"notice:{each.pk}", words))
    return found
