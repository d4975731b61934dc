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


class OfferEnded(RuleViolation):
    """What was ended stays as it was, until it is taken up again."""

    code = "offer_ended"


class NameTaken(RuleViolation):
    """An agency has one service of a name."""

    code = "name_taken"
    status = 422


class LastVariant(RuleViolation):
    """A service has at least one variant: whoever wants none ends the service."""

    code = "last_variant"


class FeeOverlaps(RuleViolation):
    """Only one fee holds on a day."""

    code = "fee_overlaps"
    status = 422


class FeeInForce(RuleViolation):
    """What was charged by a fee stays: it is followed by another, never withdrawn."""

    code = "fee_in_force"


class SignerMissing(RuleViolation):
    """A maklumat is issued only in the name of somebody whom a decree names."""

    code = "charter_signer_missing"
