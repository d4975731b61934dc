"""Every subscription of the product: who hears of what happened below."""

from pendopo.audit import actions as audit
from pendopo.kernel.events import subscribe
from pendopo.tenancy.events import DeviceChanged, MallChanged, MallFounded, PlaceChanged, RegionsImported, StopChanged


class _Account:
    """The account named by an event, as the audit wants it."""

    device_id = None

    def __init__(self, account_id: int | None) -> None:
        self.account_id = account_id


def _mall_founded(event: MallFounded) -> None:
    audit.record("mall.founded", f"mall:{event.mall_id}", by=_Account(event.account_id), at=event.at)


def _device_changed(event: DeviceChanged) -> None:
    by = _Account(event.account_id)
    audit.record(event.what, f"device:{event.device_id}", by=by, at=event.at, reason=event.reason, after=event.after)


def _mall_changed(event: MallChanged) -> None:
    audit.record(
        event.what,
        f"mall:{event.mall_id}",
        by=_Account(event.account_id),
        at=event.at,
        reason=event.reason,
        before=event.before,
        after=event.after,
    )


def _place_changed(event: PlaceChanged) -> None:
    audit.record(
        event.what,
        event.subject,
        by=_Account(event.account_id),
        at=event.at,
        reason=event.reason,
        before=event.before,
        after=event.after,
    )


def _stop_changed(event: StopChanged) -> None:
    by = _Account(event.account_id)
    audit.record(event.what, f"stop:{event.stop_id}", by=by, at=event.at, reason=event.reason, after=event.after)


def _regions_imported(event: RegionsImported) -> None:
    audit.record("regions.imported", event.edition, by=None, at=event.at, after={"rows": event.rows})


def connect() -> None:
    """Connect every handler; called once when Django is ready."""
    subscribe(MallFounded, _mall_founded)
    subscribe(MallChanged, _mall_changed)
    subscribe(DeviceChanged, _device_changed)
    subscribe(PlaceChanged, _place_changed)
    subscribe(StopChanged, _stop_changed)
    subscribe(RegionsImported, _regions_imported)
