from decimal import Decimal

import pytest
from django import forms
from django.utils.translation import override

from pendopo.kernel.fields import ClaimField, FigureField, MonthField
from pendopo.kernel.figures import figure


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        ("60.00", "60", "60"),
        ("59.33", "59,33", "59.33"),
        ("0.5", "0,5", "0.5"),
        ("1250000.5", "1.250.000,5", "1,250,000.5"),
        ("-0.67", "-0,67", "-0.67"),
    ],
)
def test_a_figure_has_the_places_that_it_needs(value: str, indonesian: str, english: str) -> None:
    assert figure(Decimal(value)) == indonesian
    with override("en"):
        assert figure(Decimal(value)) == english


class Written(forms.Form):
    """A figure and a month."""

    value = FigureField("Angka")
    month = MonthField("Bulan")
    is_claim = ClaimField()


@pytest.mark.parametrize(("text", "value"), [("59,33", "59.33"), ("59.33", "59.33"), (" 60 ", "60"), ("0", "0")])
def test_a_figure_is_read_with_comma_or_point(text: str, value: str) -> None:
    form = Written({"value": text, "month": "2026-05"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == Decimal(value)
    assert form.cleaned_data["month"].isoformat() == "2026-05-01"
    assert form.cleaned_data["is_claim"] is False


@pytest.mark.parametrize("text", ["", "x", "-1", "1.000,5", "1,234", "NaN", "Infinity", "1e99", "9" * 30])
def test_what_is_no_figure_is_refused(text: str) -> None:
    assert "value" in Written({"value": text, "month": "2026-05"}).errors


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "0001-01", "2026-05-02", "Mei"])
def test_what_is_no_month_is_refused(text: str) -> None:
    assert "month" in Written({"value": "1", "month": text}).errors


def test_a_figure_is_shown_as_it_is_read() -> None:
    shown = str(Written(initial={"value": Decimal("1250000.50")})["value"])

    assert 'value="1250000,5"' in shown
