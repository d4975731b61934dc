"""For every page an address to visit, by the rooms of the product. A route that is missing here fails."""

from tests.end_to_end.visits import (
    agencies,
    catalogue,
    doors,
    files,
    queues_desks,
    queues_hall,
    queues_public,
    settings,
    steering,
)
from tests.end_to_end.visits.going import Visit

VISITS: dict[str, tuple[Visit, ...]] = {
    **agencies.VISITS,
    **catalogue.VISITS,
    **doors.VISITS,
    **files.VISITS,
    **queues_desks.VISITS,
    **queues_hall.VISITS,
    **queues_public.VISITS,
    **settings.VISITS,
    **steering.VISITS,
}
