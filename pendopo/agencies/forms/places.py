"""What is written about agencies, outlets and counters; each change with its reason, which stands last."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.agencies.models import Agency, Counter, OpeningHours, Outlet
from pendopo.agencies.queries.places import outlet_name
from pendopo.agencies.types import Hours
from pendopo.kernel.dates import weekday_name
from pendopo.kernel.forms import ReasonForm, yes_or_no
from pendopo.tenancy.models import Mall, Site, Zone

type Sent = Mapping[str, object] | None
HIGHEST_NUMBER = 999


class AgencyForm(ReasonForm):
    """An agency's names, and the agency above it."""

    name = forms.CharField(label=gettext_lazy("Nama lengkap"), max_length=160)
    short = forms.CharField(
        label=gettext_lazy("Nama singkat"), max_length=40, required=False,
        help_text=gettext_lazy("Di papan, kios, dan karcis. Kosong: dibuat dari nama lengkap."),
    )  # fmt: skip

    def __init__(self, mall: Mall, data: Sent = None, *, agency: Agency | None = None) -> None:
        start = {"name": agency.name, "short": agency.short_name, "parent": agency.parent_id} if agency else None
        super().__init__(data, initial=start)
        others = Agency.objects.filter(mall=mall).exclude(pk=agency.pk if agency else 0).order_by("name")
        above = {str(each.pk): each for each in others}
        self.fields["parent"] = forms.TypedChoiceField(
            label=_("Induk"), required=False, empty_value=None, coerce=above.__getitem__,
            choices=[("", _("Tidak ada")), *((pk, each.name) for pk, each in above.items())],
            help_text=_("Misalnya kantor wilayah di atas kantor ini."),
        )  # fmt: skip
        if agency is None:
            self.fields["code"] = forms.RegexField(
                regex=r"^[A-Z]{2,12}$", label=_("Kode"), required=False,
                help_text=_("2 sampai 12 huruf besar, tetap selamanya. Kosong: dibuat dari nama."),
            )  # fmt: skip
        self.order_fields(["name", "short", "code", "parent", "reason"])


class OutletForm(ReasonForm):
    """Where an agency receives people too."""

    def __init__(self, sites: Sequence[Site], data: Sent = None) -> None:
        super().__init__(data, auto_id="outlet-%s")
        places = {str(site.pk): site for site in sites}
        self.fields["site"] = forms.TypedChoiceField(
            label=_("Tempat"), coerce=places.__getitem__, choices=[(pk, site.name) for pk, site in places.items()]
        )
        self.order_fields(["site", "reason"])


class WeekForm(ReasonForm):
    """Whether an outlet rests on public holidays, and when it receives people in a week."""

    rests = yes_or_no(gettext_lazy("Tutup pada hari libur nasional dan cuti bersama"))

    def __init__(self, outlet: Outlet, data: Sent = None) -> None:
        kept = {day.weekday: day for day in OpeningHours.objects.filter(mall=outlet.mall_id, outlet=outlet)}
        super().__init__(data, initial={"rests": "yes" if outlet.observes_holidays else ""})
        for weekday in range(1, 8):
            for name, label, value in _day_fields(kept.get(weekday)):
                self.fields[f"{name}_{weekday}"] = _time(label, value) if name != "name" else _name(label, value)
        self.order_fields(["rests", *(name for name in self.fields if name != "reason")])

    @property
    def days(self) -> Iterable[tuple[str, list[BoundField]]]:
        """Each weekday with its fields."""
        for weekday in range(1, 8):
            names = ("opens", "closes", "from", "until", "name")
            yield weekday_name(weekday), [self[f"{name}_{weekday}"] for name in names]

    def clean(self) -> dict[str, object]:
        """Refuse hours that cannot be: half a day, a break outside of it."""
        for weekday in range(1, 8):
            opens, closes, since, until = (self._time(name, weekday) for name in ("opens", "closes", "from", "until"))
            if (opens is None) != (closes is None):
                self.add_error(f"closes_{weekday}", _("Isi jam buka dan jam tutup, atau kosongkan keduanya."))
            elif opens and closes and closes <= opens:
                self.add_error(f"closes_{weekday}", _("Jam tutup harus sesudah jam buka."))
            elif (since is None) != (until is None):
                self.add_error(f"until_{weekday}", _("Isi awal dan akhir istirahat, atau kosongkan keduanya."))
            elif since and until and not (opens and closes and opens < since < until < closes):
                self.add_error(f"until_{weekday}", _("Istirahat harus di antara jam buka dan jam tutup."))
        return self.cleaned_data

    @property
    def week(self) -> list[Hours]:
        """The hours that were written; a weekday without is closed."""
        found = []
        for weekday in range(1, 8):
            opens, closes = self._time("opens", weekday), self._time("closes", weekday)
            if opens and closes:
                since, until = self._time("from", weekday), self._time("until", weekday)
                name = self.cleaned_data[f"name_{weekday}"] if since else ""
                found.append(Hours(weekday, opens, closes, since, until, name))
        return found

    def _time(self, name: str, weekday: int) -> time | None:
        value = self.cleaned_data.get(f"{name}_{weekday}")
        return value if isinstance(value, time) else None


class CounterForm(ReasonForm):
    """Whose counter it is, where it stands, and its number."""

    number = forms.IntegerField(label=gettext_lazy("Nomor loket"), min_value=1, max_value=HIGHEST_NUMBER)

    def __init__(
        self, outlets: Sequence[Outlet], zones: Sequence[Zone], data: Sent = None, *, counter: Counter | None = None
    ) -> None:
        start = {"outlet": counter.outlet_id, "zone": counter.zone_id, "number": counter.number} if counter else None
        super().__init__(data, initial=start)
        whose, where = {str(each.pk): each for each in outlets}, {str(each.pk): each for each in zones}
        self.fields["outlet"] = forms.TypedChoiceField(
            label=_("Gerai"), coerce=whose.__getitem__, choices=[(pk, outlet_name(each)) for pk, each in whose.items()]
        )
        self.fields["zone"] = forms.TypedChoiceField(
            label=_("Zona"), coerce=where.__getitem__,
            choices=[(pk, f"{each.name} ({each.site.name})") for pk, each in where.items()],
        )  # fmt: skip
        self.order_fields(["outlet", "zone", "number", "reason"])


class MovingForm(ReasonForm):
    """Which counters move with their agency: each stays, or goes into a zone under a number."""

    def __init__(self, counters: Sequence[Counter], zones: Sequence[Zone], data: Sent = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        self._counters, self._zones = counters, {str(zone.pk): zone for zone in zones}
        stay = [("", _("Tidak ikut pindah")), *((pk, zone.name) for pk, zone in self._zones.items())]
        for counter in counters:
            told = {"counter": counter, "zone": counter.zone.name}
            self.fields[f"zone_{counter.pk}"] = forms.ChoiceField(
                label=_("%(counter)s (%(zone)s) pindah ke") % told, required=False, choices=stay
            )
            self.fields[f"number_{counter.pk}"] = forms.IntegerField(
                label=_("Nomor baru %(counter)s") % told, min_value=1, max_value=HIGHEST_NUMBER, required=False,
                help_text=_("Kosong: nomornya tetap."),
            )  # fmt: skip
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    @property
    def chosen(self) -> list[tuple[Counter, Zone, int]]:
        """The counters that move, each with its new zone and number."""
        told = self.cleaned_data
        return [
            (counter, self._zones[told[f"zone_{counter.pk}"]], told[f"number_{counter.pk}"] or counter.number)
            for counter in self._counters
            if told[f"zone_{counter.pk}"]
        ]


def _day_fields(day: OpeningHours | None) -> list[tuple[str, str, object]]:
    return [
        ("opens", _("Buka"), day.opens if day else None),
        ("closes", _("Tutup"), day.closes if day else None),
        ("from", _("Istirahat dari"), day.break_from if day else None),
        ("until", _("sampai"), day.break_until if day else None),
        ("name", _("Nama istirahat"), day.break_name if day else ""),
    ]


def _time(label: str, value: object) -> forms.Field:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, initial=value, widget=widget)


def _name(label: str, value: object) -> forms.Field:
    return forms.CharField(label=label, required=False, initial=value, max_length=60)
