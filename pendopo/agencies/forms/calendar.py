from collections.abc import Mapping, Sequence
from datetime import time

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.dates import weekday_name
from pendopo.kernel.forms import ReasonForm
from pendopo.worktime.models import Calendar, CalendarHours
from pendopo.worktime.types import Hours

type Sent = Mapping[str, object] | None
EDGES = ("opens", "break_from", "break_until", "closes")
LABELS = {"opens": _("Mulai"), "break_from": _("Istirahat"), "break_until": _("Masuk lagi"), "closes": _("Selesai")}
# 37.5 and in Ramadan 32.5 hours a week without breaks, from 07.30 and 08.00: Perpres 21/2023 Pasal 4.
OFFICE = (
    *(Hours(weekday, time(7, 30), time(16), time(12), time(13)) for weekday in range(1, 5)),
    Hours(5, time(7, 30), time(16, 30), time(11, 30), time(13)),
)
RAMADAN = (
    *(Hours(weekday, time(8), time(15), time(12), time(12, 30)) for weekday in range(1, 5)),
    Hours(5, time(8), time(15, 30), time(11, 30), time(12, 30)),
)
EXAMPLES = {"office": OFFICE, "ramadan": RAMADAN}


class HoursForm(ReasonForm):
    """The working hours of a week; a day without hours is not worked."""

    template_name = "agencies/week_form.html"

    def __init__(self, data: Sent = None, *, hours: Sequence[Hours | CalendarHours] = ()) -> None:
        known = {f"{edge}_{day.weekday}": getattr(day, edge) for day in hours for edge in EDGES}
        super().__init__(data, initial=known)
        for weekday in range(1, 8):
            for edge in EDGES:
                self.fields[f"{edge}_{weekday}"] = forms.TimeField(
                    label=LABELS[edge],
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                )
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    @property
    def days(self) -> list[tuple[str, list[BoundField]]]:
        """Each weekday with its fields, to be shown."""
        return [(weekday_name(weekday), [self[f"{edge}_{weekday}"] for edge in EDGES]) for weekday in range(1, 8)]

    @property
    def others(self) -> list[BoundField]:
        """The fields that are about no weekday."""
        return [self[name] for name in self.fields if name.rpartition("_")[2] not in {str(day) for day in range(1, 8)}]

    def clean(self) -> dict[str, object]:
        """Ask for both ends of a day and of a break."""
        found: dict[str, object] = super().clean() or self.cleaned_data
        for weekday in range(1, 8):
            opens, starts, ends, closes = [found.get(f"{edge}_{weekday}") for edge in EDGES]
            if (opens is None) != (closes is None) or (opens is None and (starts or ends)):
                self.add_error(f"opens_{weekday}", _("Isi jam mulai dan jam selesai, atau kosongkan keduanya."))
            elif (starts is None) != (ends is None):
                self.add_error(f"break_from_{weekday}", _("Isi awal dan akhir istirahat, atau kosongkan keduanya."))
        return found

    @property
    def hours(self) -> list[Hours]:
        """The hours that were written."""
        told = self.cleaned_data
        return [
            Hours(
                day, told[f"opens_{day}"], told[f"closes_{day}"], told[f"break_from_{day}"], told[f"break_until_{day}"]
            )
            for day in range(1, 8)
            if told[f"opens_{day}"] is not None
        ]


class NewCalendarForm(HoursForm):
    """Another calendar with its name."""

    name = forms.CharField(label=_("Nama kalender"), max_length=80, help_text=_("Misalnya: Kantor lima hari."))
    is_default = forms.BooleanField(label=_("Tenggat dihitung dengan kalender ini"), required=False)

    def __init__(self, data: Sent = None, *, hours: Sequence[Hours | CalendarHours] = ()) -> None:
        super().__init__(data, hours=hours)
        self.order_fields(["name", "is_default"])


class DefaultForm(ReasonForm):
    """Why deadlines are counted by another calendar."""

    def __init__(self, data: Sent = None, *, calendar: Calendar) -> None:
        super().__init__(data, auto_id=f"default-{calendar.pk}-%s")
