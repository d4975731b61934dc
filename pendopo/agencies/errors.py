from pendopo.kernel.errors import RuleViolation


class HoursOfAVan(RuleViolation):
    """A van opens where and when it stops; weekly hours would win over its stops."""

    code = "hours_of_a_van"
    status = 422


class SignerMissing(RuleViolation):
    """An agreement is signed by somebody with a name and an office."""

    code = "signer_missing"
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


class TooManyTries(RuleViolation):
    """Whoever typed many wrong codes waits some minutes."""

    code = "too_many_tries"
    status = 422


class DutyOver(RuleViolation):
    """The day is over: what was to be on it stays as it was."""

    code = "duty_over"
    status = 422


class AboveItself(RuleViolation):
    """No agency stands above itself."""

    code = "above_itself"


class NameTaken(RuleViolation):
    """Another of the mall's has this name, code or number."""

    code = "name_taken"


class OtherPlace(RuleViolation):
    """A counter stands in a zone of the site where its outlet is."""

    code = "other_place"
    status = 422


class WrongScope(RuleViolation):
    """Some roles are of one agency, others of the whole mall."""

    code = "wrong_scope"
    status = 422


class Ended(RuleViolation):
    """What was ended or retired takes no part any more."""

    code = "ended"


class LastManager(RuleViolation):
    """A mall always has somebody who manages it."""

    code = "last_manager"


class SettledAlready(RuleViolation):
    """A link to set a password is only for an account that this mall opened and that has none yet."""

    code = "settled_already"


class Unreadable(RuleViolation):
    """Words on this colour would not be readable for everybody (WCAG 2.2 AA, 1.4.3)."""

    code = "unreadable"
    status = 422
