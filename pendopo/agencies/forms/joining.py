from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.actions.preparing import Needed
from pendopo.agencies.forms.fields import AgencyField
from pendopo.agencies.models import Milestone, PreparationItem, Prospect
from pendopo.kernel.fields import DayField
from pendopo.tenancy.models import Mall, Site

type Sent = Mapping[str, object] | None
LARGEST_NUMBER = 100_000
# What every agency needs, for the manager to change: a line each, with its kind.
USUAL = {
    PreparationItem.Kind.ROOM: (_("Ruang dan papan nama"), _("Ruang arsip")),
    PreparationItem.Kind.COUNTER: (_("Meja dan kursi loket"), _("Petugas loket ditunjuk")),
    PreparationItem.Kind.EQUIPMENT: (_("Komputer dan pencetak"), _("Sambungan ke sistem instansi")),
}


class ProspectForm(forms.Form):
    """An agency that wants to join."""

    name = forms.CharField(label=_("Nama instansi"), max_length=160)
    contact_office = forms.CharField(
        label=_("Kantor penghubung"),
        max_length=200,
        help_text=_("Bagian dan nomor telepon kantor, bukan nama orang."),
    )
    wanted_services = forms.CharField(
        label=_("Layanan yang akan dibawa"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    since = DayField(_("Berminat sejak"))


class MoveForm(forms.Form):
    """How far the talks with an agency are."""

    prospect = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    state = forms.ChoiceField(label=_("Keadaan"), choices=Prospect.State.choices)
    reason = forms.CharField(label=_("Alasan bila tidak jadi"), max_length=200, required=False)


class BeginForm(forms.Form):
    """An agency takes part: from when on it fills its checklist, until when all must be there, and what that is."""

    filled_from = DayField(_("Diisi instansi mulai"))
    due_on = DayField(_("Semua siap paling lambat"))

    def __init__(self, mall: Mall, data: Sent = None) -> None:
        super().__init__(data)
        self.fields["agency"] = AgencyField(mall)
        for kind, label in PreparationItem.Kind.choices:
            self.fields[kind] = forms.CharField(
                label=label,
                max_length=2000,
                required=False,
                initial="\n".join(str(name) for name in USUAL[PreparationItem.Kind(kind)]),
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Satu hal tiap baris."),
            )
        self.order_fields(["agency", "filled_from", "due_on", *PreparationItem.Kind.values])

    def clean(self) -> dict[str, object]:
        """Refuse a line that is too long, and more lines than anybody reads."""
        names = [name for kind in PreparationItem.Kind.values for name in self._lines(kind)]
        if len(names) > 60 or any(len(name) > 120 for name in names):
            raise forms.ValidationError(_("Paling banyak 60 baris, tiap baris paling panjang 120 huruf."))
        return self.cleaned_data

    def _lines(self, kind: str) -> Sequence[str]:
        lines = (" ".join(line.split()) for line in str(self.cleaned_data.get(kind, "")).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    @property
    def needed(self) -> list[Needed]:
        """What must be there."""
        due = self.cleaned_data["due_on"]
        return [Needed(kind, name, due) for kind in PreparationItem.Kind.values for name in self._lines(kind)]


class ItemForm(forms.Form):
    """Whether one thing is there; else why not, and until when it will be."""

    item = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    is_ready = forms.BooleanField(label=_("Sudah siap"), required=False)
    due_on = DayField(_("Siap paling lambat"), required=False)
    note = forms.CharField(label=_("Keterangan"), max_length=200, required=False)


class AddItemForm(forms.Form):
    """One thing more that an agency needs."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=PreparationItem.Kind.choices)
    name = forms.CharField(label=_("Hal yang harus siap"), max_length=120)
    due_on = DayField(_("Siap paling lambat"), required=False)

    @property
    def needed(self) -> Needed:
        """What must be there."""
        return Needed(self.cleaned_data["kind"], self.cleaned_data["name"], self.cleaned_data["due_on"])


class MilestoneForm(forms.Form):
    """A step to the opening: whose it is, when it is planned, what must come before."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=Milestone.Kind.choices)
    name = forms.CharField(label=_("Tonggak"), max_length=120)
    owner = forms.CharField(label=_("Penanggung jawab"), max_length=120)
    planned_on = DayField(_("Direncanakan"), required=False)
    needs = forms.MultipleChoiceField(
        label=_("Setelah selesainya"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, others: Sequence[Milestone], data: Sent = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        self._others = {str(each.pk): each for each in others}
        chosen = self.fields["needs"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(pk, each.name) for pk, each in self._others.items()]
        if not self._others:
            # A question without answers.
            del self.fields["needs"]

    @property
    def needed(self) -> list[Milestone]:
        """What must come before."""
        return [self._others[pk] for pk in self.cleaned_data.get("needs", [])]


class ReplanForm(MilestoneForm):
    """The same for a step that is planned already: it keeps its kind and name."""

    kind = None  # type: ignore[assignment] # how a form leaves out a field of its parent
    name = None  # type: ignore[assignment]


class FinishForm(forms.Form):
    """When a step was done, and what shows it."""

    on = DayField(_("Selesai pada"))
    evidence = forms.CharField(
        label=_("Bukti"), max_length=200, help_text=_("Misalnya: berita acara nomor 12, foto di folder kerja.")
    )


class CapacityForm(forms.Form):
    """How much a site holds."""

    counters = forms.IntegerField(label=_("Tempat loket"), min_value=0, max_value=LARGEST_NUMBER)
    seats = forms.IntegerField(label=_("Kursi tunggu"), min_value=0, max_value=LARGEST_NUMBER)
    parking_cars = forms.IntegerField(label=_("Parkir mobil"), min_value=0, max_value=LARGEST_NUMBER)
    parking_motorcycles = forms.IntegerField(label=_("Parkir motor"), min_value=0, max_value=LARGEST_NUMBER)


class RelocationForm(forms.Form):
    """Who moves from where to where, with how many counters, when and why."""

    from_place = forms.CharField(label=_("Dari"), max_length=160, help_text=_("Misalnya: kantor di Jalan Melati."))
    counters = forms.IntegerField(label=_("Loket yang diperlukan"), min_value=0, max_value=999)
    parking_cars = forms.IntegerField(label=_("Mobil yang ikut pindah"), min_value=0, max_value=9999, initial=0)
    planned_on = DayField(_("Direncanakan"))
    reason = forms.CharField(label=_("Alasan"), max_length=200)

    def __init__(self, mall: Mall, sites: Sequence[Site], data: Sent = None) -> None:
        super().__init__(data)
        self.fields["agency"] = AgencyField(mall)
        places = {str(site.pk): site for site in sites}
        self.fields["to_site"] = forms.TypedChoiceField(
            label=_("Ke"), choices=[(pk, site.name) for pk, site in places.items()], coerce=places.__getitem__
        )
        self.order_fields(["agency", "from_place", "to_site"])
