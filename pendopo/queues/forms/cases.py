from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.queues.models import ForwardedCase


class StepForm(forms.Form):
    """What happened to a forwarded case, the agency's number once it is known, and the words its citizen reads."""

    kind = forms.ChoiceField(label=_("Langkah"), widget=forms.RadioSelect)
    agency_number = forms.CharField(label=_("Nomor dari instansi"), max_length=40, required=False)
    reason = forms.CharField(
        label=_("Keterangan"), max_length=200, required=False,
        help_text=_("Wajib bila diminta melengkapi atau ditolak. Warga membacanya: jangan tulis nama atau NIK."),
    )  # fmt: skip

    phone = forms.CharField(
        label=_("Telepon warga"), max_length=24, required=False,
        help_text=_("Bila diminta melengkapi, ia dikabari di nomor ini, sekali. Nomornya tidak disimpan di berkas."),
    )  # fmt: skip

    def __init__(self, steps: Sequence[ForwardedCase.State], data: object = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(step.value, step.label) for step in steps]
