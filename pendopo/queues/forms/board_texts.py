import hashlib
import json
from collections.abc import Mapping, Sequence

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.fields import DayField
from pendopo.kernel.forms import ReasonForm
from pendopo.queues.queries.tickers import MOST_WRITTEN, Written

type Sent = Mapping[str, object] | None
PARTS = ("place", "text", "english", "starts_on", "ends_on")
# What a board of 1920 pixels shows in one line at 15 metres.
LONGEST = 120


class BoardTextsForm(ReasonForm):
    """The lines of the boards in their order; an empty one is left out."""

    template_name = "queues/board_texts_form.html"
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, lines: Sequence[Written], seen: str, data: Sent = None) -> None:
        known: dict[str, object] = {"seen": seen}
        for number in range(1, MOST_WRITTEN + 1):
            known[f"place_{number}"] = str(number)
            if number <= len(lines):
                line = lines[number - 1]
                known |= {f"{part}_{number}": getattr(line, part) for part in PARTS[1:]}
        super().__init__(data, initial=known)
        places = [(str(number), str(number)) for number in range(1, MOST_WRITTEN + 1)]
        for number in range(1, MOST_WRITTEN + 1):
            self.fields[f"place_{number}"] = forms.ChoiceField(label=_("Urutan"), choices=places)
            self.fields[f"text_{number}"] = forms.CharField(label=_("Teks"), max_length=LONGEST, required=False)
            self.fields[f"english_{number}"] = forms.CharField(
                label=_("Dalam bahasa Inggris"), max_length=LONGEST, required=False
            )
            self.fields[f"starts_on_{number}"] = DayField(_("Mulai"), required=False)
            self.fields[f"ends_on_{number}"] = DayField(_("Sampai"), required=False)
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    @property
    def rows(self) -> list[tuple[int, list[BoundField], bool]]:
        """Each line with its fields, and whether they stand open: those in use, those refused, and the next."""
        found, is_next = [], True
        for number in range(1, MOST_WRITTEN + 1):
            fields = [self[f"{part}_{number}"] for part in PARTS]
            is_used = any(field.value() or field.errors for field in fields[1:])
            found.append((number, fields, is_used or is_next))
            is_next = is_next and is_used
        return found

    def clean(self) -> dict[str, object]:
        """Refuse a line that ends before it begins, and English without Indonesian."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        for number in range(1, MOST_WRITTEN + 1):
            _place, text, english, starts_on, ends_on = [found.get(f"{part}_{number}") for part in PARTS]
            if not text and english:
                self.add_error(f"text_{number}", _("Tulis juga dalam bahasa Indonesia."))
            if starts_on and ends_on and str(ends_on) < str(starts_on):
                self.add_error(f"ends_on_{number}", _("Tanggal selesai tidak boleh sebelum tanggal mulai."))
        return found

    @property
    def kept(self) -> list[dict[str, str]]:
        """The lines in their order, as a mall keeps them."""
        told = self.cleaned_data
        numbers = [number for number in range(1, MOST_WRITTEN + 1) if told[f"text_{number}"]]
        numbers.sort(key=lambda number: (int(told[f"place_{number}"]), number))
        return [
            {
                "id": told[f"text_{number}"],
                "en": told[f"english_{number}"],
                "from": told[f"starts_on_{number}"].isoformat() if told[f"starts_on_{number}"] else "",
                "until": told[f"ends_on_{number}"].isoformat() if told[f"ends_on_{number}"] else "",
            }
            for number in numbers
        ]


def seen_now(kept: object) -> str:
    """Name what stands there now, so that nobody writes over what they have not seen."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
