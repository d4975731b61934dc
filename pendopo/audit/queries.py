from collections.abc import Sequence

from pendopo.audit.models import Entry
from pendopo.tenancy.models import Mall


def decisions(mall: Mall, actions: Sequence[str], *, subject: str = "", most: int = 10) -> list[Entry]:
    """Return the last decisions of some kinds in a mall (about one subject), with who and why, the newest first.

    What was set up without a reason was nobody's decision.
    """
    found = Entry.objects.filter(mall=mall, action__in=actions).exclude(reason="").select_related("account")
    if subject:
        found = found.filter(subject=subject)
    return list(found.order_by("-pk")[:most])


def decisions_about(mall: Mall, subject: str, *, most: int = 10) -> list[Entry]:
    """Return the last decisions of a thing that had a reason, with who decided, the newest first."""
    found = Entry.objects.filter(mall=mall, subject=subject).exclude(reason="").select_related("account")
    return list(found.order_by("-pk")[:most])
