from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.catalogue.models import Service
from pendopo.indicators.models import Indicator, Theme
from pendopo.indicators.models.indicators import EARLIEST_YEAR, LATEST_YEAR
from pendopo.kernel.fields import ClaimField, DayField, FigureField
from pendopo.tenancy.models import Mall

type Sent = Mapping[str, object] | None


class IndicatorForm(forms.Form):
    """An indicator that the mall wants to follow."""

    name = forms.CharField(label=_("Nama indikator"), max_length=160)
    theme = forms.ChoiceField(label=_("Tema"), choices=Theme.choices)
    unit = forms.CharField(label=_("Satuan"), max_length=40, help_text=_("Misalnya persen atau miliar rupiah."))
    better = forms.ChoiceField(label=_("Arah yang baik"), choices=Indicator.Better.choices)
    publisher = forms.CharField(
        label=_("Penerbit angka resmi"), max_length=120, required=False, help_text=_("Misalnya BPS.")
    )
    note = forms.CharField(label=_("Keterangan"), max_length=300, required=False)


class FigureForm(forms.Form):
    """What a source says the indicator was."""

    value = FigureField(_("Angka"), most_digits=18, least=None)
    as_of = DayField(_("Keadaan pada tanggal"))
    source = forms.CharField(
        label=_("Sumber"), max_length=200, help_text=_("Publikasi, laporan, atau berita yang menyebutnya.")
    )
    is_claim = ClaimField()
    note = forms.CharField(label=_("Keterangan"), max_length=300, required=False)


class CorrectionForm(FigureForm):
    """A figure that takes the place of a wrong one, and why."""

    corrects = forms.IntegerField(label=_("Angka yang salah"), min_value=1)
    reason = forms.CharField(label=_("Mengapa dikoreksi"), max_length=200)

    field_order = ["corrects", "reason"]

    def __init__(self, data: Sent = None, *, choices: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__(data, auto_id="correction_%s")
        self.fields["corrects"].widget = forms.Select(choices=choices)


class TargetForm(forms.Form):
    """Where the indicator should be in a year."""

    year = forms.IntegerField(label=_("Tahun"), min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)
    value = FigureField(_("Target"), most_digits=18, least=None)
    source = forms.CharField(label=_("Sumber"), max_length=200, help_text=_("Misalnya nomor RPJMD."))
    reason = forms.CharField(
        label=_("Alasan"), max_length=200, required=False, help_text=_("Wajib bila target tahun itu sudah ada.")
    )


class ServicesForm(forms.Form):
    """Which services count, and why."""

    reason = forms.CharField(label=_("Alasan"), max_length=200)

    def __init__(self, mall: Mall, data: Sent = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id="services_%s")
        rows = Service.objects.filter(mall=mall).select_related("agency").order_by("name", "pk")
        self.services = {str(each.pk): each for each in rows}
        self.fields["services"] = forms.TypedMultipleChoiceField(
            label=_("Layanan yang dihitung"),
            choices=[(pk, f"{each.name} ({each.agency.short_name})") for pk, each in self.services.items()],
            coerce=self.services.__getitem__,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.order_fields(["services", "reason"])
