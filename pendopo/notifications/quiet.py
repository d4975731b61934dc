"""The hours in which nobody is woken."""

from datetime import datetime, time, timedelta


def end_of_quiet(local: datetime, begins: time | None, ends: time | None) -> datetime | None:
    """Return when the quiet hours end in which a moment of the mall's own clock lies; None outside of them.

    Hours that begin later than they end go over midnight; of no length are none.
    """
    if begins is None or ends is None or begins == ends:
        return None
    now = local.time()
    if begins < ends:
        return datetime.combine(local.date(), ends, local.tzinfo) if begins <= now < ends else None
    if now >= begins:
        return datetime.combine(local.date() + timedelta(days=1), ends, local.tzinfo)
    return datetime.combine(local.date(), ends, local.tzinfo) if now < ends else None
