"""The shape of what people send from pages of the hall."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Counter
from pendopo.catalogue.models import Service
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.forms import ReasonForm
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.models import CounterQueue, ForwardedCase, HelpCall, Queue
from pendopo.queues.types import NO_NEEDS, Needs, Outcome, Priority, SentAwayReason, SessionState
from pendopo.tenancy.models import Zone


def understood[F: forms.Form](form: F) -> F:
    """Return a form that was sent as its page sends it. Raises NotUnderstood."""
    if not form.is_valid():
        raise NotUnderstood(gettext("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return form


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


class KioskTakeForm(NeedsForm, TakeForm):
    """A service, and what its taker needs; "Tidak ada" wins over what was touched before."""

    nothing = forms.BooleanField(required=False)

    @property
    def needs(self) -> Needs:
        """What the taker told of themselves."""
        return NO_NEEDS if self.cleaned_data["nothing"] else super().needs


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


class StepForm(forms.Form):
    """What happened to a forwarded case, the agency's number once it is known, and the words its citizen reads."""

    kind = forms.ChoiceField(label=_("Langkah"), widget=forms.RadioSelect)
    agency_number = forms.CharField(label=_("Nomor dari instansi"), max_length=40, required=False)
    reason = forms.CharField(
        label=_("Keterangan"), max_length=200, required=False,
        help_text=_("Wajib bila diminta melengkapi atau ditolak. Warga membacanya: jangan tulis nama atau NIK."),
    )  # fmt: skip

    def __init__(self, steps: Sequence[ForwardedCase.State], data: object = None, **other: object) -> None:
        super().__init__(data, **other)  # type: ignore[arg-type] # as Form takes it
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(step.value, step.label) for step in steps]


class CheckInForm(forms.Form):
    """The code that the boards show; people type it as they read it, with spaces."""

    code = forms.CharField(
        max_length=20,
        label=_("Kode di layar"),
        error_messages={"required": _("Ketik enam angka yang tampil di layar.")},
    )

    def clean_code(self) -> str:
        """Return the digits alone. Raises ValidationError when it cannot be a code."""
        digits = "".join(str(self.cleaned_data["code"]).split())
        if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("Kode terdiri dari enam angka."))
        return digits


class CodesField(forms.Field):
    """Several short codes, each once, in the order in which they came; none is nothing."""

    widget = forms.MultipleHiddenInput
    shape = re.compile(r"[A-Za-z0-9-]{1,28}(:[0-9]{1,3})?")

    def to_python(self, value: list[str] | None) -> list[str]:
        """Return the codes. Raises ValidationError when one of them can be none."""
        codes = list(dict.fromkeys(value or []))
        if len(codes) > 200 or not all(self.shape.fullmatch(code) for code in codes):
            raise forms.ValidationError(_("Pilihan tidak dikenal."))
        return codes


class DeskForm(NeedsForm):
    """What the common desk has before it: words looked for, services chosen, papers seen, and the visitor's needs.

    `add` and `drop` are the code of the button that was pressed; `visit` is a ticket whose visit is joined.
    """

    q = forms.CharField(max_length=100, required=False)
    service = CodesField(required=False)
    paper = CodesField(required=False)
    add = forms.CharField(max_length=28, required=False)
    drop = forms.CharField(max_length=28, required=False)
    visit = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)

    @property
    def services(self) -> list[str]:
        """The services chosen, with the one just added and without the one just dropped."""
        chosen: list[str] = self.cleaned_data["service"]
        wanted = dict.fromkeys([*chosen, self.cleaned_data["add"]])
        return [code for code in wanted if code and code != self.cleaned_data["drop"]]

    @property
    def papers(self) -> list[str]:
        """The papers that were seen."""
        seen: list[str] = self.cleaned_data["paper"]
        return seen


class AttendForm(DeskForm):
    """The desk's form when the tickets are taken, with its own UUID."""

    id = forms.UUIDField()

    @property
    def request_id(self) -> UUID:
        """The page's UUID."""
        found: UUID = self.cleaned_data["id"]
        return found


class HelpCallForm(forms.Form):
    """Who is wanted, from which counter (none: from the desk), and the page to go back to."""

    kind = forms.ChoiceField(choices=HelpCall.Kind.choices)
    counter = forms.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    note = forms.CharField(max_length=80, required=False)
    back = forms.CharField(max_length=200, required=False)


class AnswerForm(forms.Form):
    """Which call for help is answered, and the page to go back to."""

    call = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    back = forms.CharField(max_length=200, required=False)


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
