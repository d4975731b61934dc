"""The receipt of a settled bill on paper: what was paid, by which rule and which regulation."""

from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendopo.documents import typesetting
from pendopo.kernel import dates
from pendopo.payments.errors import NotSettled
from pendopo.payments.models import Bill, Checked, Return, Settlement
from pendopo.payments.types import How

TEMPLATE = Path(__file__).parent.parent / "typst" / "receipt.typ"


def receipt(bill: Bill) -> bytes:
    """Set the receipt of a bill: the same rows give the same paper. Raises NotSettled."""
    return typesetting.pdf(TEMPLATE, said(bill), mall=bill.mall)


def said(bill: Bill) -> dict[str, object]:
    """Return what the receipt says. Raises NotSettled."""
    rows = Settlement.objects.filter(mall_id=bill.mall_id, bill=bill).select_related("deposit", "charge")
    settlement = rows.first()
    if settlement is None:
        raise NotSettled(_("Tagihan ini belum lunas: belum ada tanda terima."))
    mall = bill.mall
    return {
        "language": (get_language() or "id")[:2],
        "date": list(mall.local(settlement.settled_at).timetuple()[:3]),
        "title": _("Tanda terima pembayaran"),
        "subtitle": f"{mall.name}: {bill.agency.name}",
        "amount": bill.money.figure,
        "facts": [
            *([[_("Nomor tanda terima"), settlement.receipt]] if settlement.receipt else []),
            [_("Nomor tagihan"), bill.number],
            [_("Layanan yang dibayar"), bill.rule],
            [_("Dasar biaya"), bill.basis],
            [_("Biaya berlaku sejak"), dates.short_day(bill.rule_from)],
            [_("Ditagih"), dates.moment(bill.made_at, mall.timezone)],
            *_how(settlement),
        ],
        "refund": _given_back(settlement, mall.timezone),
        "footer": _("Tidak ada biaya lain di luar yang tertulis di sini."),
    }


def _how(settlement: Settlement) -> list[list[str]]:
    """Say how it was paid, and who says so: a paper that somebody checked, or the gateway."""
    zone, deposit, charge = settlement.mall.timezone, settlement.deposit, settlement.charge
    settled = dates.moment(settlement.settled_at, zone)
    if charge is not None:
        paid = dates.moment(charge.paid_at, zone) if charge.paid_at else settled
        return [[_("Dibayar"), paid], ["QRIS", charge.reference], [_("Tercatat lunas"), settled]]
    assert deposit is not None
    day = [_("Dibayar"), dates.short_day(deposit.paid_on)]
    checked = [_("Diperiksa"), settled]
    if deposit.how == How.CODE:
        return [day, [_("Kode billing"), deposit.number], ["NTPN", deposit.mark], checked]
    return [day, [_("Bukti loket kas bank"), deposit.number], checked]


def _given_back(settlement: Settlement, zone: str) -> str:
    back = Return.objects.filter(mall_id=settlement.mall_id, settlement=settlement).first()
    if back:
        return _("Uang ini dikembalikan %(day)s.") % {"day": dates.short_day(back.day)}
    granted = settlement.refunds.filter(mall_id=settlement.mall_id, verdict=Checked.Verdict.ACCEPTED).first()
    if granted is None or granted.checked_at is None:
        return ""
    return _("Pengembalian disetujui %(time)s.") % {"time": dates.moment(granted.checked_at, zone)}
