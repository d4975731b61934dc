from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.fields import DayField


class EvidenceForm(forms.Form):
    """What shows that a criterion is met."""

    text = forms.CharField(label=_("Bukti"), max_length=300, help_text=_("Apa yang ditunjukkan bukti ini."))
    source = forms.CharField(label=_("Sumber"), max_length=200, help_text=_("Nomor dokumen, tautan, atau kantor."))
    on = DayField(_("Tanggal"))


class WithdrawalForm(forms.Form):
    """Why evidence does not hold."""

    reason = forms.CharField(label=_("Mengapa ditarik"), max_length=200)


class AssessmentForm(forms.Form):
    """A word about an assessment."""

    note = forms.CharField(label=_("Keterangan"), max_length=300, required=False)
