from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.forms import ReasonForm
from pendopo.payments.actions.merchants import MerchantFacts
from pendopo.payments.models import Merchant

OPEN = {"autocomplete": "off", "spellcheck": "false"}


class MerchantForm(ReasonForm):
    """The mall's account at its gateway. The secret is asked for and never shown."""

    is_active = forms.BooleanField(label=_("Terima pembayaran QRIS"), required=False)
    address = forms.CharField(
        label=_("Alamat layanan penyedia"), max_length=200, help_text=_("Misalnya: https://api.bank.co.id"),
        widget=forms.TextInput(attrs=OPEN),
    )  # fmt: skip
    client = forms.CharField(
        label=_("Kode klien (X-CLIENT-KEY, X-PARTNER-ID)"), max_length=64, widget=forms.TextInput(attrs=OPEN)
    )
    merchant_number = forms.CharField(label=_("Nomor merchant"), max_length=64, widget=forms.TextInput(attrs=OPEN))
    terminal = forms.CharField(label=_("Nomor terminal"), max_length=16, required=False)
    channel = forms.CharField(label=_("Kode kanal (CHANNEL-ID)"), max_length=5)
    secret = forms.CharField(
        label=_("Rahasia klien (client secret)"), max_length=512, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Disimpan tersegel dan tidak pernah ditampilkan. Kosongkan bila tidak berubah."),
    )  # fmt: skip
    gateway_key = forms.CharField(
        label=_("Kunci publik penyedia (PEM)"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 4, **OPEN}),
        help_text=_("Untuk memeriksa pemberitahuan mereka. Mereka memberikannya saat pendaftaran."),
    )  # fmt: skip
    field_order = (
        "is_active", "address", "client", "merchant_number", "terminal", "channel", "secret", "gateway_key", "reason",
    )  # fmt: skip

    def __init__(self, merchant: Merchant | None, data: object = None) -> None:
        names = ("is_active", "address", "client", "merchant_number", "terminal", "channel", "gateway_key")
        known = {name: getattr(merchant, name) for name in names} if merchant else {"is_active": True}
        super().__init__(data, initial=known)  # type: ignore[arg-type] # as Form takes it

    @property
    def facts(self) -> MerchantFacts:
        """What was told. Raises NotUnderstood."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        told["gateway_key"] = told["gateway_key"].replace("\r\n", "\n").strip()
        return MerchantFacts(**told)
