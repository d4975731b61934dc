"""What the catalogue asks: which services have a queue, and who waits for one of them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendopo.queues.errors import PeopleWait
from pendopo.queues.models import QueueService, Ticket
from pendopo.queues.types import LIVE


def services_with_queue(mall_id: int) -> set[int]:
    """Return the services of a mall for which numbers can be taken."""
    return set(QueueService.objects.filter(mall=mall_id).values_list("service", flat=True))


def refuse_while_people_wait(mall_id: int, service_id: int, variant_id: int | None) -> None:
    """Raise PeopleWait while somebody waits for a service, or for one of its variants, or is being served."""
    found = Ticket.objects.filter(mall=mall_id, variant__service=service_id, state__in=LIVE)
    if variant_id is not None:
        found = found.filter(variant=variant_id)
    if number := found.count():
        told = ngettext("%(count)d orang masih menunggu.", "%(count)d orang masih menunggu.", number)
        raise PeopleWait(f"{told % {'count': number}} {_('Layani atau pindahkan mereka dahulu.')}")
