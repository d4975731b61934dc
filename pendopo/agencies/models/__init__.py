"""The agencies' tables. Django finds them here; each stands in the file of its use."""

from pendopo.agencies.models.agreements import Agreement, Signatory, Signing, Standing
from pendopo.agencies.models.apps import App, AppOverlap
from pendopo.agencies.models.duty import Absence, Duty, Employment, Presence
from pendopo.agencies.models.hotlines import Hotline, HotlineTest
from pendopo.agencies.models.hours import Closing, OpeningException, OpeningHours
from pendopo.agencies.models.joining import (
    Milestone,
    MilestoneNeed,
    Preparation,
    PreparationItem,
    Prospect,
    Relocation,
    RelocationCounter,
    SiteCapacity,
)
from pendopo.agencies.models.memberships import ApiToken, Membership
from pendopo.agencies.models.places import Agency, Counter, Outlet
from pendopo.agencies.models.tries import CodeTries

__all__ = [
    "Absence", "Agency", "Agreement", "ApiToken", "App", "AppOverlap", "Closing", "CodeTries", "Counter", "Duty",
    "Employment", "Hotline", "HotlineTest", "Membership", "Milestone", "MilestoneNeed", "OpeningException",
    "OpeningHours", "Outlet", "Preparation", "PreparationItem", "Presence", "Prospect", "Relocation",
    "RelocationCounter", "Signatory", "Signing", "SiteCapacity", "Standing",
]  # fmt: skip
