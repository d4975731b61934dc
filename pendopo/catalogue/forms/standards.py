from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.catalogue.actions.standards import LONGEST, Decree, Involvement
from pendopo.catalogue.components import rules
from pendopo.catalogue.models import Publication

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


class _Day(forms.DateField):
    def __init__(self, *, label: object, required: bool = True, help_text: object = "") -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)  # type: ignore[arg-type] # lazy

    def clean(self, value: object) -> date | None:
        """Refuse days of another century: a year was mistyped."""
        day: date | None = super().clean(value)
        if day and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Periksa tahunnya."))
        return day


class StandardForm(forms.Form):
    """A standard as its decree sets it: the decree, from when, who took part, and one field for each component."""

    decree_number = forms.CharField(max_length=120, label=gettext_lazy("Nomor keputusan"))
    decree_on = _Day(label=gettext_lazy("Tanggal keputusan"))
    decree_file = forms.CharField(
        max_length=200,
        required=False,
        label=gettext_lazy("Nama berkas keputusan"),
        help_text=gettext_lazy("Di mana instansi menyimpannya; isi bila PDF-nya tidak diunggah"),
    )
    valid_from = _Day(
        label=gettext_lazy("Berlaku mulai"), help_text=gettext_lazy("Standar sebelumnya berakhir sehari sebelum ini.")
    )
    forum = forms.CharField(
        max_length=200,
        required=False,
        label=gettext_lazy("Forum pelibatan warga"),
        help_text=gettext_lazy("Misalnya forum konsultasi publik di balai kota"),
    )
    forum_on = _Day(label=gettext_lazy("Tanggal forum"), required=False)
    forum_evidence = forms.CharField(
        max_length=300, required=False, label=gettext_lazy("Bukti"), help_text=gettext_lazy("Berita acara atau tautan")
    )
    reason = forms.CharField(max_length=200, label=gettext_lazy("Alasan penetapan"))

    def __init__(self, data: object = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)  # type: ignore[arg-type] # as Form takes it
        for each in rules().components:
            self.fields[f"component_{each.code}"] = forms.CharField(
                label=each.name, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
            )

    def clean(self) -> dict[str, object]:
        """A forum has a day, and a day has a forum."""
        found = super().clean() or {}
        if bool(found.get("forum")) != bool(found.get("forum_on")):
            self.add_error("forum_on", _("Isi forum dan tanggalnya, atau kosongkan keduanya."))
        return found

    @property
    def components(self) -> dict[str, str]:
        """What was written of each component."""
        return {each.code: str(self.cleaned_data[f"component_{each.code}"]) for each in rules().components}

    def decree(self, paper: tuple[str, bytes] | None) -> Decree:
        """Return by what it is set, with the document that was sent beside the form."""
        said = self.cleaned_data
        return Decree(said["decree_number"], said["decree_on"], said["decree_file"], paper)

    @property
    def involvement(self) -> Involvement | None:
        """Who took part, where it is said."""
        said = self.cleaned_data
        return Involvement(said["forum"], said["forum_on"], said["forum_evidence"]) if said["forum"] else None


class PublicationForm(forms.Form):
    """Where the standard in force can be read."""

    medium = forms.ChoiceField(choices=Publication.Medium.choices, label=gettext_lazy("Media"))
    published_on = _Day(label=gettext_lazy("Terbit pada"))
    evidence = forms.CharField(
        max_length=300, label=gettext_lazy("Bukti"), help_text=gettext_lazy("Tautan, atau di mana ia terpasang")
    )

    def __init__(self, data: object = None) -> None:
        # Another form of the page has evidence too.
        super().__init__(data, auto_id="id_publication_%s")  # type: ignore[arg-type] # as Form takes it
