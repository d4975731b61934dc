from pendopo.kernel.errors import RuleViolation


class HoursOfAVan(RuleViolation):
    """A van opens where and when it stops; weekly hours would win over its stops."""

    code = "hours_of_a_van"
    status = 422


class SignerMissing(RuleViolation):
    """An agreement is signed by somebody with a name and an office."""

    code = "signer_missing"
    status = 422


class ReasonMissing(RuleViolation):
    """What is refused or ended says why."""

    code = "reason_missing"
    status = 422


class DatesCrossed(RuleViolation):
    """A thing ends after it began, and happened no later than today."""

    code = "dates_crossed"
    status = 422


class AlreadySigned(RuleViolation):
    """What was signed stays signed: it is renewed or ended, never unsigned."""

    code = "already_signed"


class AlreadyThere(RuleViolation):
    """There is one of these already."""

    code = "already_there"


class NotYet(RuleViolation):
    """Something else comes first."""

    code = "not_yet"


class Circular(RuleViolation):
    """Milestones that wait for each other would never be done."""

    code = "circular"


class NoRoom(RuleViolation):
    """A site holds no more than it holds."""

    code = "no_room"


class DutyOverlaps(RuleViolation):
    """Somebody would have two places at the same hour."""

    code = "duty_overlaps"
    status = 422


class WrongPresenceCode(RuleViolation):
    """The code is not the one that a screen of the mall shows now."""

    code = "wrong_presence_code"
    status = 422


class DutyOver(RuleViolation):
    """The day is over: what was to be on it stays as it was."""

    code = "duty_over"
    status = 422


class Unreadable(RuleViolation):
    """Words on this colour would not be readable for everybody (WCAG 2.2 AA, 1.4.3)."""

    code = "unreadable"
    status = 422
