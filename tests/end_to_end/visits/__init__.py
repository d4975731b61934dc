"""For every page an address to visit, by the rooms of the product. A route that is missing here fails."""

from tests.end_to_end.visits import (
    agencies,
    billing,
    catalogue,
    doors,
    files,
    messages,
    people,
    products,
    queues_desks,
    queues_hall,
    queues_public,
    settings,
    signing,
    steering,
)
from tests.end_to_end.visits.going import Visit

VISITS: dict[str, tuple[Visit, ...]] = {
    **agencies.VISITS,
    **billing.VISITS,
    **catalogue.VISITS,
    **doors.VISITS,
    **products.VISITS,
    **messages.VISITS,
    **people.VISITS,
    **files.VISITS,
    **queues_desks.VISITS,
    **queues_hall.VISITS,
    **queues_public.VISITS,
    **settings.VISITS,
    **signing.VISITS,
    **steering.VISITS,
}
