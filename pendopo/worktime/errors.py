from pendopo.kernel.errors import RuleViolation


class LawIsAboveMalls(RuleViolation):
    """One mall cannot change what holds for all; it decides its own days instead."""

    code = "law_is_above_malls"
    status = 403


class CalendarNotUnderstood(RuleViolation):
    """Weekdays, hours or names of a calendar that cannot be."""

    code = "calendar_not_understood"
    status = 422


class CalendarNameTaken(RuleViolation):
    """The mall has a calendar of this name."""

    code = "calendar_name_taken"


class OutsideCalendar(RuleViolation):
    """A calculation left the days for which days off were read: an answer would be a guess."""

    code = "outside_calendar"
