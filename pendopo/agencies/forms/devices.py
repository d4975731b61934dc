from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.forms import ReasonForm
from pendopo.tenancy.models import Device, Zone

type Sent = Mapping[str, object] | None
PAPERS = [("80", "80 mm"), ("58", "58 mm")]


class ZoneField(forms.TypedChoiceField):
    """One of the zones in use, named with their sites where there are several."""

    def __init__(self, zones: Sequence[Zone]) -> None:
        self.zones = {str(zone.pk): zone for zone in zones}
        several = len({zone.site_id for zone in zones}) > 1
        named = [(pk, f"{zone.site.name}: {zone.name}" if several else zone.name) for pk, zone in self.zones.items()]
        super().__init__(label=_("Zona"), choices=named, coerce=self.zones.__getitem__)


class DeviceForm(ReasonForm):
    """A new device: what it is and where it stands."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=Device.Kind.choices)
    name = forms.CharField(label=_("Nama"), max_length=80, help_text=_("Misalnya: Kios pintu utara."))
    field_order = ("kind", "name", "zone", "reason")

    def __init__(self, zones: Sequence[Zone], data: Sent = None) -> None:
        super().__init__(data)
        self.fields["zone"] = ZoneField(zones)
        self.order_fields(self.field_order)


class MoveForm(ReasonForm):
    """Where a device stands from now on."""

    field_order = ("zone", "reason")

    def __init__(self, zones: Sequence[Zone], data: Sent = None, *, device: Device) -> None:
        super().__init__(data, initial={"zone": str(device.zone_id or "")}, auto_id="move-%s")
        self.fields["zone"] = ZoneField(zones)
        self.order_fields(self.field_order)


class VoiceForm(ReasonForm):
    """Whether a device speaks the calls of its zone."""

    speaks = forms.ChoiceField(
        label=_("Pengeras suara"),
        choices=[("yes", _("Bersuara; papan lain di zona ini diam")), ("no", _("Diam"))],
        widget=forms.RadioSelect,
    )
    field_order = ("speaks", "reason")

    def __init__(self, data: Sent = None, *, device: Device) -> None:
        super().__init__(data, initial={"speaks": "yes" if device.speaks else "no"}, auto_id="voice-%s")


class PrinterForm(ReasonForm):
    """Where a device's slips are printed."""

    address = forms.CharField(
        label=_("Alamat pencetak"),
        max_length=64,
        required=False,
        help_text=_("Nomor IP di jaringan, misalnya 10.0.0.5:9100. Kosong: tanpa pencetak."),
    )
    paper_mm = forms.TypedChoiceField(label=_("Lebar kertas"), choices=PAPERS, coerce=int)
    field_order = ("address", "paper_mm", "reason")

    def __init__(self, data: Sent = None, *, device: Device) -> None:
        known = {"address": device.address, "paper_mm": str(device.paper_mm or 80)}
        super().__init__(data, initial=known, auto_id="printer-%s")


class RevocationForm(ReasonForm):
    """Why a device is taken out of service."""

    def __init__(self, data: Sent = None) -> None:
        super().__init__(data, auto_id="revocation-%s")
