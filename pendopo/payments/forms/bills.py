from datetime import date
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.fields import DayField
from pendopo.kernel.money import MOST, Money
from pendopo.payments.queries.bills import MOST_DAYS
from pendopo.payments.types import LONGEST_NUMBER, How, Payment


class BillForm(forms.Form):
    """That a case is billed: the amount as it was shown, and for how long."""

    part = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    shown = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)
    days = forms.IntegerField(
        label=_("Berlaku berapa hari"), min_value=1, max_value=MOST_DAYS, initial=3,
        help_text=_("Sesudah itu tagihan tidak dapat dibayar lagi dan harus dibuat baru."),
    )  # fmt: skip

    @property
    def money(self) -> Money:
        """The amount as it was shown."""
        return Money(self.cleaned_data["shown"])


class DepositForm(forms.Form):
    """What a paper says of a payment, typed as it is printed. Types that check themselves refuse the rest."""

    part = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    how = forms.ChoiceField(
        label=_("Cara bayar"),
        choices=[(How.DESK.value, _("Loket kas bank")), (How.CODE.value, _("Kode billing dan NTPN"))],
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=_("Nomor bukti atau kode billing"), max_length=LONGEST_NUMBER, help_text=_("Seperti yang tercetak.")
    )
    ntpn = forms.CharField(
        label=_("NTPN"), max_length=16, required=False, help_text=_("Hanya untuk kode billing: 16 angka atau huruf.")
    )
    amount = forms.IntegerField(
        label=_("Jumlah pada bukti (rupiah)"), min_value=1, max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    paid_on = DayField(_("Tanggal bayar"))
    photo = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)

    @property
    def payment(self) -> Payment:
        """What it says. Raises NotUnderstood."""
        told = self.cleaned_data
        day: date = told["paid_on"]
        return Payment(How(told["how"]), Money(told["amount"]), day, told["number"], told["ntpn"].upper())


class RefundForm(forms.Form):
    """Why money is asked back."""

    part = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    reason = forms.CharField(label=_("Mengapa uang ini dikembalikan"), max_length=300)


class VoidForm(forms.Form):
    """Why a bill is not asked any more."""

    reason = forms.CharField(label=_("Mengapa tagihan ini dibatalkan"), max_length=300)


class AdmitForm(forms.Form):
    """Why money that came late counts."""

    reason = forms.CharField(label=_("Mengapa pembayaran terlambat ini diterima"), max_length=300)


class VerdictForm(forms.Form):
    """What somebody decides about what another one wrote; refusing says why."""

    ACCEPT, REFUSE = "accept", "refuse"
    verdict = forms.ChoiceField(choices=[(ACCEPT, ACCEPT), (REFUSE, REFUSE)])
    words = forms.CharField(label=_("Alasan bila ditolak"), max_length=300, required=False)
