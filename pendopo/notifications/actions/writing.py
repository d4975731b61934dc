"""Messages are written here, in the transaction of what happened; whether anybody is reachable is not its worry."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.notifications import wording
from pendopo.notifications.errors import NobodyToTell
from pendopo.notifications.models import Message
from pendopo.notifications.models.messages import ADDRESS, DATA
from pendopo.notifications.queries.addresses import addresses_of, awake, channels_for, preference_of
from pendopo.notifications.types import Address
from pendopo.people.models import Account, Party, Person, Representation
from pendopo.tenancy import sealing
from pendopo.tenancy.models import Mall

# Longer than any outage that was seen; then the manager is shown it.
PATIENCE = timedelta(days=3)
SHAPES = {"phone": re.compile(r"\+?[0-9]{8,15}"), "email": re.compile(r"[^@\s]{1,64}@[^@\s]{1,255}")}

type Recipient = Account | Person | Party | Address


@transaction.atomic
def write(
    mall: Mall,
    *,
    to: Recipient,
    template: str,
    data: Mapping[str, str],
    about: str,
    key: str,
    at: datetime,
    urgent: bool = False,
    by: Who | None = None,
) -> Message:
    """Write a message for the worker to carry; the same `key` again gives the first one. Stand inside the mall.

    `key` and `about` name the happening and its row (`bill:7:paid`, `bill:7`) and nobody. It waits for the end of the
    recipient's quiet hours unless it is `urgent`. Without a channel it stands in the recipient's list alone, or
    shows as failed where there is no account. Raises WrongTemplate, NobodyToTell.
    """
    wording.checked(template, data)
    known = Message.objects.filter(mall=mall, key=key).first()
    if known:
        return known
    message = Message(
        mall=mall, key=key, template=template, about=about, is_urgent=urgent, written_at=at, expires_at=at + PATIENCE,
        data_sealed=sealing.seal(mall.pk, DATA, json.dumps(dict(data))), **_recipient(mall, to, at=at),
    )  # fmt: skip
    _route(message, at=at)
    # Whoever writes the same at the same moment waits for the other, and then finds its message.
    made = Message.objects.bulk_create([message], ignore_conflicts=True)
    stored = Message.objects.get(mall=mall, key=key)
    if made and stored.code == message.code:
        audit.record("message.written", f"message:{stored.pk}", by=by, at=at, after={"template": template, "key": key})
    return stored


def _recipient(mall: Mall, to: Recipient, *, at: datetime) -> dict[str, object]:
    match to:
        case Party():
            return {"person": _spokesperson(mall, to, at=at)}
        case Person():
            return {"person": _of_this_mall(mall, to)}
        case Account():
            return {"account": to}
        case Address(kind, value):
            if not SHAPES[kind].fullmatch(value):
                raise NobodyToTell(_("Nomor telepon atau alamat surel penerima pesan tidak terbaca."))
            return {"contact_kind": kind, "contact_sealed": sealing.seal(mall.pk, ADDRESS, value)}


def _of_this_mall(mall: Mall, person: Person) -> Person:
    if person.mall_id != mall.pk:
        raise NobodyToTell(_("Penerima pesan bukan dari MPP ini."))
    return person


def _spokesperson(mall: Mall, party: Party, *, at: datetime) -> Person:
    """Return who reads for a party: the person itself, or an organisation's officer of longest standing."""
    if party.person:
        return _of_this_mall(mall, party.person)
    today = mall.local(at).date()
    officers = Representation.objects.filter(
        mall=mall, party=party, basis=Representation.Basis.OFFICER, revoked_at=None, starts_on__lte=today
    ).exclude(ends_on__lt=today)
    first = officers.select_related("person").order_by("starts_on", "pk").first()
    if first is None:
        raise NobodyToTell(_("Badan ini belum mempunyai pengurus yang dapat dikirimi pesan."))
    return first.person


def _route(message: Message, *, at: datetime) -> None:
    """Say who carries a new message first, and from when."""
    person = message.person
    account = person.account if person else message.account
    preference = preference_of(message.mall, account)
    # Not saved yet: it has no number of its own.
    (addresses,) = addresses_of(message.mall, [message]).values()
    channels = channels_for(message.mall, addresses, preference)
    message.language = preference.language if preference else "id"
    message.due_at = at if message.is_urgent else awake(message.mall, preference, at)
    message.channel, message.fallbacks = (channels[0], ",".join(channels[1:])) if channels else ("", "")
    if not channels:
        message.state = Message.State.INBOX if account else Message.State.FAILED
        message.reason = "no channel"
