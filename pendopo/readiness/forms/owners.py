from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.agencies.models import Agency
from pendopo.kernel.fields import DayField, MonthField
from pendopo.readiness.models import PlanStep
from pendopo.tenancy.models import Mall

type Sent = Mapping[str, object] | None


class OwnerForm(forms.Form):
    """Whose something is: one agency of the mall, or one other office."""

    office = forms.CharField(
        label=gettext_lazy("Atau kantor lain"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Misalnya Sekretariat Daerah; kosongkan bila instansi dipilih."),
    )

    def __init__(self, mall: Mall, data: Sent = None, *, initial: dict[str, object] | None = None, at: str = "id"):
        super().__init__(data, initial=initial, auto_id=f"{at}_%s")
        agencies = {str(agency.pk): agency for agency in Agency.objects.filter(mall=mall).order_by("name")}
        choices = [("", _("Pilih instansi")), *((pk, agency.name) for pk, agency in agencies.items())]
        self.fields["agency"] = forms.TypedChoiceField(
            label=_("Penanggung jawab"),
            choices=choices,
            coerce=agencies.__getitem__,
            empty_value=None,
            required=False,
        )
        self.order_fields([*(name for name in self.first if name in self.fields), "agency", "office"])

    first: tuple[str, ...] = ()

    def clean(self) -> dict[str, object]:
        """Refuse two owners, and none."""
        found = super().clean() or {}
        if bool(found.get("agency")) == bool(found.get("office")) and not self.errors:
            self.add_error("office", _("Pilih satu instansi, atau tulis satu kantor lain."))
        return found


class ChargeForm(OwnerForm):
    """Who is responsible for a gate or criterion, and until when."""

    item = forms.CharField(widget=forms.HiddenInput, max_length=45)
    due_on = DayField(gettext_lazy("Tenggat"), required=False)


class StepForm(OwnerForm):
    """A step of the plan."""

    first = ("kind", "name", "month")

    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=PlanStep.Kind.choices)
    name = forms.CharField(label=gettext_lazy("Langkah"), max_length=120)
    month = MonthField(gettext_lazy("Bulan"))


class MoveForm(OwnerForm):
    """A step goes to another month or owner, and why."""

    first = ("month",)

    month = MonthField(gettext_lazy("Bulan"))
    reason = forms.CharField(label=gettext_lazy("Alasan perubahan"), max_length=200)


class DoneForm(forms.Form):
    """A step is done, and what shows it."""

    on = DayField(gettext_lazy("Selesai pada"))
    evidence = forms.CharField(
        label=gettext_lazy("Bukti"), max_length=200, help_text=gettext_lazy("Misalnya nomor surat atau berita acara.")
    )


def owner_of(row: object) -> dict[str, object]:
    """Return whose a row is, as a form shows it."""
    return {"agency": getattr(row, "agency_id", None), "office": getattr(row, "office", "")}
