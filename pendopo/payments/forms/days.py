from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.money import MOST
from pendopo.payments.lists import Columns
from pendopo.payments.types import Way


class StatementForm(forms.Form):
    """What the bank's or gateway's own list says of a day and a way."""

    way = forms.ChoiceField(label=_("Cara bayar"), choices=Way.choices)
    amount = forms.IntegerField(
        label=_("Jumlah menurut daftar mereka (rupiah)"), min_value=0, max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    count = forms.IntegerField(label=_("Banyaknya transaksi"), min_value=0, max_value=1_000_000)
    source = forms.CharField(
        label=_("Dari daftar mana"), max_length=200, help_text=_("Misalnya: rekening koran RKUD lembar 3.")
    )


class LinesForm(forms.Form):
    """A list that is brought as a file, and what its columns are called."""

    way = forms.ChoiceField(label=_("Daftar untuk cara bayar"), choices=Way.choices, initial=Way.QRIS)
    day_column = forms.CharField(label=_("Nama kolom tanggal"), max_length=60, initial="tanggal")
    mark_column = forms.CharField(
        label=_("Nama kolom nomor"), max_length=60, initial="nomor",
        help_text=_("Nomor bukti setor, NTPN, atau nomor QRIS (milik kami atau penyedia)."),
    )  # fmt: skip
    amount_column = forms.CharField(label=_("Nama kolom jumlah"), max_length=60, initial="jumlah")
    source = forms.CharField(
        label=_("Dari daftar mana"), max_length=200, required=False, help_text=_("Bila kosong: nama berkasnya.")
    )

    @property
    def columns(self) -> Columns:
        """What the file calls its columns."""
        told = self.cleaned_data
        return Columns(told["day_column"], told["mark_column"], told["amount_column"])


class ExplainForm(forms.Form):
    """Why a difference is one."""

    subject = forms.CharField(max_length=60, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Mengapa berbeda, dan apa yang dilakukan"), max_length=300)
