from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.innovations.forms.fields import MinuteField, YearField
from pendopo.innovations.models import Competition, Proposal
from pendopo.innovations.rulebook import HIGHEST_SCORE, rules
from pendopo.people.models import Account

type Sent = Mapping[str, object] | None
MOST_WORDS, MOST_MONTHS = 3_000, 120
# More letters than any guide's most words have.
MOST_LETTERS = 30_000


class CompetitionForm(forms.Form):
    """A round: when it is open, and its limits, which the year's guide may have changed."""

    name = forms.CharField(label=_("Nama lomba"), max_length=120, help_text=_("Misalnya: KIPP 2026."))
    year = YearField(_("Tahun"))
    opens_at = MinuteField(_("Dibuka"))
    closes_at = MinuteField(_("Tenggat"))
    source = forms.CharField(
        label=_("Pedoman"), max_length=300, help_text=_("Peraturan atau surat yang menetapkannya.")
    )

    def __init__(self, data: Sent = None) -> None:
        super().__init__(data)
        told = rules()
        for group, label in Proposal.Group.choices:
            self.fields[f"age-{group}"] = forms.IntegerField(
                label=_("Umur inovasi kelompok %(group)s (bulan)") % {"group": label},
                min_value=0,
                max_value=MOST_MONTHS,
                initial=told.ages[group],
            )
        for section in told.sections.values():
            self.fields[f"limit-{section.code}"] = forms.IntegerField(
                label=_("Batas kata: %(section)s") % {"section": section.name},
                min_value=1,
                max_value=MOST_WORDS,
                initial=told.limit,
            )

    @property
    def limits(self) -> dict[str, int]:
        """The most words of each section."""
        return {code: self.cleaned_data[f"limit-{code}"] for code in rules().sections}

    @property
    def ages(self) -> dict[str, int]:
        """The least months of each group."""
        return {group: self.cleaned_data[f"age-{group}"] for group in Proposal.Group.values}


class BeginForm(forms.Form):
    """Into which open round an innovation goes, and in which group."""

    group = forms.ChoiceField(label=_("Kelompok"), choices=Proposal.Group.choices)

    def __init__(self, rounds: Sequence[Competition], data: Sent = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        found = {str(each.pk): each for each in rounds}
        self.fields["competition"] = forms.TypedChoiceField(
            label=_("Lomba"), choices=[(pk, each.name) for pk, each in found.items()], coerce=found.__getitem__
        )
        self.order_fields(["competition", "group"])


class SectionsForm(forms.Form):
    """A proposal's texts, a field each; how many words they may have is for submitting to judge."""

    def __init__(self, group: str, data: Sent = None) -> None:
        super().__init__(data)
        for section in rules().of_group(group):
            self.fields[section.code] = forms.CharField(
                label=section.name, required=False, max_length=MOST_LETTERS, widget=forms.Textarea
            )

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by section."""
        return {name: self.cleaned_data[name] for name in self.fields}


class JurorForm(forms.Form):
    """Who of the staff becomes a juror."""

    def __init__(self, staff: Sequence[Account], data: Sent = None) -> None:
        super().__init__(data)
        found = {str(each.pk): each for each in staff}
        self.fields["account"] = forms.TypedChoiceField(
            label=_("Pegawai"), choices=[(pk, each.name) for pk, each in found.items()], coerce=found.__getitem__
        )


class ScoresForm(forms.Form):
    """A score for each criterion, and what the juror thinks of it."""

    words = forms.CharField(
        label=_("Catatan"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, competition: Competition, data: Sent = None) -> None:
        super().__init__(data)
        self.codes = [each["code"] for each in competition.criteria]
        for each in competition.criteria:
            label = _("%(criterion)s, bobot %(weight)s") % {
                "criterion": rules().criteria[each["code"]].name,
                "weight": each["weight"],
            }
            self.fields[each["code"]] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=HIGHEST_SCORE,
                help_text=_("0 sampai %(most)s") % {"most": HIGHEST_SCORE},
            )
        self.order_fields(self.codes)

    @property
    def scores(self) -> dict[str, int]:
        """What was given."""
        return {code: self.cleaned_data[code] for code in self.codes}
