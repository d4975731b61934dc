from pendopo.kernel.errors import RuleViolation


class Closed(RuleViolation):
    """The outlet does not receive people now; the message says why and until when."""

    code = "closed"


class NotOffered(RuleViolation):
    """The mall does not know this service, or gives no tickets for it."""

    code = "service_unknown"
    status = 404


class CounterBusy(RuleViolation):
    """The counter still has somebody; finish with them first."""

    code = "counter_busy"


class CounterNotOpen(RuleViolation):
    """The counter must be opened by whoever sits at it before it calls."""

    code = "counter_not_open"


class CounterTaken(RuleViolation):
    """Somebody else sits at the counter."""

    code = "counter_taken"


class NotAtThisCounter(RuleViolation):
    """The ticket is with another counter."""

    code = "not_at_this_counter"
    status = 403


class ReasonMissing(RuleViolation):
    """Sending somebody away needs its reason."""

    code = "reason_missing"
    status = 422
