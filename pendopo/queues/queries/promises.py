"""By when something is promised: the standard's duration in words, counted from a day."""

import re
from datetime import date, timedelta

from pendopo.catalogue.models import Standard, Variant
from pendopo.kernel.errors import NotFound
from pendopo.tenancy.models import Mall
from pendopo.worktime.queries import days_off, working_time

ONE_DAY = timedelta(days=1)
NUMBER = r"(\d{1,3})(?:\s*\([^)]*\))?"
# "14 (empat belas) hari kerja", "3-5 hari kerja", "paling lama 1 minggu": of two figures the later holds.
SAID = re.compile(
    rf"{NUMBER}(?:\s*(?:-|–|s\.?\s*/?\s*d\.?|sampai(?:\s+dengan)?|hingga)\s*{NUMBER})?"
    r"\s*(hari\s+kerja|hari|minggu|pekan|bulan|jam|menit)\b",
    re.IGNORECASE,
)
DAYS = {"hari": 1, "minggu": 7, "pekan": 7, "bulan": 30, "jam": 0, "menit": 0}


def promised_on(mall: Mall, variant: Variant, day: date) -> date | None:
    """Return the day by which what was taken in on a day is promised, None where nobody has said.

    By the standard in force of the variant, else of its service, else by the duration that is told of the variant.
    """
    standards = Standard.objects.filter(mall=mall, service=variant.service_id).in_force(day)
    held = {each.variant_id: each for each in standards}
    standard = held.get(variant.pk) or held.get(None)
    texts = [str(standard.components.get("duration", ""))] if standard else []
    for text in (*texts, variant.duration):
        if found := after(mall, text, day):
            return found
    return None


def after(mall: Mall, text: str, day: date) -> date | None:
    """Return the day on which a duration in words is over, None where it names none."""
    said = SAID.search(text)
    if said is None:
        return None
    number, unit = int(said[2] or said[1]), " ".join(said[3].lower().split())
    if unit == "hari kerja":
        return _working_days_after(mall, day, number)
    return day + timedelta(days=number * DAYS[unit])


def _working_days_after(mall: Mall, day: date, number: int) -> date:
    last = day + timedelta(days=3 * number + 60)
    try:
        return working_time(mall, day, last).add_working_days(day, number)
    except NotFound:
        off = days_off(mall, day, last)
    # No calendar of its own: Monday to Friday, without the nation's days off.
    while number:
        day += ONE_DAY
        number -= day.isoweekday() <= 5 and day not in off
    return day
