"""One part of an inspection, as the phone or the plain page sends it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.inspections.actions.beginning import MOST_PLACES
from pendopo.inspections.models import Answer, Inspection, Place
from pendopo.inspections.queries.checklists import Checklist, checklist
from pendopo.inspections.types import Hand, Said, Spot, Told, Wrong

YES_OR_NO = [("yes", _("Ya")), ("no", _("Tidak"))]
LARGEST_COUNT = 999
# How long an owner has, unless the inspector says otherwise.
DUE_IN = timedelta(days=7)


class MomentField(forms.CharField):
    """A moment as a phone writes it, with its zone; empty: now."""

    def clean(self, value: object) -> datetime | None:
        """Read it."""
        text = super().clean(value)
        if not text:
            return None
        try:
            at = datetime.fromisoformat(text)
        except ValueError as error:
            raise forms.ValidationError(_("Waktu tidak dikenal.")) from error
        if at.tzinfo is None or not 2000 <= at.year < 2100:
            raise forms.ValidationError(_("Waktu tidak dikenal."))
        return at


class PartForm(forms.Form):
    """What every part has: its number and the phone's time."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    at = MomentField(required=False, max_length=40, widget=forms.HiddenInput)

    def told(self, now: datetime) -> Told:
        """Return both."""
        return Told(self.cleaned_data["id"], self.cleaned_data["at"] or now)


class PlacedForm(PartForm):
    """A part that belongs to a place: the first of the inspection, the second, and so on.

    A phone that began without a network knows no other number of it.
    """

    place = forms.IntegerField(min_value=1, max_value=MOST_PLACES, widget=forms.HiddenInput)


class SpotForm(PlacedForm):
    """A part with a picture, and where it was taken if the phone may say so."""

    latitude = forms.DecimalField(
        required=False, min_value=Decimal(-90), max_value=Decimal(90), widget=forms.HiddenInput
    )
    longitude = forms.DecimalField(
        required=False, min_value=Decimal(-180), max_value=Decimal(180), widget=forms.HiddenInput
    )
    accuracy = forms.DecimalField(
        required=False, min_value=Decimal(0), max_value=Decimal(10_000_000), widget=forms.HiddenInput
    )

    @property
    def spot(self) -> Spot | None:
        """Where it was taken; None where the phone did not tell."""
        told = self.cleaned_data
        if told["latitude"] is None or told["longitude"] is None:
            return None
        five = Decimal("0.00001")
        accuracy = None if told["accuracy"] is None else round(told["accuracy"])
        return Spot(told["latitude"].quantize(five), told["longitude"].quantize(five), accuracy)


class ItemChoice(forms.ChoiceField):
    """An item of the checklist, or none."""

    def __init__(self, asked: Checklist) -> None:
        groups = [
            (str(section.name), [(item.key, str(item.text)) for item in section.items]) for section in asked.sections
        ]
        super().__init__(label=_("Tentang"), required=False, choices=[("", _("Umum")), *groups])


class PhotoForm(SpotForm):
    """A picture of a place."""

    def __init__(self, inspection: Inspection, data: QueryDict | None = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # auto_id and initial
        self.fields["item"] = ItemChoice(checklist(inspection.checklist))


class FindingForm(SpotForm):
    """What is wrong, whose it is and until when."""

    words = forms.CharField(
        label=_("Apa yang harus diperbaiki?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = forms.DateField(label=_("Tenggat"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, inspection: Inspection, data: QueryDict | None = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # auto_id and initial
        rows = Agency.objects.filter(mall_id=inspection.mall_id).order_by("name")
        self.agencies = {str(agency.pk): agency for agency in rows}
        named = [(pk, agency.name) for pk, agency in self.agencies.items()]
        self.fields["owner"] = forms.ChoiceField(
            label=_("Penanggung jawab"), required=False, choices=[("", _("Pengelola MPP")), *named]
        )
        self.fields["item"] = ItemChoice(checklist(inspection.checklist))
        self.order_fields(["words", "owner", "due_on", "item"])

    @property
    def wrong(self) -> Wrong:
        """What was written."""
        told = self.cleaned_data
        return Wrong(told["words"], self.agencies.get(told["owner"]), told["due_on"], told["item"])


class OpinionForm(PlacedForm):
    """A visitor's answers to the two questions of the checklist."""

    words = forms.CharField(label=_("Kata pengunjung"), max_length=300, required=False)

    def __init__(self, inspection: Inspection, data: QueryDict | None = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # auto_id and initial
        for question in checklist(inspection.checklist).questions:
            self.fields[question.key] = forms.ChoiceField(
                label=str(question.text), choices=YES_OR_NO, widget=forms.RadioSelect
            )
        self.order_fields(["first", "second", "words"])


class SignatureForm(PartForm):
    """Who signs, and what is said at the end."""

    summary = forms.CharField(
        label=_("Kesimpulan"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    name = forms.CharField(label=_("Nama"), max_length=120)
    office = forms.CharField(label=_("Jabatan"), max_length=160)

    def hand(self, drawn: bytes) -> Hand:
        """Return who signs, with what was drawn."""
        return Hand(self.cleaned_data["name"], self.cleaned_data["office"], drawn)


class AnswersForm(PlacedForm):
    """Answers to items at a place: `a-<item>` is yes, no, na or a number, `n-<item>` a note. What lacks is not told."""

    def __init__(self, inspection: Inspection, data: QueryDict) -> None:
        super().__init__(data)
        self._inspection = inspection
        self._items = checklist(inspection.checklist).items

    def clean(self) -> dict[str, object]:
        """Read the items that were sent."""
        told = super().clean() or {}
        place = place_in(self._inspection, told["place"]) if "place" in told else None
        self.said = [
            self._said(key, self.data, place.pk if place else 0)
            for key in self._items
            if f"a-{key}" in self.data or f"n-{key}" in self.data
        ]
        return told

    def _said(self, key: str, sent: Mapping[str, object], place: int) -> Said:
        value, note = str(sent.get(f"a-{key}", "")).strip(), str(sent.get(f"n-{key}", "")).strip()
        number = None
        if self._items[key].is_count and value:
            if not (value.isascii() and value.isdigit() and int(value[:6]) <= LARGEST_COUNT):
                raise forms.ValidationError(_("Tulis angka dari 0 sampai 999."))
            value, number = "", int(value[:6])
        if value not in {"", *Answer.Value.values} or len(note) > 300 or "\x00" in note:
            raise forms.ValidationError(_("Jawaban tidak dikenal. Muat ulang halaman ini."))
        return Said(place, key, value, number, note)


def place_in(inspection: Inspection, position: int) -> Place | None:
    """Return the first place of an inspection, the second, and so on, as it was begun."""
    rows = Place.objects.filter(mall_id=inspection.mall_id, inspection=inspection).order_by("pk")
    return rows[position - 1 : position].first()
