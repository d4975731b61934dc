from pendopo.kernel.errors import RuleViolation


class AlreadyThere(RuleViolation):
    """There is one of these already."""

    code = "already_there"


class DatesCrossed(RuleViolation):
    """What is noted has happened."""

    code = "dates_crossed"
    status = 422


class AlreadyCorrected(RuleViolation):
    """A figure is corrected once; its correction may be corrected again."""

    code = "already_corrected"
