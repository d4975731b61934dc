from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.kernel import dates
from pendopo.kernel.fields import DayField
from pendopo.meetings.correspondence import Template
from pendopo.meetings.forms.fields import OneOf, agencies_of
from pendopo.meetings.models import Meeting
from pendopo.meetings.types import LetterFacts
from pendopo.tenancy.models import Mall

type Sent = Mapping[str, object] | None
LONGEST = 4000


class LetterForm(forms.Form):
    """A letter of a template: its number and signer, whom it goes to, what it is about, and what the template asks."""

    number = forms.CharField(label=_("Nomor surat"), max_length=80)
    day = DayField(_("Tanggal surat"))
    recipient = forms.CharField(label=_("Kepada"), max_length=200, required=False)
    subject = forms.CharField(label=_("Perihal"), max_length=200)
    signer = forms.CharField(label=_("Penanda tangan"), max_length=160)
    signer_office = forms.CharField(label=_("Jabatan penanda tangan"), max_length=160)

    def __init__(
        self, mall: Mall, template: Template, meetings: list[Meeting], data: Sent = None, *, chosen: str = ""
    ) -> None:
        recipient = "" if template.about == "agency" else template.recipient
        super().__init__(data, initial={"subject": template.subject, "recipient": recipient, "about": chosen})
        self._template = template
        if template.about == "agency":
            self.fields["about"] = OneOf(
                agencies_of(mall), label=_("Instansi"), none=_("Pilih instansi"), required=True
            )
            self.fields["recipient"].help_text = _("Kosongkan untuk kepala instansi yang dipilih.")
        elif template.about:
            named = [(each, f"{each.title}, {dates.short_day(mall.local(each.starts_at).date())}") for each in meetings]
            self.fields["about"] = OneOf(named, label=_("Rapat"), none=_("Pilih rapat"), required=True)
        for each in template.asks:
            self.fields[f"text-{each.name}"] = forms.CharField(
                label=each.label, max_length=LONGEST, help_text=each.hint, widget=forms.Textarea(attrs={"rows": 4})
            )
        self.order_fields(["about"])

    def clean(self) -> dict[str, object]:
        """Ask for a recipient where the template leaves it open."""
        if self._template.about != "agency" and "recipient" in self.cleaned_data and not self.cleaned_data["recipient"]:
            self.add_error("recipient", _("Tulis kepada siapa surat ini."))
        return self.cleaned_data

    @property
    def about(self) -> Meeting | Agency | None:
        """What it is about."""
        found = self.cleaned_data.get("about")
        return found if isinstance(found, Meeting | Agency) else None

    def facts(self, recipient: str) -> LetterFacts:
        """What was told; `recipient` where none was."""
        told = self.cleaned_data
        names = ("number", "day", "subject", "signer", "signer_office")
        return LetterFacts(
            **{name: told[name] for name in names},
            recipient=told["recipient"] or recipient,
            texts={each.name: told[f"text-{each.name}"] for each in self._template.asks},
        )
