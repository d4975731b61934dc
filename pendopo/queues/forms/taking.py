from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.types import NO_NEEDS, Needs, Priority


class TakeForm(forms.Form):
    """Which service, at which van if any (with the code shown there), and the page's own UUID: a second tap is no
    second ticket.
    """

    service = forms.RegexField(regex=r"^[A-Za-z0-9-]{1,28}$", label=_("Layanan"))
    id = forms.UUIDField()
    van = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    code = forms.CharField(max_length=20, required=False)

    def clean_code(self) -> str:
        """Return the code of the van as it is read, without the spaces that people type."""
        return "".join(str(self.cleaned_data["code"]).split())

    @property
    def request_id(self) -> UUID:
        """The page's UUID."""
        found: UUID = self.cleaned_data["id"]
        return found

    @property
    def needs(self) -> Needs:
        """What the taker needs: a page that does not ask knows of nothing."""
        return NO_NEEDS


class NeedsForm(forms.Form):
    """What a visitor needs."""

    priority = forms.ChoiceField(choices=[("", _("Tidak termasuk")), *Priority.choices], required=False)
    wheelchair = forms.BooleanField(required=False)
    deaf = forms.BooleanField(required=False)
    interpreter = forms.BooleanField(required=False)

    @property
    def needs(self) -> Needs:
        """What was told."""
        told = self.cleaned_data
        group = Priority(told["priority"]) if told["priority"] else None
        return Needs(group, told["wheelchair"], told["deaf"], told["interpreter"])
