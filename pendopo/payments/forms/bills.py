import re
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.fields import DayField
from pendopo.kernel.money import MOST, Money
from pendopo.payments.queries.bills import MOST_DAYS
from pendopo.payments.types import LONGEST_BANK, LONGEST_HOLDER, LONGEST_NUMBER, Destination, How, Payment, Sent
from pendopo.people.actions.knowing import Told

OPEN = {"autocomplete": "off", "spellcheck": "false"}
FIGURES = {"inputmode": "numeric"}
BANK, DESK = "bank", "desk"
WAYS = [(BANK, _("Ke rekening bank")), (DESK, _("Diambil di loket"))]


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


class DestinationForm(forms.Form):
    """To where money goes back: an account, whole, or the counter."""

    to = forms.ChoiceField(label=_("Dikembalikan ke mana?"), widget=forms.RadioSelect, choices=WAYS)
    bank = forms.CharField(
        label=_("Nama bank"), max_length=LONGEST_BANK, required=False, help_text=_("Hanya bila ke rekening."),
        widget=forms.TextInput(attrs=OPEN),
    )  # fmt: skip
    number = forms.CharField(
        label=_("Nomor rekening"), required=False, max_length=30, widget=forms.TextInput(attrs=OPEN | FIGURES),
        help_text=_("Disimpan tersegel; hanya petugas yang memutuskan dan membayar yang membacanya."),
    )  # fmt: skip
    holder = forms.CharField(
        label=_("Nama pemilik rekening"), max_length=LONGEST_HOLDER, required=False,
        widget=forms.TextInput(attrs=OPEN),
    )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """Ask for the whole account of whoever wants it on one."""
        told: dict[str, object] = super().clean() or self.cleaned_data
        if told.get("to") == BANK:
            for name in ("bank", "number", "holder"):
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Isi bagian ini, atau pilih diambil di loket."))
        return told

    @property
    def told(self) -> dict[str, Any]:
        """What was sent, read."""
        return self.cleaned_data

    @property
    def said(self) -> Destination:
        """Where to, of a form that leaves no other choice. Raises NotUnderstood."""
        return self.destination or Destination()

    @property
    def destination(self) -> Destination | None:
        """Where to; None where it is left to whoever said so before. Raises NotUnderstood."""
        told = self.cleaned_data
        if told.get("to") == BANK:
            return Destination(told["bank"], re.sub(r"[ .-]", "", told["number"]), told["holder"])
        return Destination() if told.get("to") == DESK else None


class RefundForm(DestinationForm):
    """Why money is asked back, and where it goes: not asked of what came by a code and goes back as it came
    (`by_code`), nor of what a payer has said (`before`, in words) unless somebody says otherwise.
    """

    AS_BEFORE = "as-before"
    part = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    reason = forms.CharField(label=_("Mengapa uang ini dikembalikan"), max_length=300)
    field_order = ("part", "reason", "to", "bank", "number", "holder")

    def __init__(self, *args: Any, before: str = "", by_code: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        if by_code:
            for name in ("to", "bank", "number", "holder"):
                del self.fields[name]
        elif before:
            to.choices, to.initial = [(self.AS_BEFORE, before), *WAYS], self.AS_BEFORE


class WishForm(RefundForm):
    """That whoever paid asks their money back: why, and where to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Mengapa Anda meminta uang kembali?")


class TransferForm(forms.Form):
    """What the paper of a transfer says."""

    part = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    number = forms.CharField(
        label=_("Nomor transfer"), max_length=LONGEST_NUMBER, widget=forms.TextInput(attrs=OPEN),
        help_text=_("Seperti pada bukti bank atau tanda terima loket."),
    )  # fmt: skip
    sent_on = DayField(_("Tanggal transfer"))

    @property
    def sent(self) -> Sent:
        """What it says. Raises NotUnderstood."""
        return Sent(self.cleaned_data["number"], self.cleaned_data["sent_on"])


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
