from datetime import datetime, timedelta

EARLY, AHEAD = timedelta(minutes=10), timedelta(minutes=5)


def believable(told: datetime, inspection_begun_at: datetime, at: datetime) -> datetime:
    """Return the phone's time where it can be true; else when the part came: a wrong clock loses no evidence."""
    return told if inspection_begun_at - EARLY <= told <= at + AHEAD else at
