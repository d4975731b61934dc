"""The shape of what people send from pages of the hall."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.queues.types import Outcome, Priority, SentAwayReason, SessionState


@dataclass(frozen=True, slots=True)
class Needs:
    """What a visitor needs; it goes into the visit, never onto a slip or board."""

    priority: Priority | None = None
    wheelchair: bool = False
    deaf: bool = False
    interpreter: bool = False


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


class KioskTakeForm(TakeForm):
    """A service, and what its taker needs; "Tidak ada" wins over what was touched before."""

    priority = forms.ChoiceField(choices=[("", _("Tidak termasuk")), *Priority.choices], required=False)
    wheelchair = forms.BooleanField(required=False)
    deaf = forms.BooleanField(required=False)
    interpreter = forms.BooleanField(required=False)
    nothing = forms.BooleanField(required=False)

    @property
    def needs(self) -> Needs:
        """What the taker told of themselves."""
        told = self.cleaned_data
        if told["nothing"]:
            return Needs()
        priority = Priority(told["priority"]) if told["priority"] else None
        return Needs(priority, told["wheelchair"], told["deaf"], told["interpreter"])


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
