from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Origin(TextChoices):
    """How a ticket was taken (a service's channel is another thing)."""

    KIOSK = "kiosk", _("Kios")
    PHONE = "phone", _("Ponsel")
    DESK = "desk", _("Meja informasi")
    VAN = "van", _("Kendaraan keliling")


class State(TextChoices):
    """Where a ticket stands."""

    WAITING = "waiting", _("Menunggu")
    CALLED = "called", _("Dipanggil")
    SERVING = "serving", _("Dilayani")
    COMPLETED = "completed", _("Selesai")
    ABSENT = "absent", _("Tidak hadir")
    CANCELLED = "cancelled", _("Dibatalkan")


LIVE = (State.WAITING, State.CALLED, State.SERVING)

# Every lawful move. Those of SQL_MOVES are made by the functions in sql/, all others by Ticket.move_to.
MOVES: dict[State, frozenset[State]] = {
    State.WAITING: frozenset({State.CALLED, State.CANCELLED}),
    State.CALLED: frozenset({State.SERVING, State.ABSENT, State.CANCELLED, State.WAITING}),
    State.SERVING: frozenset({State.COMPLETED, State.WAITING}),
    State.COMPLETED: frozenset(),
    State.ABSENT: frozenset({State.WAITING}),
    State.CANCELLED: frozenset(),
}
SQL_MOVES: frozenset[tuple[State, State]] = frozenset({(State.WAITING, State.CALLED)})


class Outcome(TextChoices):
    """How a service at the counter ended."""

    DONE = "done", _("Selesai")
    TAKEN_IN = "taken_in", _("Berkas diterima")
    HANDED_OVER = "handed_over", _("Hasil diserahkan")
    INFORMED = "informed", _("Diberi informasi")
    SENT_AWAY = "sent_away", _("Belum dapat dilayani")
    LEFT = "left", _("Pergi")


class Priority(TextChoices):
    """Vulnerable groups, who may go before others by the turns a mall sets (UU 25/2009 article 29)."""

    ELDERLY = "elderly", _("Lanjut usia")
    DISABILITY = "disability", _("Penyandang disabilitas")
    PREGNANT = "pregnant", _("Hamil atau menyusui")
    SMALL_CHILD = "small_child", _("Membawa anak kecil")
    DISASTER = "disaster", _("Korban bencana")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a visitor needs; it goes into the visit, never onto a slip or board."""

    priority: Priority | None = None
    wheelchair: bool = False
    deaf: bool = False
    interpreter: bool = False


NO_NEEDS = Needs()


class Hold(TextChoices):
    """Why a waiting ticket is not called for now."""

    UNCHECKED = "unchecked", _("Belum lapor tiba")
    ELSEWHERE = "elsewhere", _("Sedang di loket lain")
    PARKED = "parked", _("Menunggu di samping")


class EndedBecause(TextChoices):
    """Why a ticket ended without service."""

    HOLDER = "holder", _("Dibatalkan pemegang")
    LAPSED = "lapsed", _("Tidak lapor tiba")
    NIGHT = "night", _("Hari berakhir")
    CLOSURE = "closure", _("Layanan tutup")


class SentAwayReason(TextChoices):
    """Why somebody came for nothing: the mall counts these to have fewer of them."""

    PAPER_MISSING = "paper_missing", _("Berkas kurang")
    WRONG_PLACE = "wrong_place", _("Bukan di sini")
    NOT_ENTITLED = "not_entitled", _("Tidak memenuhi syarat")
    SYSTEM_DOWN = "system_down", _("Sistem instansi terganggu")
    CLOSED = "closed", _("Layanan tutup")


class SessionState(TextChoices):
    """Whether a counter receives people now."""

    OPEN = "open", _("Buka")
    PAUSED = "paused", _("Jeda")
    CLOSED = "closed", _("Tutup")


class SessionReason(TextChoices):
    """Why a counter pauses, or closes while its agency receives people. Another reason is written in words."""

    LUNCH = "lunch", _("Istirahat makan")
    PRAYER = "prayer", _("Salat")
    ERRAND = "errand", _("Ke belakang sebentar")
    MEETING = "meeting", _("Koordinasi")
    SYSTEM_DOWN = "system_down", _("Sistem instansi terganggu")
    SHIFT_END = "shift_end", _("Giliran tugas selesai")
    RELIEVED = "relieved", _("Digantikan petugas lain")

    @classmethod
    def text(cls, reason: str) -> str:
        """Say a reason in words, be it chosen or written."""
        return str(cls(reason).label) if reason in cls.values else reason


PAUSE_REASONS = (
    SessionReason.LUNCH,
    SessionReason.PRAYER,
    SessionReason.ERRAND,
    SessionReason.MEETING,
    SessionReason.SYSTEM_DOWN,
)
CLOSE_REASONS = (SessionReason.SHIFT_END, SessionReason.LUNCH, SessionReason.MEETING, SessionReason.SYSTEM_DOWN)


class Voice(TextChoices):
    """In which languages calls are said, one after the other: Indonesian first, for everybody in the hall."""

    ID = "id", _("Indonesia saja")
    ID_EN = "id,en", _("Indonesia, lalu Inggris")
    ID_JV = "id,jv", _("Indonesia, lalu Jawa")
    ID_EN_JV = "id,en,jv", _("Indonesia, Inggris, lalu Jawa")

    @property
    def languages(self) -> Sequence[str]:
        """The languages in their order."""
        return self.value.split(",")


def number_text(code: str, number: int) -> str:
    """Write a ticket's number as people read it: A-012."""
    return f"{code}-{number:03d}"
