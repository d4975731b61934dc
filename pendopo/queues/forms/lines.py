from collections.abc import Collection, Mapping, Sequence

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Counter
from pendopo.catalogue.models import Service
from pendopo.kernel.forms import ReasonForm
from pendopo.queues.models import CounterQueue, Queue
from pendopo.tenancy.models import Zone


class QueueForm(ReasonForm):
    """A queue's letters, name and zone."""

    code = forms.RegexField(
        regex=r"^[A-Z]{1,3}$",
        label=_("Huruf"),
        help_text=_("Satu sampai tiga huruf besar yang belum dipakai antrean lain"),
    )
    name = forms.CharField(label=_("Nama antrean"), max_length=160)

    def __init__(self, zones: Sequence[Zone], data: object = None, *, queue: Queue | None = None) -> None:
        start = {"code": queue.code, "name": queue.name, "zone": queue.zone_id} if queue else None
        super().__init__(data, initial=start)  # type: ignore[arg-type] # as Form takes it
        known = {str(zone.pk): zone for zone in zones}
        self.fields["zone"] = forms.TypedChoiceField(
            label=_("Zona"),
            coerce=known.__getitem__,
            choices=[(pk, f"{zone.name} ({zone.site.name})") for pk, zone in known.items()],
            help_text=_("Di papan dan suara zona ini nomornya dipanggil, bila loketnya juga di sini."),
        )
        self.order_fields(["code", "name", "zone", "reason"])


class ServicesForm(ReasonForm):
    """Which services stand in a queue."""

    def __init__(
        self, offered: Sequence[tuple[Service, str]], data: object = None, *, queue: Queue, chosen: Collection[int] = ()
    ) -> None:
        super().__init__(data, initial={"services": [str(pk) for pk in chosen]})  # type: ignore[arg-type]
        self._known = {str(service.pk): service for service, _letters in offered}
        self.fields["services"] = forms.MultipleChoiceField(
            label=_("Layanan di antrean ini"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[
                (str(service.pk), _service_text(service, letters if letters != queue.code else ""))
                for service, letters in offered
            ],
        )
        self.order_fields(["services", "reason"])

    @property
    def services(self) -> list[Service]:
        """The services that were chosen."""
        return [self._known[pk] for pk in self.cleaned_data["services"]]


class CallersForm(ReasonForm):
    """Which counters call from a queue: as their own, or to help it."""

    ROLES = (
        ("", _("Tidak memanggil")),
        ("own", _("Antrean sendiri")),
        ("helped", _("Membantu bila antrean sendiri kosong")),
    )

    def __init__(
        self, counters: Sequence[Counter], data: object = None, *, callers: Mapping[int, bool] | None = None
    ) -> None:
        held = callers or {}
        start = {f"counter_{pk}": "helped" if is_helped else "own" for pk, is_helped in held.items()}
        super().__init__(data, initial=start)  # type: ignore[arg-type] # as Form takes it
        self._counters = counters
        for counter in counters:
            agency = counter.outlet.agency
            whose = agency.short_name if agency else gettext("Loket bersama")
            self.fields[f"counter_{counter.pk}"] = forms.ChoiceField(
                label=f"{counter} · {whose}", required=False, choices=self.ROLES
            )
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    @property
    def callers(self) -> dict[Counter, bool]:
        """The counters that call, each with whether it only helps."""
        told = {counter: self.cleaned_data[f"counter_{counter.pk}"] for counter in self._counters}
        return {counter: role == "helped" for counter, role in told.items() if role}


class OrderForm(ReasonForm):
    """From which queues a counter calls, in order: its own first, then those it helps."""

    def __init__(self, queues: Sequence[Queue], lines: Sequence[CounterQueue], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type] # as Form takes it
        self._queues = {queue.pk: queue for queue in queues}
        kept = {line.queue_id: "helped" if line.is_helped else "own" for line in lines}
        in_turn = [*(pk for pk in kept if pk in self._queues), *(pk for pk in self._queues if pk not in kept)]
        for pk in in_turn:
            queue = self._queues[pk]
            self.fields[f"queue_{pk}"] = forms.ChoiceField(
                label=f"{queue.code} · {queue.name}",
                required=False,
                choices=CallersForm.ROLES,
                initial=kept.get(pk, ""),
            )
        self.fields["order"] = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10_000)

    @property
    def order(self) -> list[int]:
        """All queues in the order in which they stand on the page, with what was pressed: `up` or `down` a queue."""
        wanted = [int(each) for each in str(self.data.get("order", "")).split(",") if each.isascii() and each.isdigit()]
        listed = [int(name.removeprefix("queue_")) for name in self.fields if name.startswith("queue_")]
        found = list(dict.fromkeys(pk for pk in [*wanted, *listed] if pk in self._queues))
        for step, pressed in ((-1, self.data.get("up", "")), (1, self.data.get("down", ""))):
            place = found.index(int(pressed)) if pressed.isdecimal() and int(pressed) in found else -1
            if place >= 0 and 0 <= place + step < len(found):
                found[place], found[place + step] = found[place + step], found[place]
        return found

    @property
    def is_moved(self) -> bool:
        """Whether only a button of the order was pressed: nothing is kept yet."""
        return bool(self.data.get("up") or self.data.get("down"))

    @property
    def rows(self) -> list[tuple[Queue, BoundField]]:
        """Each queue with its choice, in order."""
        return [(self._queues[pk], self[f"queue_{pk}"]) for pk in self.order]

    def chosen(self, role: str) -> list[Queue]:
        """The queues of one role, `own` or `helped`, in order."""
        return [self._queues[pk] for pk in self.order if self.cleaned_data[f"queue_{pk}"] == role]


def _service_text(service: Service, letters: str) -> str:
    text = f"{service.agency.short_name}: {service.name}"
    return (
        gettext("%(service)s (sekarang di antrean %(queue)s)") % {"service": text, "queue": letters}
        if letters
        else text
    )
