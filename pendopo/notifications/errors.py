"""What keeps a message from its recipient. No text here holds an address or words of a message."""

from pendopo.kernel.errors import RuleViolation


class ChannelDown(Exception):
    """The channel did not take the message now; it surely was not handed over, and is tried again later."""


class Unsure(ChannelDown):
    """The line broke while the message was handed over: it may have arrived. Only a repeatable channel tries again."""


class AddressRefused(Exception):
    """The channel will never take a message for this address; another channel may."""


class WrongTemplate(RuleViolation):
    """There is no such text, or its fields are not those that were given."""

    code = "wrong_template"
    status = 422


class NobodyToTell(RuleViolation):
    """A message names no party, account or contact of this mall."""

    code = "nobody_to_tell"
    status = 422
