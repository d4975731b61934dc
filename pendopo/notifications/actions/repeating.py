"""What the manager does about messages that did not go."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotAllowed
from pendopo.notifications.actions import writing
from pendopo.notifications.errors import Forgotten, NobodyToTell
from pendopo.notifications.models import Message
from pendopo.notifications.queries.addresses import addresses_of, channels_for, preferences_of
from pendopo.tenancy.models import Mall


@transaction.atomic
def send_again(message: Message, *, reason: str, by: Actor, at: datetime) -> Message:
    """Let a failed or unsure message be carried once more, by all channels that its recipient has now.

    Whoever asks for it knows that an unsure one may then arrive twice. Raises NotAllowed, MoveNotAllowed, Forgotten,
    NobodyToTell.
    """
    if not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang mengirim ulang pesan."))
    rows = Message.objects.select_for_update(of=("self",)).select_related("mall", "account", "person__account")
    message = rows.get(pk=message.pk)
    if message.forgotten_at:
        raise Forgotten(_("Isi pesan ini sudah dihapus karena masa simpannya lewat."))
    preference = preferences_of(message.mall, [message]).get(message.pk)
    channels = channels_for(message.mall, addresses_of(message.mall, [message])[message.pk], preference)
    if not channels:
        raise NobodyToTell(_("Penerima belum punya nomor atau alamat di saluran yang aktif."))
    message.move_to(Message.State.WAITING)
    message.channel, message.fallbacks = channels[0], ",".join(channels[1:])
    message.due_at, message.expires_at, message.tries, message.reason = at, at + writing.PATIENCE, 0, ""
    message.save(update_fields=["state", "channel", "fallbacks", "due_at", "expires_at", "tries", "reason"])
    audit.record("message.sent_again", f"message:{message.pk}", by=by, at=at, reason=reason)
    return message


@transaction.atomic
def send_trial(mall: Mall, *, key: str, by: Actor, at: datetime) -> Message:
    """Write a message to whoever manages the mall, at once: whether the channels work. Raises NotAllowed."""
    if not by.manages or by.account is None:
        raise NotAllowed(_("Hanya pengelola MPP yang mengirim pesan uji."))
    data = {"mall": mall.name}
    message = writing.write(
        mall, to=by.account, template="trial", data=data, about="trial", key=f"trial:{by.account.pk}:{key}", at=at,
        urgent=True, by=by,
    )  # fmt: skip
    audit.record("message.tried", f"message:{message.pk}", by=by, at=at)
    return message
