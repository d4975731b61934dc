"""Every screen in its three states, by the rooms of the product."""

from tests.end_to_end.screens import (
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
from tests.end_to_end.screens.looks import Screen

SCREENS: dict[str, Screen] = {
    **agencies.SCREENS,
    **catalogue.SCREENS,
    **doors.SCREENS,
    **files.SCREENS,
    **queues_desks.SCREENS,
    **queues_hall.SCREENS,
    **queues_public.SCREENS,
    **settings.SCREENS,
    **steering.SCREENS,
}
