from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.db.models import Model

from pendopo.agencies.models import Agency
from pendopo.tenancy.models import Mall

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class OneOf(forms.TypedChoiceField):
    """One of some rows, told apart by their numbers; nothing is None."""

    def __init__(
        self,
        rows: Iterable[tuple[Model, str]],
        *,
        label: "str | _StrPromise",
        none: "str | _StrPromise",
        required: bool = False,
    ) -> None:
        known = {str(row.pk): (row, name) for row, name in rows}
        super().__init__(
            label=label,
            required=required,
            choices=[("", none), *((pk, name) for pk, (_row, name) in known.items())],
            coerce=lambda pk: known[pk][0],
            empty_value=None,
        )


def agencies_of(mall: Mall) -> list[tuple[Agency, str]]:
    """Return the mall's agencies by name."""
    return [(each, each.name) for each in Agency.objects.filter(mall=mall).order_by("name")]
