"""What the catalogue asks: which services have a queue."""

from pendopo.queues.models import QueueService


def services_with_queue(mall_id: int) -> set[int]:
    """Return the services of a mall for which numbers can be taken."""
    return set(QueueService.objects.filter(mall=mall_id).values_list("service", flat=True))
