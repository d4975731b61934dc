"""Every subscription of the product: who hears of what happened below."""

from pendopo.agencies.events import AgencyChanged, CounterMoved, CounterRetired, EndAsked, OutletEnded, RoleEnded
from pendopo.applications.actions import telling
from pendopo.audit import actions as audit
from pendopo.catalogue.actions import withdrawing
from pendopo.catalogue.events import CasesAsked, OfferEnding, QueuesAsked
from pendopo.catalogue.queries.withdrawing import tell_what_ends
from pendopo.config.sending_codes import send_code
from pendopo.documents.events import DocumentCorrected, DocumentIssued, DocumentRevoked
from pendopo.kernel.events import subscribe
from pendopo.notifications.channels import CHANNELS, ready
from pendopo.people.events import ChannelsAsked, CodeMade
from pendopo.queues.actions import departing
from pendopo.queues.queries import departing as hall
from pendopo.queues.queries import offers
from pendopo.queues.queries.cases import open_and_late
from pendopo.tenancy.events import (
    DeviceChanged,
    KeyChanged,
    MallChanged,
    MallFounded,
    PlaceChanged,
    RegionsImported,
    StopChanged,
)


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


def _key_changed(event: KeyChanged) -> None:
    subject = f"mall:{event.mall_id}"
    after = {"kind": event.kind, "number": event.number}
    audit.record(event.what, subject, by=_Account(event.account_id), at=event.at, after=after)


def _regions_imported(event: RegionsImported) -> None:
    audit.record("regions.imported", event.edition, by=None, at=event.at, after={"rows": event.rows})


def _offer_ending(event: OfferEnding) -> None:
    departing.keep_offer(event)


def _queues_asked(event: QueuesAsked) -> None:
    event.services.update(offers.services_with_queue(event.mall_id))


def _cases_asked(event: CasesAsked) -> None:
    event.agencies.update(open_and_late(event.mall_id, event.today))


def _agency_changed(event: AgencyChanged) -> None:
    withdrawing.follow_agency(event)


def _counter_retired(event: CounterRetired) -> None:
    departing.free_counter(event)


def _counter_moved(event: CounterMoved) -> None:
    departing.follow_counter(event)


def _outlet_ended(event: OutletEnded) -> None:
    departing.leave_outlet(event)
    withdrawing.withdraw_outlet(event)


def _role_ended(event: RoleEnded) -> None:
    departing.rise(event)


def _document_issued(event: DocumentIssued) -> None:
    telling.tell_issued(event)


def _document_revoked(event: DocumentRevoked) -> None:
    telling.tell_revoked(event)


def _document_corrected(event: DocumentCorrected) -> None:
    telling.tell_corrected(event)


def _code_made(event: CodeMade) -> None:
    # A row in the same transaction; it runs after the commit.
    send_code.defer(code=event.code_id)


def _channels_asked(event: ChannelsAsked) -> None:
    event.channels.update(channel for channel in CHANNELS if ready(channel))


def connect() -> None:
    """Connect every handler; called once when Django is ready."""
    subscribe(MallFounded, _mall_founded)
    subscribe(MallChanged, _mall_changed)
    subscribe(DeviceChanged, _device_changed)
    subscribe(PlaceChanged, _place_changed)
    subscribe(StopChanged, _stop_changed)
    subscribe(KeyChanged, _key_changed)
    subscribe(RegionsImported, _regions_imported)
    subscribe(OfferEnding, _offer_ending)
    subscribe(QueuesAsked, _queues_asked)
    subscribe(CasesAsked, _cases_asked)
    subscribe(EndAsked, tell_what_ends)
    subscribe(EndAsked, hall.tell_what_ends)
    subscribe(AgencyChanged, _agency_changed)
    subscribe(CounterRetired, _counter_retired)
    subscribe(CounterMoved, _counter_moved)
    subscribe(OutletEnded, _outlet_ended)
    subscribe(RoleEnded, _role_ended)
    subscribe(CodeMade, _code_made)
    subscribe(ChannelsAsked, _channels_asked)
    subscribe(DocumentIssued, _document_issued)
    subscribe(DocumentRevoked, _document_revoked)
    subscribe(DocumentCorrected, _document_corrected)
