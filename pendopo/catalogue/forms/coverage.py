"""Deciding how a service is in the mall, and what the agency's own office does."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Outlet
from pendopo.catalogue.models import Coverage, OwnOffice

type Sent = Mapping[str, object] | None


class CoverageForm(forms.Form):
    """How a service is in the mall, at which outlet, why, and on what evidence."""

    coverage = forms.ChoiceField(label=_("Keputusan"), choices=Coverage.choices)
    reason = forms.CharField(
        label=_("Alasan"), max_length=300, required=False, help_text=_("Wajib bila tidak dilayani penuh di MPP.")
    )
    evidence = forms.CharField(
        label=_("Dasar"), max_length=300, required=False, help_text=_("Misalnya: notula desk, nomor surat dinas.")
    )

    def __init__(self, outlets: Sequence[Outlet], data: Sent = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        places = {str(outlet.pk): outlet for outlet in outlets}
        names = [
            (pk, f"{each.agency.name if each.agency else _('Loket bersama')}, {each.site.name}")
            for pk, each in places.items()
        ]
        self.fields["outlet"] = forms.TypedChoiceField(
            label=_("Dilayani di"),
            choices=[*names, ("", _("Tidak di MPP"))],
            coerce=places.__getitem__,
            required=False,
            empty_value=None,
        )
        self.order_fields(["coverage", "outlet"])


class OfficeForm(forms.Form):
    """What the agency's own office does."""

    state = forms.ChoiceField(
        label=_("Kantor instansi"),
        choices=[(each.value, each.label) for each in (OwnOffice.State.SERVES, OwnOffice.State.NEVER)],
    )
    place = forms.CharField(label=_("Alamat kantor"), max_length=160, required=False)


class ClosingForm(forms.Form):
    """Since when the own counter is closed, and by which decree; the photo comes beside."""

    closed_on = forms.DateField(
        label=_("Tutup sejak"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    decree = forms.CharField(label=_("Surat keputusan"), max_length=120)
