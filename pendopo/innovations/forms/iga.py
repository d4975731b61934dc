from collections.abc import Mapping, Sequence
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.innovations.iga import formula
from pendopo.innovations.models import Innovation

type Sent = Mapping[str, object] | None
LARGEST = 99_999


class _FiguresForm(forms.Form):
    """Figures of some indicators, each of which may stay empty."""

    source = forms.CharField(label=_("Sumber"), max_length=300)
    least = Decimal(0)

    def __init__(
        self, numbers: Sequence[int], known: Mapping[int, Decimal], data: Sent = None, **other: object
    ) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        self.numbers = numbers
        for number in numbers:
            self.fields[f"n{number}"] = forms.DecimalField(
                label=f"{number}. {formula().name_of(number)}",
                required=False,
                min_value=self.least,
                max_value=LARGEST,
                max_digits=7,
                decimal_places=2,
                initial=known.get(number),
            )
        self.order_fields(["innovation", *(f"n{number}" for number in numbers)])

    @property
    def figures(self) -> dict[int, Decimal]:
        """What was written, by indicator."""
        given = {number: self.cleaned_data[f"n{number}"] for number in self.numbers}
        return {number: figure for number, figure in given.items() if figure is not None}


class MaximaForm(_FiguresForm):
    """What indicators can score."""

    least = Decimal("0.01")


class ScoresForm(_FiguresForm):
    """What indicators of the government scored."""


class InnovationScoresForm(_FiguresForm):
    """What the indicators of one innovation scored."""

    def __init__(
        self, innovations: Sequence[Innovation], numbers: Sequence[int], data: Sent = None, **other: object
    ) -> None:
        super().__init__(numbers, {}, data, **other)
        found = {str(each.pk): each for each in innovations}
        self.fields["innovation"] = forms.TypedChoiceField(
            label=_("Inovasi"), choices=[(pk, each.name) for pk, each in found.items()], coerce=found.__getitem__
        )
        self.order_fields(["innovation"])
