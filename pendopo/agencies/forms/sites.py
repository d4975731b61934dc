from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.forms import ReasonForm
from pendopo.tenancy.models import Site, Zone

type Sent = Mapping[str, object] | None
KINDS = [(Site.Kind.HALL, Site.Kind.HALL.label), (Site.Kind.OUTPOST, Site.Kind.OUTPOST.label)]


class SiteForm(ReasonForm):
    """What a hall or outpost is called and where it stands."""

    name = forms.CharField(label=_("Nama tempat"), max_length=120, help_text=_("Misalnya: MPP Gajah Mada."))
    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=KINDS,
        initial=Site.Kind.HALL,
        help_text=_("Pos layanan berada di kelurahan, puskesmas, atau rumah sakit."),
    )
    address = forms.CharField(
        label=_("Alamat"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("name", "kind", "address", "reason")

    def __init__(self, data: Sent = None, *, site: Site | None = None) -> None:
        known = {"name": site.name, "kind": site.kind, "address": site.address} if site else None
        super().__init__(data, initial=known)

    @property
    def told(self) -> dict[str, str]:
        """What was written, without the reason."""
        return {name: self.cleaned_data[name] for name in ("name", "kind", "address")}


class ZoneForm(ReasonForm):
    """What a zone is called; its code stands in addresses of boards."""

    code = forms.RegexField(
        regex=r"^[A-Z0-9-]{1,10}$",
        label=_("Kode zona"),
        help_text=_("Satu sampai sepuluh huruf besar atau angka, misalnya A atau LT2."),
        error_messages={"invalid": _("Hanya huruf besar, angka, dan tanda hubung.")},
    )
    name = forms.CharField(label=_("Nama zona"), max_length=80, help_text=_("Misalnya: Lantai 2."))
    field_order = ("code", "name", "reason")

    def __init__(self, data: Sent = None, *, zone: Zone | None = None) -> None:
        known = {"code": zone.code, "name": zone.name} if zone else None
        super().__init__(data, initial=known, auto_id=f"zone-{zone.pk if zone else 'new'}-%s")
