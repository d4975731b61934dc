"""Figures as people read them."""

from decimal import Decimal

from django.utils.formats import number_format


def figure(value: Decimal, *, is_grouped: bool = True) -> str:
    """Write a decimal number with as many places as it has, at most two: "60", "59,33", "1.250.000"."""
    tenths = value * 10
    places = 0 if value == value.to_integral_value() else 1 if tenths == tenths.to_integral_value() else 2
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=is_grouped)
