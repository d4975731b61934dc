"""What only the manager decides, and with a reason. For actions only."""

from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.kernel.errors import NotAllowed
from pendopo.queues.errors import ReasonMissing


def refuse_others(by: Actor, message: str) -> None:
    """Refuse in these words whoever is not the manager."""
    if not by.manages:
        raise NotAllowed(message)


def stated(reason: str, message: str = "") -> str:
    """Return a reason as it is kept. Raises ReasonMissing, in these words, when there is none."""
    if not reason.strip():
        raise ReasonMissing(message or _("Tulis alasan perubahan: alasan ini tercatat."))
    return reason.strip()
