from collections.abc import Sequence

from django.db.models import Q

from pendopo.audit.models import Entry
from pendopo.kernel.cursors import Page, page_by_number
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


def reasoned(mall: Mall, *, beginnings: Sequence[str] = (), cursor: str = "", size: int = 50) -> Page[Entry]:
    """Return what was decided with a reason in a mall, the newest first; of acts with these beginnings, or of all."""
    found = Entry.objects.filter(mall=mall).exclude(reason="").select_related("account")
    if beginnings:
        wanted = Q()
        for beginning in beginnings:
            wanted |= Q(action__startswith=f"{beginning}.")
        found = found.filter(wanted)
    return page_by_number(found, cursor, size)
