"""Who keeps which agency's products."""

from pendopo.agencies.types import Actor


def may_keep(by: Actor, agency_id: int) -> bool:
    """Whether somebody keeps and hands over an agency's products: whoever serves it or works behind it."""
    return by.works_for(agency_id) or by.works_behind(agency_id)
