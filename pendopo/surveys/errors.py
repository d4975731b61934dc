from pendopo.kernel.errors import RuleViolation


class NotServedYet(RuleViolation):
    """Only a service that has ended can be rated."""

    code = "not_served_yet"


class AlreadyRated(RuleViolation):
    """The ticket was rated with another score; a rating is given once."""

    code = "already_rated"
