from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pendopo.inspections.forms.parts import MomentField
from pendopo.inspections.types import Start
from pendopo.tenancy.models import Mall, Site


class BeginForm(forms.Form):
    """Where an inspection goes, and who comes along."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    sites = forms.MultipleChoiceField(label=_("Tempat layanan"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label=_("Tempat lain"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Satu nama tiap baris, misalnya rumah sakit yang didatangi pagi itu juga."),
    )
    team = forms.CharField(
        label=_("Bersama"), max_length=300, required=False, help_text=_("Misalnya: Inspektorat, BKPSDM, Asisten.")
    )

    def __init__(self, mall: Mall, data: QueryDict | None = None, *, initial: dict[str, object] | None = None) -> None:
        super().__init__(data, initial=initial)
        rows = self.sites_to_choose().filter(mall=mall).order_by("position", "pk")
        self._sites = {str(site.pk): site for site in rows}
        chosen = self.fields["sites"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [(pk, site.name) for pk, site in self._sites.items()]

    def sites_to_choose(self) -> QuerySet[Site]:
        """Return the sites that may be ticked, of any mall."""
        return Site.objects.in_use()

    def clean_others(self) -> list[str]:
        """Give the names, each once."""
        names = list(dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["others"].splitlines()))
        names = [name for name in names if name]
        if any(len(name) > 120 for name in names):
            raise forms.ValidationError(_("Tiap nama paling panjang 120 huruf."))
        return names

    @property
    def chosen(self) -> list[Site]:
        """The sites that are ticked."""
        return [self._sites[pk] for pk in self.cleaned_data["sites"]]


class PhoneBeginForm(BeginForm):
    """The same, from a phone, which may have had no network: a site may have ended meanwhile."""

    at = MomentField(max_length=40)
    checklist = forms.IntegerField(min_value=1, max_value=999)
    away = forms.BooleanField(required=False)

    def sites_to_choose(self) -> QuerySet[Site]:
        """Return all sites."""
        return Site.objects.all()

    @property
    def start(self) -> Start:
        """When it began by the phone's clock, with which checklist, and whether the server was away."""
        told = self.cleaned_data
        return Start(told["at"], told["checklist"], told["away"])
