from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.fields import DayField
from pendopo.kernel.forms import ReasonForm
from pendopo.queues.actions.mall_days import OwnDay
from pendopo.worktime.models import MallDay

type Sent = Mapping[str, object] | None
OFF, WORKS = "off", "works"


class MallDayForm(ReasonForm):
    """A day on which the mall is closed, or works in spite of a holiday."""

    day = DayField(_("Tanggal"))
    what = forms.ChoiceField(
        label=_("Keputusan"),
        choices=[(OFF, _("MPP tutup")), (WORKS, _("Tetap bekerja walau hari libur"))],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Yang diberitahukan kepada warga"), max_length=120, help_text=_("Misalnya: Hari jadi kabupaten.")
    )
    basis = forms.CharField(
        label=_("Dasar"), max_length=200, required=False, help_text=_("Misalnya: Surat edaran bupati nomor 100/2026.")
    )
    is_sure = forms.BooleanField(label=_("Saya sudah membaca akibatnya, dan tetap menutup hari itu"), required=False)
    field_order = ("day", "what", "name", "basis", "reason", "is_sure")

    def __init__(self, data: Sent = None, *, day: date | None = None, own: MallDay | None = None) -> None:
        known: dict[str, object] = {"day": day, "what": OFF}
        if own:
            known |= {"what": OFF if own.is_day_off else WORKS, "name": own.name, "basis": own.basis}
        super().__init__(data, initial=known)

    @property
    def own(self) -> OwnDay:
        """The day that was written."""
        told = self.cleaned_data
        return OwnDay(told["day"], told["what"] == OFF, told["name"], told["basis"])


class TakeBackForm(ReasonForm):
    """Why the law decides again about a day."""

    def __init__(self, data: Sent = None) -> None:
        super().__init__(data, auto_id="back-%s")
