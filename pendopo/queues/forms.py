"""The shape of what people send from pages of the hall."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.queues.types import Outcome, SentAwayReason, SessionState


class TakeForm(forms.Form):
    """Which service, and the page's own UUID, so that a second tap is not a second ticket."""

    service = forms.RegexField(regex=r"^[A-Za-z0-9-]{1,28}$", label=_("Layanan"))
    id = forms.UUIDField()
    origin = forms.ChoiceField(choices=[("phone", _("Ponsel")), ("kiosk", _("Kios"))], required=False)

    @property
    def request_id(self) -> UUID:
        """The page's UUID."""
        found: UUID = self.cleaned_data["id"]
        return found


class CallForm(forms.Form):
    """The console's own UUID of a call."""

    id = forms.UUIDField(required=False)

    @property
    def request_id(self) -> UUID | None:
        """The console's UUID, when it sent one."""
        found: UUID | None = self.cleaned_data["id"]
        return found


class SessionForm(forms.Form):
    """Whether the counter receives people."""

    state = forms.ChoiceField(choices=SessionState.choices)


ENDINGS = {outcome.value: (outcome, None) for outcome in Outcome if outcome is not Outcome.SENT_AWAY} | {
    f"{Outcome.SENT_AWAY.value}:{reason.value}": (Outcome.SENT_AWAY, reason) for reason in SentAwayReason
}


class CompletionForm(forms.Form):
    """How a service ended, in one key; whoever is sent away is sent with a reason ("sent_away:paper_missing")."""

    outcome = forms.ChoiceField(choices=[(ending, ending) for ending in ENDINGS])
    agency_number = forms.CharField(max_length=40, required=False)

    @property
    def ending(self) -> tuple[Outcome, SentAwayReason | None]:
        """The outcome, and the reason when somebody is sent away."""
        return ENDINGS[self.cleaned_data["outcome"]]
