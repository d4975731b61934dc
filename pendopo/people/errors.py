from pendopo.kernel.errors import RuleViolation


class ContactTaken(RuleViolation):
    """Another account signs in with this contact."""

    code = "contact_taken"


class WrongNumber(RuleViolation):
    """What was written cannot be a number of this kind, or no telephone number or e-mail address."""

    code = "wrong_number"
    status = 422


class NumberTaken(RuleViolation):
    """Another person of this mall is known by this number."""

    code = "number_taken"
