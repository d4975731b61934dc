from pendopo.kernel.errors import RuleViolation


class AgendaFrozen(RuleViolation):
    """What was sent to the invited is what the meeting is about: it is not changed afterwards."""

    code = "agenda_frozen"


class AgendaOpen(RuleViolation):
    """A meeting is held on an agenda that was sent."""

    code = "agenda_open"


class MinutesClosed(RuleViolation):
    """Minutes that were closed stay as they were signed."""

    code = "minutes_closed"


class NotHeldYet(RuleViolation):
    """What happened at a meeting is written when it has begun."""

    code = "not_held_yet"


class AlreadyInvited(RuleViolation):
    """Somebody is invited to a meeting once."""

    code = "already_invited"


class OwnerMissing(RuleViolation):
    """A decision has one owner: an agency, or a person of the staff."""

    code = "owner_missing"
    status = 422


class EvidenceMissing(RuleViolation):
    """A decision is done with evidence, and dropped with a reason."""

    code = "evidence_missing"
    status = 422


class AlreadySettled(RuleViolation):
    """A decision that is done or dropped stays so; the next meeting may decide anew."""

    code = "already_settled"


class NumberTaken(RuleViolation):
    """Each letter has a number of its own."""

    code = "number_taken"


class CalledOff(RuleViolation):
    """A meeting that was called off is not held."""

    code = "meeting_called_off"


class AlreadyHeld(RuleViolation):
    """What was noted of a meeting did happen: it is neither put off nor called off."""

    code = "meeting_already_held"


class TimePast(RuleViolation):
    """A meeting is put off to a time that is yet to come."""

    code = "meeting_time_past"
    status = 422


class ReasonMissing(RuleViolation):
    """The invited are told why a meeting is not held as announced."""

    code = "meeting_reason_missing"
    status = 422
