import re
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.forms.taking import NeedsForm


class CodesField(forms.Field):
    """Several short codes, each once, in the order in which they came; none is nothing."""

    widget = forms.MultipleHiddenInput
    shape = re.compile(r"[A-Za-z0-9-]{1,28}(:[0-9]{1,3})?")

    def to_python(self, value: list[str] | None) -> list[str]:
        """Return the codes. Raises ValidationError when one of them can be none."""
        codes = list(dict.fromkeys(value or []))
        if len(codes) > 200 or not all(self.shape.fullmatch(code) for code in codes):
            raise forms.ValidationError(_("Pilihan tidak dikenal."))
        return codes


class DeskForm(NeedsForm):
    """What the common desk has before it: words looked for, services chosen, papers seen, and the visitor's needs.

    `add` and `drop` are the code of the button that was pressed; `visit` is a ticket whose visit is joined.
    """

    q = forms.CharField(max_length=100, required=False)
    service = CodesField(required=False)
    paper = CodesField(required=False)
    add = forms.CharField(max_length=28, required=False)
    drop = forms.CharField(max_length=28, required=False)
    visit = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)

    @property
    def services(self) -> list[str]:
        """The services chosen, with the one just added and without the one just dropped."""
        chosen: list[str] = self.cleaned_data["service"]
        wanted = dict.fromkeys([*chosen, self.cleaned_data["add"]])
        return [code for code in wanted if code and code != self.cleaned_data["drop"]]

    @property
    def papers(self) -> list[str]:
        """The papers that were seen."""
        seen: list[str] = self.cleaned_data["paper"]
        return seen


class AttendForm(DeskForm):
    """The desk's form when the tickets are taken, with its own UUID."""

    id = forms.UUIDField()

    @property
    def request_id(self) -> UUID:
        """The page's UUID."""
        found: UUID = self.cleaned_data["id"]
        return found
