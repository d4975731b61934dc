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
    State.CALLED: frozenset({State.SERVING, State.ABSENT, State.CANCELLED}),
    State.SERVING: frozenset({State.COMPLETED}),
    State.COMPLETED: frozenset(),
    State.ABSENT: frozenset(),
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
