from pendopo.kernel.errors import RuleViolation


class DatesCrossed(RuleViolation):
    """What is noted has happened."""

    code = "dates_crossed"
    status = 422


class AlreadyCorrected(RuleViolation):
    """A value is corrected once; its correction may be corrected again."""

    code = "already_corrected"


class AlreadyDone(RuleViolation):
    """What is done, or withdrawn, stays so."""

    code = "already_done"


class NoGates(RuleViolation):
    """Nothing can be assessed before gates are set."""

    code = "no_gates"


class OwnerUnclear(RuleViolation):
    """One agency or one office is responsible, not both and not none."""

    code = "owner_unclear"
    status = 422
