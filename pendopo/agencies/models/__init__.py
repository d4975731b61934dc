"""The agencies' tables. Django finds them here; each stands in the file of its use."""

from pendopo.agencies.models.hours import Closing, OpeningException, OpeningHours
from pendopo.agencies.models.memberships import ApiToken, Membership
from pendopo.agencies.models.places import Agency, Counter, Outlet

__all__ = [
    "Agency", "ApiToken", "Closing", "Counter", "Membership", "OpeningException", "OpeningHours", "Outlet",
]  # fmt: skip
