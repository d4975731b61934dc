"""What happened in people that modules above it act on."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CodeMade:
    """Digits wait to be sent, at once."""

    code_id: int


@dataclass(frozen=True, slots=True)
class ChannelsAsked:
    """Whoever can send adds the names of the channels that are set up."""

    channels: set[str] = field(default_factory=set)
