"""Figures as people read them."""

from decimal import Decimal

from django.utils.formats import number_format


def figure(value: Decimal | int, *, is_grouped: bool = True) -> str:
    """Write a number with as many places as it has, at most two: "60", "59,33", "1.250.000"."""
    places = 0 if value % 1 == 0 else 1 if value * 10 % 1 == 0 else 2
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=is_grouped)
