from collections.abc import Mapping, Sequence

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.kernel.fields import ClaimField, DayField, FigureField
from pendopo.readiness.models import Unit, Value
from pendopo.readiness.queries.rules import GateRule

type Sent = Mapping[str, object] | None
MOST_GATES = 20


class ValueForm(forms.Form):
    """What a source reports of a gate."""

    value = FigureField(gettext_lazy("Angka"))
    exactness = forms.ChoiceField(label=gettext_lazy("Ketepatan"), choices=Value.Exactness.choices)
    out_of = forms.IntegerField(
        label=gettext_lazy("Dari berapa orang atau hal"),
        required=False,
        min_value=1,
        max_value=2_000_000_000,
        help_text=gettext_lazy("Penyebut persentase, bila diketahui."),
    )
    as_of = DayField(gettext_lazy("Keadaan pada tanggal"))
    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=200,
        help_text=gettext_lazy("Dokumen, laporan, atau berita yang menyebutnya."),
    )
    is_claim = ClaimField()
    note = forms.CharField(label=gettext_lazy("Keterangan"), max_length=300, required=False)


class CorrectionForm(ValueForm):
    """A value that takes the place of a wrong one, and why."""

    corrects = forms.IntegerField(label=gettext_lazy("Angka yang salah"), widget=forms.Select, min_value=1)
    reason = forms.CharField(label=gettext_lazy("Mengapa dikoreksi"), max_length=200)

    field_order = ["corrects", "reason"]

    def __init__(self, data: Sent = None, *, choices: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__(data, auto_id="correction_%s")
        self.fields["corrects"].widget = forms.Select(choices=choices)


class VersionForm(forms.Form):
    """From when on the gates hold, and why they change."""

    valid_from = DayField(gettext_lazy("Berlaku mulai"))
    reason = forms.CharField(
        label=gettext_lazy("Alasan"), max_length=200, help_text=gettext_lazy("Misalnya surat edaran yang mengubahnya.")
    )


class GateForm(forms.Form):
    """One gate. Without a name it is left out."""

    code = forms.SlugField(max_length=30, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Gerbang"), max_length=120, required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Satuan"), choices=Unit.choices)
    threshold = FigureField(
        gettext_lazy("Ambang"), required=False, help_text=gettext_lazy("Kosongkan bila hanya diikuti, tanpa ambang.")
    )
    source = forms.CharField(label=gettext_lazy("Sumber"), max_length=200, required=False)
    source_on = DayField(gettext_lazy("Tanggal sumber"), required=False)
    note = forms.CharField(label=gettext_lazy("Keterangan"), max_length=300, required=False)

    def clean(self) -> dict[str, object]:
        """A gate that has a name has a source too, and no percentage above a hundred."""
        found = super().clean() or {}
        if found.get("name") and not found.get("source"):
            self.add_error("source", _("Tulis siapa yang menyebut gerbang ini."))
        threshold = found.get("threshold")
        if found.get("unit") == Unit.PERCENT and threshold is not None and float(str(threshold)) > 100:
            self.add_error("threshold", _("Persentase paling banyak 100."))
        return found


GateForms = formset_factory(GateForm, extra=1, max_num=MOST_GATES, absolute_max=MOST_GATES)


def gates_told(forms: "BaseFormSet[GateForm]") -> list[GateRule]:
    """Return the gates that were written; those without a name are left out."""
    return [
        GateRule(
            each["code"] or slugify(each["name"])[:30] or "gerbang",
            each["name"],
            each["unit"],
            each["threshold"],
            each["source"],
            each["source_on"],
            each["note"],
        )
        for each in (form.cleaned_data for form in forms)
        if each.get("name")
    ]
