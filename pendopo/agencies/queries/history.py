"""What was decided with a reason in a mall, in words: of which kind, who, when and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.audit.models import Entry
from pendopo.audit.queries import reasoned
from pendopo.kernel.cursors import Page
from pendopo.kernel.errors import NotUnderstood
from pendopo.tenancy.models import Mall

PAGE = 50
ALL = 20_000


@dataclass(frozen=True, slots=True)
class Kind:
    """What decisions are about; `beginnings` are the first words of their acts in the audit."""

    label: object
    beginnings: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "places": Kind(gettext_lazy("Tempat dan zona"), ("site", "zone", "relocation")),
    "devices": Kind(gettext_lazy("Perangkat"), ("device",)),
    "look": Kind(gettext_lazy("Nama, tampilan, teks papan"), ("mall", "board")),
    "calendar": Kind(gettext_lazy("Kalender"), ("mall_day", "calendar", "holiday")),
    "hours": Kind(gettext_lazy("Jam buka dan penutupan"), ("hours", "closing", "outlet")),
    "agencies": Kind(
        gettext_lazy("Instansi dan kerja sama"),
        ("agency", "agreement", "prospect", "preparation", "milestone", "hotline", "app", "coverage", "own_office"),
    ),
    "staff": Kind(
        gettext_lazy("Petugas"), ("membership", "account", "token", "duty", "absence", "presence", "employment")
    ),
    "hall": Kind(gettext_lazy("Aula, loket, antrean"), ("hall", "counter", "queue", "ticket", "recording", "vacancy")),
    "services": Kind(
        gettext_lazy("Layanan dan standar"),
        ("service", "services", "variant", "fee", "offer", "standard", "quota", "event"),
    ),
    "vans": Kind(gettext_lazy("Layanan keliling"), ("van", "stop")),
    "information": Kind(gettext_lazy("Informasi umum"), ("notice", "plan")),
    "steering": Kind(
        gettext_lazy("Sidak, rapat, kesiapan, inovasi, indikator"),
        (
            "inspection", "finding", "meeting", "decision", "letter", "readiness", "readiness_value", "gates",
            "evidence", "plan_step", "innovation", "proposal", "competition", "juror", "iga", "indicator", "target",
            "official_figure",
        ),
    ),
}  # fmt: skip
_OF = {beginning: name for name, kind in KINDS.items() for beginning in kind.beginnings}

# What was done, where the kind alone would not say it.
ACTS: Mapping[str, object] = {
    "site.added": gettext_lazy("Tempat ditambah"),
    "site.described": gettext_lazy("Nama atau alamat tempat diubah"),
    "site.ended": gettext_lazy("Tempat diakhiri"),
    "site.offers_ended": gettext_lazy("Layanan di suatu tempat dihentikan"),
    "site.capacity_set": gettext_lazy("Daya tampung ditetapkan"),
    "zone.added": gettext_lazy("Zona ditambah"),
    "zone.described": gettext_lazy("Nama zona diubah"),
    "zone.ended": gettext_lazy("Zona diakhiri"),
    "device.registered": gettext_lazy("Perangkat didaftarkan"),
    "device.moved": gettext_lazy("Perangkat dipindahkan"),
    "device.speaks": gettext_lazy("Suara perangkat dinyalakan"),
    "device.silenced": gettext_lazy("Suara perangkat dimatikan"),
    "device.printer_connected": gettext_lazy("Pencetak diatur"),
    "device.revoked": gettext_lazy("Perangkat dicabut"),
    "mall.dressed": gettext_lazy("Nama atau tampilan diubah"),
    "board.texts_written": gettext_lazy("Teks papan ditulis"),
    "mall_day.set": gettext_lazy("Satu hari ditetapkan"),
    "mall_day.removed": gettext_lazy("Penetapan satu hari dicabut"),
    "calendar.made": gettext_lazy("Kalender kerja dibuat"),
    "calendar.made_default": gettext_lazy("Kalender baku diganti"),
    "calendar.hours_set": gettext_lazy("Jam kerja diubah"),
    "hours.set": gettext_lazy("Jam buka diubah"),
    "hours.excepted": gettext_lazy("Jam buka satu hari diubah"),
    "closing.announced": gettext_lazy("Penutupan diumumkan"),
    "closing.changed": gettext_lazy("Penutupan diubah"),
    "closing.decided": gettext_lazy("Diputuskan untuk yang menunggu"),
    "closing.withdrawn": gettext_lazy("Penutupan ditarik"),
    "hall.rules_set": gettext_lazy("Aturan aula diubah"),
    "counter.paused": gettext_lazy("Loket beristirahat"),
    "counter.closed": gettext_lazy("Loket tutup"),
    "quota.set": gettext_lazy("Kuota ditetapkan"),
    "quota.removed": gettext_lazy("Kuota dihapus"),
    "service.days_set": gettext_lazy("Hari layanan ditetapkan"),
    "service.days_removed": gettext_lazy("Batas hari layanan dihapus"),
    "event.declared": gettext_lazy("Acara dijadwalkan"),
    "event.withdrawn": gettext_lazy("Acara ditarik"),
    "van.added": gettext_lazy("Kendaraan ditambah"),
    "van.retired": gettext_lazy("Kendaraan berhenti"),
    "stop.written": gettext_lazy("Singgah dijadwalkan"),
    "stop.called_off": gettext_lazy("Singgah dibatalkan"),
    "standard.set": gettext_lazy("Standar pelayanan ditetapkan"),
    "agreement.ended": gettext_lazy("Kerja sama diakhiri"),
    "relocation.planned": gettext_lazy("Kepindahan direncanakan"),
    "notice.changed": gettext_lazy("Informasi diubah"),
    "notice.ended": gettext_lazy("Informasi diakhiri"),
    "plan.drawn": gettext_lazy("Denah diganti"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision in words; `who` is empty for what the system did by itself."""

    at: datetime
    kind: str
    act: str
    reason: str
    who: str


def history(mall: Mall, *, kind: str = "", cursor: str = "", size: int = PAGE) -> Page[Decision]:
    """Return the decisions of a mall, the newest first. Raises NotUnderstood for a kind that there is not."""
    if kind and kind not in KINDS:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    page = reasoned(mall, beginnings=KINDS[kind].beginnings if kind else (), cursor=cursor, size=size)
    return page.showing([_decision(entry) for entry in page.items])


def _decision(entry: Entry) -> Decision:
    name = _OF.get(entry.action.partition(".")[0])
    kind = str(KINDS[name].label) if name else _("Lain-lain")
    who = entry.account.name if entry.account else ""
    return Decision(entry.at, kind, str(ACTS.get(entry.action, "")), entry.reason, who)
