from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.fields import DayField
from pendopo.kernel.forms import ReasonForm


class SignerForm(ReasonForm):
    """Who signs a maklumat: office, person, decree."""

    office = forms.CharField(label=_("Jabatan"), max_length=120, help_text=_("Misalnya: Kepala Dinas."))
    name = forms.CharField(label=_("Nama pejabat"), max_length=120)
    decree = forms.CharField(label=_("Keputusan yang menetapkan maklumat"), max_length=120)
    decree_on = DayField(_("Tanggal keputusan"))
    field_order = ("office", "name", "decree", "decree_on", "reason")


class WishForm(forms.Form):
    """The browser's number of a wish to issue: sent twice, done once."""

    id = forms.UUIDField()
