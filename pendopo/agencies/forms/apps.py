from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.actions.apps import AppFacts
from pendopo.agencies.forms.fields import AgencyField
from pendopo.agencies.models import App
from pendopo.agencies.queries import apps as shown
from pendopo.kernel.fields import DayField
from pendopo.tenancy.models import Mall

type Sent = Mapping[str, object] | None
MOST_USERS = 300_000_000


class AppField(forms.TypedChoiceField):
    """Another app of the register that is in use."""

    def __init__(self, mall: Mall, app: App | None, *, label: object, required: bool) -> None:
        self.apps = {str(each.pk): each for each in shown.others(mall, app)}
        names = [(pk, f"{each.name} ({each.agency.short_name})") for pk, each in self.apps.items()]
        super().__init__(
            label=str(label),
            required=required,
            choices=[("", _("Pilih aplikasi") if required else _("Tidak ada")), *names],
            coerce=self.apps.__getitem__,
            empty_value=None,
        )


class AppForm(forms.Form):
    """What is told of an app."""

    name = forms.CharField(label=_("Nama aplikasi"), max_length=120)
    owner = forms.CharField(
        label=_("Pemilik"), max_length=160, help_text=_("Bidang atau unit yang bertanggung jawab, bukan nama orang.")
    )
    purpose = forms.CharField(
        label=_("Untuk apa"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Misalnya: mengambil nomor antrean rawat jalan."),
    )
    users = forms.IntegerField(label=_("Jumlah pengguna"), required=False, min_value=0, max_value=MOST_USERS)
    users_told_by = forms.CharField(label=_("Menurut siapa"), max_length=120, required=False)
    users_told_on = DayField(_("Dihitung pada"), required=False)
    link = forms.CharField(
        label=_("Tautan"), max_length=300, required=False, help_text=_("Dimulai dengan https:// atau http://.")
    )
    sign_in = forms.ChoiceField(label=_("Cara masuk"), choices=App.SignIn.choices, initial=App.SignIn.OWN)
    sign_in_with = forms.CharField(label=_("Nama masuk tunggal"), max_length=80, required=False)
    shares_data_with = forms.CharField(label=_("Berbagi data dengan"), max_length=300, required=False)
    retire_by = DayField(_("Dipensiunkan paling lambat"), required=False)

    def __init__(self, mall: Mall, data: Sent = None, *, app: App | None = None, chooses_agency: bool = False) -> None:
        known = {name: getattr(app, name) for name in AppFacts.__slots__} if app else {}
        super().__init__(data, initial=known | {"replaced_by": app.replaced_by_id} if app else None)
        self.fields["replaced_by"] = AppField(mall, app, label=_("Digantikan oleh"), required=False)
        if chooses_agency:
            self.fields["agency"] = AgencyField(mall)
            self.order_fields(["agency"])

    @property
    def facts(self) -> AppFacts:
        """What was told."""
        return AppFacts(**{name: self.cleaned_data[name] for name in AppFacts.__slots__})


class OverlapForm(forms.Form):
    """Which other app, whether it does the same, and in which words."""

    is_overlap = forms.ChoiceField(
        label=_("Penilaian"), choices=[("yes", _("Tumpang tindih")), ("no", _("Berbeda, boleh keduanya"))]
    )
    note = forms.CharField(label=_("Apa yang sama, atau apa bedanya"), max_length=200)

    def __init__(self, mall: Mall, app: App, data: Sent = None) -> None:
        super().__init__(data, auto_id="overlap-%s")
        self.fields["other"] = AppField(mall, app, label=_("Aplikasi lain"), required=True)
        self.order_fields(["other"])


class RetireForm(forms.Form):
    """When an app was switched off, and how."""

    on = DayField(_("Dihentikan pada"))
    reason = forms.CharField(label=_("Alasan dan cara"), max_length=200)
