from collections.abc import Mapping

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.actions.agreements import Party, Signature
from pendopo.agencies.models import Agency, Agreement, Signatory
from pendopo.kernel.fields import DayField
from pendopo.tenancy.models import Mall

type Sent = Mapping[str, object] | None
MOST_PARTIES = 60


class AgreementForm(forms.Form):
    """An agreement with everybody who has to sign it: agencies that are ticked, other parties a line each."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=Agreement.Kind.choices)
    title = forms.CharField(
        label=_("Tentang"), max_length=200, help_text=_("Misalnya: Penyelenggaraan Mal Pelayanan Publik.")
    )
    number = forms.CharField(label=_("Nomor"), max_length=80, required=False)
    scope = forms.CharField(
        label=_("Ruang lingkup"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_on = DayField(_("Berlaku mulai"))
    ends_on = DayField(_("Berlaku sampai"), required=False, help_text=_("Kosongkan bila tanpa batas waktu."))
    agencies = forms.MultipleChoiceField(
        label=_("Instansi yang menandatangani"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Pihak lain tanpa loket"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu nama tiap baris, misalnya Polres, Kejaksaan Negeri, Kodim."),
    )

    def __init__(self, mall: Mall, data: Sent = None) -> None:
        super().__init__(data)
        self._agencies = {str(agency.pk): agency for agency in Agency.objects.filter(mall=mall).order_by("name")}
        chosen = self.fields["agencies"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(pk, agency.name) for pk, agency in self._agencies.items()]

    def clean_others(self) -> list[str]:
        """Give the names, each once."""
        names = list(dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["others"].splitlines()))
        names = [name for name in names if name]
        if len(names) > MOST_PARTIES or any(len(name) > 160 for name in names):
            raise forms.ValidationError(_("Paling banyak 60 pihak, tiap nama paling panjang 160 huruf."))
        return names

    @property
    def parties(self) -> list[Party]:
        """Everybody who has to sign."""
        own = [Party(agency=self._agencies[pk]) for pk in self.cleaned_data["agencies"]]
        return own + [Party(name=name) for name in self.cleaned_data["others"]]


class StandingForm(forms.Form):
    """How a party stands, why it does not sign, what comes next and until when."""

    signatory = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    state = forms.ChoiceField(
        label=_("Keadaan"),
        choices=[(state.value, state.label) for state in (Signatory.State.UNDERWAY, Signatory.State.NOT)],
    )
    reason = forms.ChoiceField(
        label=_("Alasan bila belum bersedia"),
        required=False,
        choices=[("", _("Pilih alasan")), *Signatory.Reason.choices],
    )
    note = forms.CharField(label=_("Keterangan"), max_length=200, required=False)
    next_step = forms.CharField(label=_("Langkah berikutnya"), max_length=200, required=False)
    due_on = DayField(_("Tenggat"), required=False)


class PeriodForm(forms.Form):
    """From when and until when a renewal holds."""

    starts_on = DayField(_("Berlaku mulai"))
    ends_on = DayField(_("Berlaku sampai"), required=False)


class EndForm(forms.Form):
    """From which day an agreement binds nobody any more, and why."""

    on = DayField(_("Berakhir pada"))
    reason = forms.CharField(label=_("Alasan"), max_length=200)


class SigningForm(forms.Form):
    """A day, a place, and who signed there; the signer of each party in a field of its own."""

    day = DayField(_("Tanggal"))
    place = forms.CharField(label=_("Tempat"), max_length=160)

    def __init__(self, rows: list[Signatory], data: Sent = None) -> None:
        super().__init__(data)
        self.rows = rows
        for row in rows:
            self.fields[f"signer-{row.pk}"] = forms.CharField(max_length=160, required=False, initial=row.signer)

    @property
    def ticked(self) -> frozenset[str]:
        """The numbers of the parties that are ticked."""
        return frozenset(self.data.getlist("signed")) if isinstance(self.data, MultiValueDict) else frozenset()

    @property
    def lines(self) -> list[dict[str, object]]:
        """The parties as the page shows them."""
        return [
            {
                "row": row,
                "signer": self[f"signer-{row.pk}"].value() or "",
                "is_ticked": str(row.pk) in self.ticked,
            }
            for row in self.rows
        ]

    @property
    def signatures(self) -> list[Signature]:
        """Who signed, and by whom."""
        told = self.cleaned_data
        return [Signature(row, told[f"signer-{row.pk}"]) for row in self.rows if str(row.pk) in self.ticked]
