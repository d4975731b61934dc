from pendopo.kernel.errors import RuleViolation


class NameTaken(RuleViolation):
    """Two innovations of a mall never have one name: juries refuse the second."""

    code = "name_taken"
    status = 422


class DatesCrossed(RuleViolation):
    """A thing ends after it began, and happened no later than today."""

    code = "dates_crossed"
    status = 422


class AlreadyThere(RuleViolation):
    """There is one of these already."""

    code = "already_there"
    status = 422


class Closed(RuleViolation):
    """The round has not opened, or is over."""

    code = "closed"


class NotADraft(RuleViolation):
    """What was submitted or withdrawn is not written on."""

    code = "not_a_draft"


class TooLong(RuleViolation):
    """A section has more words than it may."""

    code = "too_long"
    status = 422


class Incomplete(RuleViolation):
    """A section is empty."""

    code = "incomplete"
    status = 422


class TooYoung(RuleViolation):
    """An innovation has not been used as long as the group asks on the closing day."""

    code = "too_young"
    status = 422


class NotAJuror(RuleViolation):
    """Only a competition's jurors score, and read what they score."""

    code = "not_a_juror"


class OwnAgency(RuleViolation):
    """A juror never scores the agency that the juror works for."""

    code = "own_agency"


class ScoresFinal(RuleViolation):
    """What a juror gave stays; what everybody has given is not judged anew."""

    code = "scores_final"


class ScoreOutOfRange(RuleViolation):
    """A score is a number from nothing to the highest."""

    code = "score_out_of_range"
    status = 422
