from django.utils.translation import gettext as _

from pendopo.kernel.errors import ReasonMissing


def stated(reason: str, message: str = "") -> str:
    """Return a reason as it is kept. Raises ReasonMissing, in these words, when there is none."""
    if not reason.strip():
        raise ReasonMissing(message or _("Tulis alasan perubahan: alasan ini tercatat."))
    return reason.strip()
