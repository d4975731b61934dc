"""Who bills, records and decides. For actions only."""

from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.kernel.errors import NotAllowed
from pendopo.payments.errors import SamePerson
from pendopo.payments.models import Checked, Refund, RefundWish


def locked(agency_id: int) -> Agency:
    """Lock an agency until the transaction ends: its bills get their numbers, and are settled, one after another."""
    return Agency.objects.select_for_update(of=("self",), no_key=True).select_related("mall").get(pk=agency_id)


def only_its_people(by: Actor, agency_id: int) -> None:
    """Refuse whoever neither serves at the agency's counters nor works behind them. Raises NotAllowed."""
    if by.account is None or not (by.works_for(agency_id) or by.works_behind(agency_id)):
        raise NotAllowed(_("Hanya petugas instansi ini yang menangani tagihannya."))


def only_another_behind(by: Actor, agency_id: int, of: Checked) -> None:
    """Refuse whoever does not work behind the agency's counters, or wrote it. Raises NotAllowed, SamePerson."""
    if not by.works_behind(agency_id):
        raise NotAllowed(_("Hanya admin dan petugas belakang instansi ini yang memeriksa pembayaran."))
    if of.account_id == by.account_id:
        raise SamePerson(_("Yang mencatat tidak memeriksa catatannya sendiri. Mintalah rekan Anda."))


def only_manager(by: Actor) -> None:
    """Refuse whoever does not manage the mall. Raises NotAllowed."""
    if by.account is None or not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang dapat mengubah ini."))


def not_the_payer(refund: Refund, by: Actor) -> None:
    """Refuse whoever asked for their own money: it takes two others. Raises SamePerson."""
    of_their_own(RefundWish.objects.filter(mall_id=refund.mall_id, refund=refund).first(), by)


def of_their_own(wish: RefundWish | None, by: Actor) -> None:
    """Refuse whoever wrote a wish themselves. Raises SamePerson."""
    if wish and wish.account_id is not None and wish.account_id == by.account_id:
        raise SamePerson(_("Anda sendiri yang meminta uang ini kembali. Mintalah rekan Anda menanganinya."))
