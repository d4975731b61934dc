from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.colours import HEX
from pendopo.kernel.forms import ReasonForm
from pendopo.tenancy.models import Mall

type Sent = Mapping[str, object] | None
OWN, PENDOPO = "own", "pendopo"
KEEP, REPLACE, REMOVE = "keep", "replace", "remove"
# --ina-blue-400 of tokens.css: what a colour picker shows before anybody chose.
BLUE = "#196bcd"


class BrandForm(ReasonForm):
    """What the mall is called and how it looks. The picture itself is read by the view."""

    name = forms.CharField(label=_("Nama MPP"), max_length=120)
    government = forms.CharField(label=_("Pemerintah daerah"), max_length=120)
    colours = forms.ChoiceField(
        label=_("Warna"),
        choices=[(PENDOPO, _("Biru bawaan")), (OWN, _("Warna sendiri"))],
        widget=forms.RadioSelect,
    )
    accent = forms.CharField(
        label=_("Warna sendiri"),
        required=False,
        max_length=7,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("Cukup gelap supaya tulisan putih di atasnya terbaca. Kami memeriksanya."),
    )
    logo = forms.ChoiceField(label=_("Lambang"), widget=forms.RadioSelect)
    picture = forms.FileField(
        label=_("Gambar lambang"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text=_("PNG atau JPEG, paling besar 200 kB, sebaiknya persegi dengan latar tembus."),
    )
    field_order = ("name", "government", "colours", "accent", "logo", "picture", "reason")

    def __init__(self, mall: Mall, data: Sent = None, files: Sent = None) -> None:
        known = {
            "name": mall.name,
            "government": mall.government,
            "colours": OWN if mall.accent else PENDOPO,
            "accent": mall.accent or BLUE,
            "logo": KEEP,
        }
        super().__init__(data, files, initial=known)  # type: ignore[arg-type] # as Form takes it
        logo = self.fields["logo"]
        assert isinstance(logo, forms.ChoiceField)
        if mall.logo:
            logo.choices = [(KEEP, _("Tetap")), (REPLACE, _("Ganti")), (REMOVE, _("Hapus; lambang bawaan tampil"))]
        else:
            logo.choices = [(KEEP, _("Lambang bawaan")), (REPLACE, _("Lambang sendiri"))]

    def clean_accent(self) -> str:
        """Read the colour as a picker writes it."""
        text = str(self.cleaned_data["accent"]).strip().lower()
        if text and not HEX.fullmatch(text):
            raise forms.ValidationError(_("Tulis warna seperti #0956c3."))
        return text

    def clean(self) -> dict[str, object]:
        """Ask for what was chosen."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        if found.get("colours") == OWN and not found.get("accent") and "accent" not in self.errors:
            self.add_error("accent", _("Pilih warnanya."))
        if found.get("logo") == REPLACE and not found.get("picture") and "picture" not in self.errors:
            self.add_error("picture", _("Pilih gambarnya."))
        return found

    @property
    def colour(self) -> str:
        """The mall's own colour, or empty."""
        chosen: str = self.cleaned_data["accent"]
        return chosen if self.cleaned_data["colours"] == OWN else ""
