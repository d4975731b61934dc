from pendopo.kernel.errors import RuleViolation


class StandardTooEarly(RuleViolation):
    """A standard cannot begin before, or on the day of, the one that holds: that would rewrite what was promised."""

    code = "standard_too_early"


class PublishedAlready(RuleViolation):
    """It is already noted that a standard can be read in a medium."""

    code = "published_already"


class NotYourAgency(RuleViolation):
    """Only the agency's own administrator and the mall's manager set its standards."""

    code = "not_your_agency"


class ReasonMissing(RuleViolation):
    """Whatever is less than all says why."""

    code = "reason_missing"
    status = 422


class ProofMissing(RuleViolation):
    """A closed counter is proven: decree, photo, date."""

    code = "proof_missing"
    status = 422


class ToldAlready(RuleViolation):
    """The same title stands already."""

    code = "told_already"


class NoticeOver(RuleViolation):
    """What is told no longer stays as it was."""

    code = "notice_over"


class NoPicture(RuleViolation):
    """A floor plan is a picture."""

    code = "no_picture"
    status = 422
