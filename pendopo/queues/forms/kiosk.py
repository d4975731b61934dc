from django import forms

from pendopo.queues.forms.taking import NeedsForm, TakeForm
from pendopo.queues.types import NO_NEEDS, Needs


class KioskTakeForm(NeedsForm, TakeForm):
    """A service, and what its taker needs; "Tidak ada" wins over what was touched before."""

    nothing = forms.BooleanField(required=False)

    @property
    def needs(self) -> Needs:
        """What the taker told of themselves."""
        return NO_NEEDS if self.cleaned_data["nothing"] else super().needs


class SlipForm(forms.Form):
    """Which print of a ticket's slip: 0 is the first."""

    copy = forms.IntegerField(min_value=0, max_value=99)


class ScanForm(forms.Form):
    """What a scanner typed: the address of a ticket's page, or its key alone."""

    code = forms.RegexField(regex=r"(?:^|/t/)[0-9a-z]{26}/?$", max_length=200)

    @property
    def key(self) -> str:
        """The ticket's key."""
        return str(self.cleaned_data["code"]).rstrip("/")[-26:]
