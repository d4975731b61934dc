"""Writing what a mall tells everybody, and drawing its floor plans."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.tenancy.models import Site

type Sent = Mapping[str, object] | None


class NoticeForm(forms.Form):
    """A title, what there is to say of it, and of which site; a change says why."""

    title = forms.CharField(label=_("Judul"), max_length=160)
    text = forms.CharField(label=_("Teks"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    site = forms.TypedChoiceField(label=_("Tempat"), required=False, empty_value=None)
    ends_on = forms.DateField(
        label=_("Ditampilkan sampai"),
        required=False,
        help_text=_("Kosong berarti sampai ditarik."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, sites: Sequence[Site], data: Sent = None, *, changes: bool = False, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        places = {str(site.pk): site for site in sites}
        field = self.fields["site"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("Seluruh MPP")), *((pk, site.name) for pk, site in places.items())]
        field.coerce = places.__getitem__
        if changes:
            self.fields["reason"] = forms.CharField(label=_("Alasan perubahan"), max_length=200)


class PlanForm(forms.Form):
    """The floor plan in words, and why it changes; the picture comes beside."""

    words = forms.CharField(
        label=_("Denah dengan kata-kata"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dibacakan kepada orang yang tidak dapat melihat gambarnya."),
    )
    reason = forms.CharField(label=_("Alasan perubahan"), max_length=200)
