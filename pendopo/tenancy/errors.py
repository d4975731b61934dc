from pendopo.kernel.errors import RuleViolation


class SlugTaken(RuleViolation):
    """Another mall of this installation has this address."""

    code = "slug_taken"


class DeviceNameTaken(RuleViolation):
    """Another device of this mall has this name."""

    code = "device_name_taken"


class NoAddress(RuleViolation):
    """A printer is found by its number on the network, not by a name that somebody else would have to look up."""

    code = "no_address"
    status = 422


class NotAVan(RuleViolation):
    """Only a van has stops."""

    code = "not_a_van"
    status = 422


class StopImpossible(RuleViolation):
    """A van cannot stand there then: the hours are over, turned round, or another stop's."""

    code = "stop_impossible"


class StopsAhead(RuleViolation):
    """A van that people await is not taken off the road."""

    code = "stops_ahead"


class SiteNameTaken(RuleViolation):
    """Another place of this mall has this name."""

    code = "site_name_taken"


class StopOver(RuleViolation):
    """A stop that has ended, or was called off before, cannot be called off."""

    code = "stop_over"


class ZoneCodeTaken(RuleViolation):
    """Another zone of this site has this code."""

    code = "zone_code_taken"


class SiteEnded(RuleViolation):
    """A place that ended takes nothing new."""

    code = "site_ended"


class ZoneEnded(RuleViolation):
    """A zone that ended takes nothing new."""

    code = "zone_ended"


class StillInUse(RuleViolation):
    """Something stands there: a place does not end under it."""

    code = "still_in_use"


class DeviceRevoked(RuleViolation):
    """A device that was taken out of service is changed no more."""

    code = "device_revoked"


class TextsChanged(RuleViolation):
    """Somebody else changed the same texts in the meantime."""

    code = "texts_changed"
