from datetime import datetime, timedelta

EARLY, AHEAD = timedelta(minutes=10), timedelta(minutes=5)
# So long a phone may have been without a network.
LONGEST_AWAY = timedelta(days=14)


def believable(told: datetime, inspection_begun_at: datetime, at: datetime) -> datetime:
    """Return the phone's time where it can be true; else when the part came: a wrong clock loses no evidence."""
    return told if inspection_begun_at - EARLY <= told <= at + AHEAD else at


def believable_start(told: datetime, at: datetime) -> datetime:
    """Return when an inspection began by the phone's clock where that can be true; else when it came."""
    return min(told, at) if at - LONGEST_AWAY <= told <= at + AHEAD else at
