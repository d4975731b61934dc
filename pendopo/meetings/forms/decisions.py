from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.fields import DayField


class ReportForm(forms.Form):
    """How far a decision is."""

    words = forms.CharField(label=_("Yang sudah dilakukan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SettleForm(forms.Form):
    """How a decision ends."""

    state = forms.ChoiceField(
        label=_("Berakhir sebagai"), choices=[("done", _("Selesai")), ("dropped", _("Dibatalkan"))]
    )
    because = forms.CharField(
        label=_("Bukti, atau alasan pembatalan"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    on = DayField(_("Tanggal"))
