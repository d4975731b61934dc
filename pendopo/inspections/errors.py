from pendopo.kernel.errors import RuleViolation


class AlreadySigned(RuleViolation):
    """What was signed stays as it was signed."""

    code = "inspection_signed"


class NotTheInspector(RuleViolation):
    """Only whoever began an inspection writes in it and signs it."""

    code = "not_the_inspector"
    status = 403


class OwnAnswer(RuleViolation):
    """Nobody closes what they answered themselves."""

    code = "own_answer"


class NotProven(RuleViolation):
    """A finding is closed by a picture of afterwards, or by a sentence about what was seen."""

    code = "not_proven"
    status = 422


class NothingInIt(RuleViolation):
    """An inspection is signed when something stands in it."""

    code = "nothing_in_it"
    status = 422
