"""What a registrar writes of a service, its variants, its places and its fees; each with a reason."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency, Outlet
from pendopo.catalogue.actions.registering import Channels, Words
from pendopo.catalogue.actions.writing import Case
from pendopo.catalogue.importing.fees import amount_of
from pendopo.catalogue.models import Offering, Service
from pendopo.kernel.fields import DayField
from pendopo.kernel.forms import ReasonForm

type Sent = Mapping[str, object] | None
MOST_LINES, LONGEST_LINE = 60, 300
CHANNELS = [
    ("is_direct", _("Langsung di loket")),
    ("is_mobile", _("Keliling")),
    ("is_self_service", _("Layanan mandiri")),
    ("is_electronic", _("Daring")),
]


def _text(label: object, *, most: int, rows: int = 4, help_text: object = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=False, widget=area, help_text=help_text)  # type: ignore[arg-type] # lazy


class LinesField(forms.CharField):
    """Several lines, in their order; empty ones count for nothing."""

    def __init__(self, **other: object) -> None:
        super().__init__(required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}), **other)  # type: ignore[arg-type] # as Field takes it

    def prepare_value(self, value: object) -> object:
        """Show one a line."""
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: object) -> list[str]:
        """Return the lines. Raises ValidationError for too many, or one that is too long."""
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(gettext("Paling banyak %(most)s baris.") % {"most": MOST_LINES})
        if any(len(line) > LONGEST_LINE for line in lines):
            raise forms.ValidationError(gettext("Satu baris paling panjang %(most)s huruf.") % {"most": LONGEST_LINE})
        return lines


class RupiahField(forms.CharField):
    """An amount as people write it: 100.000, Rp100.000, 0 or gratis. What is not clear is asked again."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(
            label=_("Biaya (rupiah)"), max_length=40, required=required, help_text=_("Tulis 0 bila gratis."),
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )  # fmt: skip

    def clean(self, value: object) -> int | None:
        """Return the rupiah, None where nothing was written. Raises ValidationError."""
        text = str(super().clean(value) or "")
        amount = amount_of(text) if text else None
        if text and amount is None:
            raise forms.ValidationError(gettext("Tulis jumlah rupiah, misalnya 100.000, atau 0 bila gratis."))
        return amount


class WordsForm(ReasonForm):
    """A service's words in Indonesian and English."""

    name = forms.CharField(label=_("Nama layanan"), max_length=200)
    group = forms.CharField(label=_("Kelompok"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Di mana diputus"), choices=Service.Kind.choices)
    description = _text(_("Penjelasan"), most=5_000)
    procedure = _text(_("Langkah-langkah"), most=5_000)
    name_en = forms.CharField(label=_("Nama dalam bahasa Inggris"), max_length=200, required=False)
    description_en = _text(_("Penjelasan dalam bahasa Inggris"), most=5_000)
    procedure_en = _text(_("Langkah-langkah dalam bahasa Inggris"), most=5_000)
    field_order = (
        "agency", "name", "group", "kind", "description", "procedure", "name_en", "description_en", "procedure_en",
        "requirements", "duration", "outlet", "amount", "basis", "reason",
    )  # fmt: skip

    @staticmethod
    def told(service: Service) -> dict[str, object]:
        """Return what is written of a service, as the form begins."""
        names = ("name", "group", "kind", "description", "procedure")
        return {name: getattr(service, name) for name in names} | dict(service.texts)

    @property
    def words(self) -> Words:
        """What was written."""
        said = self.cleaned_data
        texts = {name: said[name] for name in ("name_en", "description_en", "procedure_en")}
        return Words(said["name"], said["group"], said["kind"], said["description"], said["procedure"], texts)


class VariantForm(ReasonForm):
    """A case of a service: its name, what to bring, how long it takes."""

    name = forms.CharField(
        label=_("Nama varian"), max_length=200, required=False, help_text=_("Kosong bila hanya ada satu.")
    )
    requirements = LinesField(label=_("Syarat"), help_text=_("Satu baris satu syarat, menurut urutannya."))
    duration = forms.CharField(
        label=_("Waktu penyelesaian"), max_length=120, required=False, help_text=_("Misalnya: 3 hari kerja.")
    )
    field_order = ("name", "requirements", "duration", "reason")


class NewServiceForm(WordsForm):
    """A new service with its first variant, where it is given, and what it costs if that is known."""

    requirements = LinesField(label=_("Syarat"), help_text=_("Satu baris satu syarat, menurut urutannya."))
    duration = forms.CharField(
        label=_("Waktu penyelesaian"), max_length=120, required=False, help_text=_("Misalnya: 3 hari kerja.")
    )
    amount = RupiahField(required=False)
    basis = forms.CharField(
        label=_("Peraturan yang menetapkan biaya"), max_length=200, required=False,
        help_text=_("Wajib bila biaya ditulis, juga bila gratis."),
    )  # fmt: skip

    def __init__(self, agencies: Sequence[Agency], outlets: Sequence[Outlet], data: Sent = None) -> None:
        super().__init__(data)
        owners = {str(each.pk): each for each in agencies}
        places = {str(each.pk): each for each in outlets}
        self.fields["agency"] = forms.TypedChoiceField(
            label=_("Instansi"), choices=[(pk, each.name) for pk, each in owners.items()], coerce=owners.__getitem__
        )
        self.fields["outlet"] = _outlet_field(places, empty=_("Belum ditawarkan"))
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, object]:
        """A fee has its regulation, and a place belongs to the agency or to all."""
        said = super().clean() or self.cleaned_data
        if said.get("amount") is not None and not said.get("basis"):
            self.add_error("basis", gettext("Tulis peraturan yang menetapkan biaya ini, juga bila gratis."))
        if said.get("basis") and said.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", gettext("Tulis jumlah rupiah, misalnya 100.000, atau 0 bila gratis."))
        return said

    @property
    def case(self) -> Case:
        """The first variant, without its fee."""
        return Case(requirements=self.cleaned_data["requirements"], duration=self.cleaned_data["duration"])


def _outlet_field(places: Mapping[str, Outlet], *, empty: object = None) -> forms.TypedChoiceField:
    names = [
        (pk, f"{each.agency.name if each.agency else gettext('Loket bersama')}, {each.site.name}")
        for pk, each in places.items()
    ]
    return forms.TypedChoiceField(
        label=_("Dilayani di"), choices=[*names, *([("", empty)] if empty else [])], coerce=places.__getitem__,
        required=empty is None, empty_value=None,
    )  # fmt: skip


class OfferingForm(ReasonForm):
    """Whether and how a service is given at a place."""

    status = forms.ChoiceField(label=_("Keadaan"), choices=Offering.Status.choices)
    channels = forms.MultipleChoiceField(
        label=_("Cara diberikan"), choices=CHANNELS, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, outlets: Sequence[Outlet], data: Sent = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        self.fields["outlet"] = _outlet_field({str(each.pk): each for each in outlets})
        self.order_fields(["outlet", "status", "channels", "reason"])

    @property
    def how(self) -> Channels:
        """The channels that were ticked."""
        return Channels(**{name: name in self.cleaned_data["channels"] for name, _label in CHANNELS})


class FeeForm(ReasonForm):
    """What a variant costs, by which regulation, from when."""

    amount = RupiahField()
    basis = forms.CharField(
        label=_("Peraturan"), max_length=200, help_text=_("Misalnya: Perwal 12/2026. Wajib, juga bila gratis.")
    )
    valid_from = DayField(_("Berlaku mulai"), help_text=_("Boleh hari yang akan datang; warga diberi tahu sebelumnya."))
    field_order = ("amount", "basis", "valid_from", "reason")


class SieveForm(forms.Form):
    """By what a list of services is narrowed."""

    q = forms.CharField(max_length=100, required=False)
    agency = forms.CharField(max_length=12, required=False)
    state = forms.CharField(max_length=12, required=False)
