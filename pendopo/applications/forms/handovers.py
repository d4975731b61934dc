"""What is asked when a product comes in, is moved, and is handed over."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.applications.models import Receipt
from pendopo.kernel.forms import ReasonForm
from pendopo.people.models import Representation
from pendopo.tenancy.models import Site

OWNER, NEW = "owner", "new"


class BringForm(forms.Form):
    """A product that was printed, and whose it is."""

    agency = forms.ChoiceField(label=_("Instansi"))
    site = forms.ChoiceField(label=_("Diambil di"))
    product = forms.CharField(label=_("Produk"), max_length=80, help_text=_("Misalnya KTP-el, paspor, sertipikat."))
    number = forms.CharField(label=_("Nomor dari instansi"), max_length=40, required=False)
    owner = forms.CharField(label=_("Nama pemilik"), max_length=120)
    nik = forms.CharField(
        label=_("NIK pemilik"), max_length=24, required=False,
        help_text=_("Bila diisi, pemilik yang sudah dikenal tidak dicatat dua kali."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Telepon pemilik"), max_length=24, required=False, help_text=_("Untuk kabar “siap diambil”.")
    )
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, agencies: Iterable[Agency], sites: Iterable[Site], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # as Form takes it
        self._choose("agency", [(str(each.pk), each.name) for each in agencies])
        self._choose("site", [(str(each.pk), each.name) for each in sites])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ShelfForm(forms.Form):
    """Where a product lies."""

    shelf = forms.CharField(label=_("Nomor rak"), max_length=12)


class SendForm(forms.Form):
    """By whom a product leaves."""

    courier = forms.CharField(label=_("Kurir dan nomor resi"), max_length=120)


class HandForm(forms.Form):
    """Who takes a product, by which right, and how they signed."""

    taker = forms.ChoiceField(label=_("Siapa yang mengambil?"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Nama wakil"), max_length=120, required=False)
    basis = forms.ChoiceField(
        label=_("Sebagai"), choices=Representation.Basis, initial=Representation.Basis.ATTORNEY, required=False
    )
    document = forms.CharField(
        label=_("Surat kuasa atau bukti"), max_length=160, required=False,
        help_text=_("Nomor dan tanggal surat, atau bukti hubungan keluarga. Jangan tulis NIK."),
    )  # fmt: skip
    signed = forms.ChoiceField(label=_("Tanda tangan"), choices=Receipt.Signed, widget=forms.RadioSelect)
    drawn = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, proxies: Iterable[Representation], *args: object, is_person: bool, was_sent: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # as Form takes it
        taker, signed = self.fields["taker"], self.fields["signed"]
        assert isinstance(taker, forms.ChoiceField)
        assert isinstance(signed, forms.ChoiceField)
        owner = [(OWNER, _("Pemiliknya sendiri"))] if is_person else []
        known = [(str(each.pk), f"{each.person.name} ({each.get_basis_display()})") for each in proxies]
        taker.choices = [*owner, *known, (NEW, _("Wakil lain, dengan surat kuasa atau bukti"))]
        signed.choices = [each for each in Receipt.Signed.choices if was_sent or each[0] != Receipt.Signed.COURIER]

    def clean(self) -> dict[str, object]:
        """Ask a new proxy for name and paper."""
        said: dict[str, object] = super().clean() or self.cleaned_data
        if said.get("taker") == NEW:
            for name in ("name", "document"):
                if not said.get(name):
                    self.add_error(name, _("Isi bagian ini untuk wakil yang belum tercatat."))
        return said


class PickUpForm(ReasonForm):
    """For which service people take a number to pick up."""

    service = forms.ChoiceField(label=_("Layanan untuk nomor pengambilan"), required=False)

    field_order = ["service", "reason"]

    def __init__(self, services: Iterable[tuple[str, str]], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # as Form takes it
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Tanpa nomor, di loket mana pun")), *services]
