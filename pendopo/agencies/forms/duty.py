"""The shape of what is written about rosters and presence."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.agencies.actions.duty import When
from pendopo.agencies.actions.presence import Office
from pendopo.agencies.models import Absence, Counter, Employment
from pendopo.kernel.dates import weekday_name
from pendopo.kernel.rotating import DIGITS
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.people.models import Account

type Sent = Mapping[str, object] | None


class DayInput(forms.DateInput):
    """A day as browsers choose it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """An hour as browsers choose it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DutyForm(forms.Form):
    """Who is to be at which counter, on which days, from when to when."""

    counter = forms.ChoiceField(label=gettext_lazy("Loket"))
    person = forms.ChoiceField(label=gettext_lazy("Petugas"))
    weekdays = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        label=gettext_lazy("Setiap minggu pada hari"),
        widget=forms.CheckboxSelectMultiple,
    )
    valid_from = forms.DateField(required=False, label=gettext_lazy("Berlaku mulai"), widget=DayInput)
    valid_until = forms.DateField(required=False, label=gettext_lazy("Berlaku sampai"), widget=DayInput)
    day = forms.DateField(
        required=False,
        label=gettext_lazy("Atau satu tanggal saja"),
        help_text=gettext_lazy("Menggantikan jadwal mingguan hari itu. Kosongkan hari dalam minggu."),
        widget=DayInput,
    )
    starts = forms.TimeField(label=gettext_lazy("Mulai pukul"), widget=ClockInput)
    ends = forms.TimeField(label=gettext_lazy("Selesai pukul"), widget=ClockInput)

    def __init__(self, counters: list[Counter], people: list[Account], data: Sent = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)  # type: ignore[arg-type] # as Form takes them
        self._counters = {str(counter.pk): counter for counter in counters}
        self._people = {str(person.pk): person for person in people}
        _choose(self, "counter", [(pk, counter_name(each)) for pk, each in self._counters.items()])
        _choose(self, "person", [(pk, each.name) for pk, each in self._people.items()])
        days = self.fields["weekdays"]
        assert isinstance(days, forms.TypedMultipleChoiceField)
        days.choices = [(weekday, weekday_name(weekday)) for weekday in range(1, 8)]

    @property
    def chosen_counter(self) -> Counter:
        """The chosen counter."""
        return self._counters[self.cleaned_data["counter"]]

    @property
    def chosen_person(self) -> Account:
        """The chosen person."""
        return self._people[self.cleaned_data["person"]]

    @property
    def when(self) -> When:
        """The days and hours that were written."""
        said = self.cleaned_data
        weekly = {} if said["day"] else {"valid_from": said["valid_from"], "valid_until": said["valid_until"]}
        return When(said["starts"], said["ends"], tuple(said["weekdays"]), day=said["day"], **weekly)


class EmploymentForm(forms.Form):
    """Whose servant somebody is."""

    person = forms.ChoiceField(label=gettext_lazy("Petugas"))
    kind = forms.ChoiceField(label=gettext_lazy("Ikatan kerja"), choices=Employment.Kind.choices)
    superior = forms.CharField(
        max_length=120,
        label=gettext_lazy("Dilaporkan kepada"),
        help_text=gettext_lazy("Jabatan atasan langsung di instansinya sendiri."),
    )
    office_minutes = forms.IntegerField(
        min_value=0,
        max_value=240,
        initial=0,
        label=gettext_lazy("Hadir dahulu di kantor sendiri: boleh tiba lebih lambat (menit)"),
        help_text=gettext_lazy("0 bila langsung ke MPP."),
    )

    def __init__(self, people: list[Account], data: Sent = None) -> None:
        super().__init__(data, prefix="employment")
        self._people = {str(person.pk): person for person in people}
        _choose(self, "person", [(pk, each.name) for pk, each in self._people.items()])

    @property
    def chosen_person(self) -> Account:
        """The chosen person."""
        return self._people[self.cleaned_data["person"]]


class EndForm(forms.Form):
    """Which duties end, and why."""

    duty = forms.TypedMultipleChoiceField(coerce=int)
    reason = forms.CharField(max_length=200, required=False)

    def __init__(self, data: Sent) -> None:
        super().__init__(data)
        sent = self.data.getlist("duty") if hasattr(self.data, "getlist") else []
        numbers = [text for text in sent if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID]
        field = self.fields["duty"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(text, text) for text in numbers]


class ShiftForm(forms.Form):
    """A duty on a day."""

    duty = forms.IntegerField(min_value=1, max_value=LARGEST_ID, widget=forms.HiddenInput)
    day = forms.DateField(widget=forms.HiddenInput)


class AbsenceForm(ShiftForm):
    """Why somebody does not come, and who stands in."""

    reason = forms.ChoiceField(label=gettext_lazy("Alasan"), choices=Absence.Reason.choices)
    note = forms.CharField(max_length=160, required=False, label=gettext_lazy("Keterangan"))
    substitute = forms.ChoiceField(required=False, label=gettext_lazy("Pengganti"))

    def __init__(self, people: list[Account], data: Sent = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)  # type: ignore[arg-type] # as Form takes them
        self._people = {str(person.pk): person for person in people}
        nobody = ("", _("Tidak ada: loket kosong"))
        _choose(self, "substitute", [nobody, *((pk, each.name) for pk, each in self._people.items())])

    @property
    def chosen_substitute(self) -> Account | None:
        """Who stands in, if anybody."""
        return self._people.get(self.cleaned_data["substitute"])


class WitnessForm(ShiftForm):
    """Why somebody's coming is noted for them."""

    why = forms.CharField(
        max_length=160,
        label=gettext_lazy("Alasan dicatatkan"),
        help_text=gettext_lazy("Misalnya: tidak membawa ponsel."),
    )


class PresenceForm(forms.Form):
    """The code on the mall's screen, and the evidence of whoever clocked in at their own office before."""

    code = forms.CharField(
        required=False,
        max_length=12,
        label=gettext_lazy("Kode di layar hadir petugas"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
    office_at = forms.TimeField(required=False, label=gettext_lazy("Jam hadir di kantor sendiri"), widget=ClockInput)
    office_note = forms.CharField(
        required=False,
        max_length=120,
        label=gettext_lazy("Bukti hadir di kantor sendiri"),
        help_text=gettext_lazy("Misalnya nomor rekam hadir pada mesin kantor."),
    )

    def clean_code(self) -> str:
        """Return the digits alone. Raises ValidationError for what can be no code."""
        typed = "".join(str(self.cleaned_data["code"]).split())
        if typed and not (len(typed) == DIGITS and typed.isascii() and typed.isdigit()):
            raise forms.ValidationError(
                _("Kode ini tidak cocok. Ketik enam angka yang sekarang tampil di layar hadir petugas.")
            )
        return typed

    @property
    def office(self) -> Office:
        """What was written of their own office."""
        return Office(self.cleaned_data["office_at"], self.cleaned_data["office_note"])


def counter_name(counter: Counter) -> str:
    """Write "Loket 3, Dukcapil"; for forms and the pages around them."""
    agency = counter.outlet.agency
    return f"{counter}, {agency.short_name if agency else _('Loket bersama')}"


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
