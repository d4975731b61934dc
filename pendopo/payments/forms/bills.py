from datetime import date
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.fields import DayField
from pendopo.kernel.money import MOST, Money
from pendopo.payments.models import Wished
from pendopo.payments.queries.bills import MOST_DAYS
from pendopo.payments.types import LONGEST_NUMBER, How, Payment
from pendopo.people.actions.knowing import Told


class BillForm(forms.Form):
    """That a case is billed: the amount as it was shown, and for how long."""

    part = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    shown = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST)
    days = forms.IntegerField(
        label=_("Berlaku berapa hari"), min_value=1, max_value=MOST_DAYS, initial=3,
        help_text=_("Sesudah itu tagihan tidak dapat dibayar lagi dan harus dibuat baru."),
    )  # fmt: skip

    name = forms.CharField(
        label=_("Nama pembayar"), max_length=120, required=False,
        help_text=_("Bila ia ingin dikabari. Tanpa nama pun tagihan dapat dibayar siapa saja."),
    )  # fmt: skip
    nik = forms.CharField(
        label=_("NIK pembayar"), max_length=24, required=False,
        help_text=_("Bila diisi, orang yang sudah dikenal tidak dicatat dua kali."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Telepon pembayar"), max_length=24, required=False, help_text=_("Untuk kabar tagihan dan lunasnya.")
    )

    def clean(self) -> dict[str, object]:
        """Ask for the name of whoever told something else of themselves."""
        told: dict[str, object] = super().clean() or self.cleaned_data
        if (told.get("nik") or told.get("phone")) and not told.get("name"):
            self.add_error("name", _("Tulis juga namanya."))
        return told

    @property
    def money(self) -> Money:
        """The amount as it was shown."""
        return Money(self.cleaned_data["shown"])

    @property
    def payer(self) -> Told | None:
        """Who pays, where they said so."""
        told = self.cleaned_data
        return Told(told["name"], told["nik"], told["phone"]) if told["name"] else None


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


class WishForm(forms.Form):
    """That whoever paid asks their money back: why, and where to. No whole account number is asked for."""

    BANK, DESK = "bank", "desk"
    part = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    reason = forms.CharField(label=_("Mengapa Anda meminta uang kembali?"), max_length=300)
    to = forms.ChoiceField(
        label=_("Dikembalikan ke mana?"), widget=forms.RadioSelect,
        choices=[(BANK, _("Ke rekening bank")), (DESK, _("Diambil di loket"))],
    )  # fmt: skip
    bank = forms.CharField(label=_("Nama bank"), max_length=40, required=False, help_text=_("Hanya bila ke rekening."))
    last_digits = forms.RegexField(
        r"[0-9]{4}\Z", label=_("Empat angka terakhir rekening"), required=False, max_length=4,
        help_text=_("Jangan tulis nomor lengkapnya. Petugas mencocokkannya dengan Anda."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Tulis empat angka.")},
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Ask for the bank and the digits of whoever wants it on an account."""
        told: dict[str, object] = super().clean() or self.cleaned_data
        if told.get("to") == self.BANK:
            for name in ("bank", "last_digits"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Isi bagian ini, atau pilih diambil di loket."))
        return told

    @property
    def wished(self) -> Wished:
        """What is asked."""
        told = self.cleaned_data
        if told["to"] == self.DESK:
            return Wished(told["reason"])
        return Wished(told["reason"], told["bank"], told["last_digits"])


class ForwardForm(forms.Form):
    """That what a payer asks is put before another one."""

    part = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


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
