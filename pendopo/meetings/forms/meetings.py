from collections.abc import Mapping
from datetime import datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.fields import DayField
from pendopo.kernel.forms import ReasonForm
from pendopo.meetings.actions.holding import Attended
from pendopo.meetings.forms.fields import OneOf, agencies_of
from pendopo.meetings.models import Invitation, Meeting
from pendopo.meetings.queries import meetings
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

type Sent = Mapping[str, object] | None


class MeetingForm(forms.Form):
    """When and where a meeting is, and who leads it."""

    title = forms.CharField(label=_("Judul rapat"), max_length=160)
    day = DayField(_("Hari"))
    starts = forms.TimeField(
        label=_("Jam"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial=time(9)
    )
    place = forms.CharField(label=_("Tempat"), max_length=160)
    chair = forms.CharField(
        label=_("Pimpinan rapat"), max_length=160, help_text=_("Nama dan jabatan, seperti pada notula.")
    )

    def __init__(self, mall: Mall, data: Sent = None) -> None:
        super().__init__(data)
        self._zone = mall.zone

    @property
    def starts_at(self) -> datetime:
        """When it begins, in the mall's own time."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["starts"], self._zone)


class PostponeForm(ReasonForm):
    """To when a meeting is put off, and why."""

    day = DayField(_("Hari yang baru"))
    starts = forms.TimeField(label=_("Jam"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    field_order = ["day", "starts", "reason"]

    def __init__(self, mall: Mall, data: Sent = None) -> None:
        super().__init__(data, auto_id="postpone-%s")
        self._zone = mall.zone

    @property
    def to(self) -> datetime:
        """When it begins now, in the mall's own time."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["starts"], self._zone)


class PointForm(forms.Form):
    """A point of an agenda and whose it is."""

    title = forms.CharField(label=_("Butir agenda"), max_length=200)
    owner = forms.CharField(label=_("Penyaji"), max_length=160, required=False)


class InviteForm(forms.Form):
    """Whom to ask: one of these."""

    guest = forms.CharField(
        label=_("Tamu"), max_length=160, required=False, help_text=_("Misalnya: Kapolres, Kepala Kejaksaan Negeri.")
    )

    def __init__(self, mall: Mall, people: list[Account], data: Sent = None) -> None:
        super().__init__(data, auto_id="invite-%s")
        self.fields["agency"] = OneOf(agencies_of(mall), label=_("Instansi"), none=_("Pilih instansi"))
        self.fields["account"] = OneOf(_named(people), label=_("Orang"), none=_("Pilih orang"))
        self.order_fields(["agency", "account", "guest"])


class AttendanceForm(forms.Form):
    """Who of the invited came, and whom they sent: two fields each."""

    def __init__(self, rows: list[Invitation], data: Sent = None) -> None:
        super().__init__(data, auto_id="came-%s")
        self.rows = rows
        for row in rows:
            self.fields[f"came-{row.pk}"] = forms.ChoiceField(choices=Invitation.Came.choices, initial=row.came)
            self.fields[f"by-{row.pk}"] = forms.CharField(max_length=160, required=False, initial=row.by_whom)

    @property
    def lines(self) -> list[tuple[Invitation, object, object]]:
        """The invited as the page shows them: the row, how it stands, and who came for them."""
        return [(row, self[f"came-{row.pk}"].value(), self[f"by-{row.pk}"].value() or "") for row in self.rows]

    @property
    def attended(self) -> list[Attended]:
        """What was told of each."""
        told = self.cleaned_data
        return [Attended(row, told[f"came-{row.pk}"], told[f"by-{row.pk}"]) for row in self.rows]


class MinutesForm(forms.Form):
    """What was said to a point."""

    minutes = forms.CharField(
        label=_("Notula"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class DecisionForm(forms.Form):
    """What was decided, to which point, whose it is and until when."""

    words = forms.CharField(label=_("Keputusan"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = DayField(_("Tenggat"))

    def __init__(self, meeting: Meeting, people: list[Account], data: Sent = None) -> None:
        super().__init__(data, auto_id="decision-%s")
        points = [(each, each.title) for each in meetings.points(meeting)]
        self.fields["agency"] = OneOf(agencies_of(meeting.mall), label=_("Instansi"), none=_("Pilih instansi"))
        self.fields["account"] = OneOf(_named(people), label=_("Atau orang"), none=_("Pilih orang"))
        self.fields["point"] = OneOf(points, label=_("Butir agenda"), none=_("Di luar agenda"))
        self.order_fields(["words", "agency", "account", "due_on", "point"])


def _named(people: list[Account]) -> list[tuple[Account, str]]:
    return [(each, each.name) for each in people]
