from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.kernel.fields import DayField
from pendopo.tenancy.models import Mall


class AgencyField(forms.TypedChoiceField):
    """One of the mall's agencies."""

    def __init__(self, mall: Mall, *, required: bool = True) -> None:
        self.agencies = {str(agency.pk): agency for agency in Agency.objects.filter(mall=mall).order_by("name")}
        choices = [("", _("Pilih instansi")), *((pk, agency.name) for pk, agency in self.agencies.items())]
        super().__init__(
            label=_("Instansi"), required=required, choices=choices, coerce=self.agencies.__getitem__, empty_value=None
        )


class DayForm(forms.Form):
    """The day on which something happened."""

    on = DayField(_("Tanggal"))
