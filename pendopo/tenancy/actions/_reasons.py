from django.utils.translation import gettext as _

from pendopo.tenancy.errors import ReasonMissing


def stated(reason: str) -> str:
    """Return a reason as it is kept. Raises ReasonMissing when there is none."""
    if not reason.strip():
        raise ReasonMissing(_("Tulis alasan perubahan: alasan ini tercatat."))
    return reason.strip()
