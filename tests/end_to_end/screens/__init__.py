"""Every screen in its three states, by the rooms of the product."""

from tests.end_to_end.screens import (
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
from tests.end_to_end.screens.looks import Screen

SCREENS: dict[str, Screen] = {
    **agencies.SCREENS,
    **billing.SCREENS,
    **catalogue.SCREENS,
    **doors.SCREENS,
    **products.SCREENS,
    **messages.SCREENS,
    **people.SCREENS,
    **files.SCREENS,
    **queues_desks.SCREENS,
    **queues_hall.SCREENS,
    **queues_public.SCREENS,
    **settings.SCREENS,
    **signing.SCREENS,
    **steering.SCREENS,
}
