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


def number_text(code: str, number: int) -> str:
    """Write a ticket's number as people read it: A-012."""
    return f"{code}-{number:03d}"
