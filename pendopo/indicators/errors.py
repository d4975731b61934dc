from pendopo.kernel.errors import RuleViolation


class AlreadyThere(RuleViolation):
    """There is one of these already."""

    code = "already_there"


class ReasonMissing(RuleViolation):
    """What is corrected or changed says why."""

    code = "reason_missing"
    status = 422


class DatesCrossed(RuleViolation):
    """What is noted has happened."""

    code = "dates_crossed"
    status = 422


class AlreadyCorrected(RuleViolation):
    """A figure is corrected once; its correction may be corrected again."""

    code = "already_corrected"
