from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.innovations.actions.register import Told
from pendopo.innovations.forms.fields import MOST_FIGURES, AgencyField, DayField, MonthField, YearField
from pendopo.innovations.models import Innovation

type Sent = Mapping[str, object] | None
UNKNOWN = ("", _("Belum diketahui"))
KNOWN = (
    "name", "year", "expansion", "summary", "started_in", "started_on", "kind", "form", "initiator", "legal_basis",
    "source",
)  # fmt: skip


class InnovationForm(forms.Form):
    """What is known of an innovation; what is not stays empty."""

    name = forms.CharField(label=_("Nama inovasi"), max_length=160)
    expansion = forms.CharField(label=_("Kepanjangan nama"), max_length=240, required=False)
    year = YearField(
        _("Tahun inovasi"),
        help_text=_("Tahun ketika inovasi ini dihitung bagi instansinya: satu instansi satu inovasi."),
    )
    summary = forms.CharField(
        label=_("Ringkasan"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Apa yang berubah bagi warga, dalam beberapa kalimat."),
    )
    started_on = DayField(_("Diterapkan sejak tanggal"), required=False)
    started_in = YearField(_("atau sejak tahun"), required=False, help_text=_("Bila tanggalnya tidak diketahui."))
    kind = forms.ChoiceField(label=_("Jenis"), required=False, choices=[UNKNOWN, *Innovation.Kind.choices])
    form = forms.ChoiceField(label=_("Bentuk"), required=False, choices=[UNKNOWN, *Innovation.Form.choices])
    initiator = forms.ChoiceField(
        label=_("Penggagas"), required=False, choices=[UNKNOWN, *Innovation.Initiator.choices]
    )
    legal_basis = forms.CharField(
        label=_("Dasar hukum"),
        max_length=200,
        required=False,
        help_text=_("Peraturan daerah, peraturan wali kota, atau keputusan; tulis “disusun” bila belum berlaku."),
    )
    source = forms.CharField(
        label=_("Sumber"), max_length=300, required=False, help_text=_("Surat, laporan, atau alamat situs.")
    )

    @property
    def told(self) -> Told:
        """What was written."""
        return Told(**{name: self.cleaned_data[name] for name in KNOWN})


class NewInnovationForm(InnovationForm):
    """The same, with whose it is."""

    def __init__(self, agencies: Sequence[Agency], data: Sent = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        self.fields["agency"] = AgencyField(agencies, label=_("Instansi"))
        if len(agencies) == 1:
            self.initial.setdefault("agency", agencies[0].pk)
        self.order_fields(["agency"])


class UsageForm(forms.Form):
    """How often it was used in a month."""

    month = MonthField(_("Bulan"))
    count = forms.IntegerField(label=_("Banyaknya"), min_value=0, max_value=MOST_FIGURES)
    unit = forms.CharField(label=_("Yang dihitung"), max_length=60, help_text=_("Misalnya: pengguna, aduan, surat."))
    source = forms.CharField(label=_("Sumber"), max_length=300)


class AwardForm(forms.Form):
    """What it won."""

    name = forms.CharField(label=_("Penghargaan"), max_length=160, help_text=_("Misalnya: Top 45 KIPP."))
    year = YearField(_("Tahun"))
    source = forms.CharField(label=_("Sumber"), max_length=300)


class ReplicationForm(forms.Form):
    """Who took it over, since when, and from whom."""

    taker = forms.CharField(
        label=_("atau pihak lain"), max_length=160, required=False, help_text=_("Misalnya: Kabupaten Contoh.")
    )
    giver = forms.CharField(
        label=_("Diambil dari"),
        max_length=160,
        required=False,
        help_text=_("Kosongkan bila dari instansi pemilik inovasi ini."),
    )
    since = DayField(_("Sejak"))
    source = forms.CharField(label=_("Sumber"), max_length=300)

    def __init__(self, agencies: Sequence[Agency], data: Sent = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        self.fields["agency"] = AgencyField(agencies, label=_("Diambil alih oleh instansi"), required=False)
        self.order_fields(["agency"])


class EndForm(forms.Form):
    """Since when it is not used any more, and why."""

    on = DayField(_("Hari terakhir dipakai"))
    reason = forms.CharField(label=_("Alasan"), max_length=300)


class NoveltyForm(forms.Form):
    """An idea, to be held against the register."""

    name = forms.CharField(label=_("Nama"), max_length=160)
    text = forms.CharField(
        label=_("Uraian"), max_length=1500, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu dua kalimat: apa yang baru, untuk siapa."),
    )  # fmt: skip
