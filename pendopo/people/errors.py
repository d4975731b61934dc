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


class TooOften(RuleViolation):
    """This was tried too often in a short time; the message says when to try again."""

    code = "too_often"


class WrongCode(RuleViolation):
    """These are not the digits that were sent, or they are not good any more."""

    code = "wrong_code"
    status = 422


class NoChannel(RuleViolation):
    """Nothing can be sent there: the way is not set up, or not made for such a contact."""

    code = "no_channel"
    status = 422


class LastContact(RuleViolation):
    """The first contact of an account cannot be removed; another is made first before."""

    code = "last_contact"


class NotYours(RuleViolation):
    """What is to be changed is not there, or another's: both look the same."""

    code = "not_yours"
    status = 422
