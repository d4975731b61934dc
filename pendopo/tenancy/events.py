from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MallFounded:
    """A mall was made in this installation."""

    mall_id: int
    at: datetime
    account_id: int | None


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    """A device was registered, changed or taken out of service. `what` is the audit's word."""

    what: str
    mall_id: int
    device_id: int
    at: datetime
    account_id: int | None
    reason: str = ""
    after: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """A site or zone was added, changed or ended, or a van taken off the road. `what` is the audit's word."""

    what: str
    mall_id: int
    subject: str
    at: datetime
    account_id: int | None
    reason: str = ""
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class MallChanged:
    """What a mall is called, how it looks or what its boards say was changed. `what` is the audit's word."""

    what: str
    mall_id: int
    at: datetime
    account_id: int | None
    reason: str
    before: Mapping[str, object]
    after: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class StopChanged:
    """A van's stop was written or called off. `what` is the audit's word, `after` what was written."""

    what: str
    mall_id: int
    stop_id: int
    at: datetime
    account_id: int | None
    reason: str = ""
    after: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RegionsImported:
    """The table of regions was renewed from an edition."""

    edition: str
    rows: int
    at: datetime


@dataclass(frozen=True, slots=True)
class KeyChanged:
    """A key of a mall was made, followed by another, or wrapped anew. `what` is the audit's word."""

    what: str
    mall_id: int
    kind: str
    # The key's number; how many keys, where all were wrapped anew.
    number: int
    at: datetime
    account_id: int | None
