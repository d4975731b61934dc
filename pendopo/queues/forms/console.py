from datetime import datetime, timedelta
from uuid import UUID

from django import forms

from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.types import Outcome, SentAwayReason, SessionState


class CallForm(forms.Form):
    """The console's own UUID of a call."""

    id = forms.UUIDField(required=False)

    @property
    def request_id(self) -> UUID | None:
        """The console's UUID, when it sent one."""
        found: UUID | None = self.cleaned_data["id"]
        return found


class SessionForm(forms.Form):
    """Whether the counter receives people; why not, chosen or in own words, and for how many minutes (0: open end)."""

    MINUTES = (10, 15, 30, 45, 60, 0)

    state = forms.ChoiceField(choices=SessionState.choices)
    reason = forms.CharField(max_length=80, required=False)
    words = forms.CharField(max_length=80, required=False)
    minutes = forms.TypedChoiceField(
        choices=[(each, each) for each in MINUTES], coerce=int, empty_value=None, required=False
    )

    @property
    def wanted(self) -> SessionState:
        """How the counter shall be."""
        return SessionState(self.cleaned_data["state"])

    @property
    def why(self) -> str:
        """The reason, chosen or written."""
        chosen: str = self.cleaned_data["reason"]
        written: str = self.cleaned_data["words"]
        return chosen or written

    def until(self, at: datetime) -> datetime | None:
        """Until when, counted from a moment."""
        minutes: int | None = self.cleaned_data["minutes"]
        return at + timedelta(minutes=minutes) if minutes else None


class TakeOverForm(forms.Form):
    """Whether it was confirmed that a colleague's counter is taken over."""

    confirmed = forms.BooleanField(required=False)


class ParkingForm(forms.Form):
    """Where somebody waits aside, for colleagues: no names, no identity numbers."""

    note = forms.CharField(max_length=80, required=False)


class TransferForm(forms.Form):
    """To which line somebody is sent on, for which service (empty: the same), and what the next counter should know."""

    queue = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    service = forms.RegexField(regex=r"^[A-Za-z0-9-]{1,28}$", required=False)
    note = forms.CharField(max_length=80, required=False)
    is_done = forms.BooleanField(required=False)


ENDINGS = {outcome.value: (outcome, None) for outcome in Outcome if outcome is not Outcome.SENT_AWAY} | {
    f"{Outcome.SENT_AWAY.value}:{reason.value}": (Outcome.SENT_AWAY, reason) for reason in SentAwayReason
}


class CompletionForm(forms.Form):
    """How a service ended, in one key; whoever is sent away is sent with a reason ("sent_away:paper_missing")."""

    outcome = forms.ChoiceField(choices=[(ending, ending) for ending in ENDINGS])
    agency_number = forms.CharField(max_length=40, required=False)
    paper = forms.TypedMultipleChoiceField(
        choices=[(place, place) for place in range(1, 61)], coerce=int, required=False
    )

    @property
    def papers(self) -> list[int]:
        """The places of the papers that were taken in for the agency."""
        taken: list[int] = self.cleaned_data["paper"]
        return taken

    @property
    def ending(self) -> tuple[Outcome, SentAwayReason | None]:
        """The outcome, and the reason when somebody is sent away."""
        return ENDINGS[self.cleaned_data["outcome"]]
