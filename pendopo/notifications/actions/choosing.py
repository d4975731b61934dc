"""How somebody wants to be told, and what was read."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.notifications.models import Message, Preference
from pendopo.notifications.types import CHANNELS
from pendopo.notifications.wording import LANGUAGES
from pendopo.tenancy.models import Mall


@transaction.atomic
def choose(
    mall: Mall,
    *,
    channels: Sequence[str],
    language: str,
    quiet_from: time | None,
    quiet_until: time | None,
    by: Actor,
    at: datetime,
) -> Preference:
    """Keep how whoever acts wants to be told in this mall; no channel: in the list of messages alone.

    Raises NotAllowed for nobody, NotUnderstood for channels, languages or hours that do not exist.
    """
    if by.account is None:
        raise NotAllowed(_("Masuk dahulu."))
    if set(channels) - set(CHANNELS) or len(set(channels)) != len(channels):
        raise NotUnderstood(_("Pilih saluran yang berbeda-beda."))
    if language not in LANGUAGES:
        raise NotUnderstood(_("Bahasa ini belum ada."))
    if (quiet_from is None) != (quiet_until is None):
        raise NotUnderstood(_("Isi kedua jam tenang, atau kosongkan keduanya."))
    told = {"channels": ",".join(channels), "language": language, "quiet_from": quiet_from, "quiet_until": quiet_until}
    chosen, _is_new = Preference.objects.update_or_create(
        mall=mall, account=by.account, defaults=told | {"changed_at": at}
    )
    audit.record("messages.chosen", f"account:{by.account.pk}", by=by, at=at, after=told)
    return chosen


@transaction.atomic
def read_all(mall: Mall, *, upto: int, by: Actor, at: datetime) -> int:
    """Mark the messages of whoever acts as read, up to the one that was shown last; return how many were not.

    Raises NotAllowed for nobody.
    """
    if by.account is None:
        raise NotAllowed(_("Masuk dahulu."))
    unread = Message.objects.filter(mall=mall, read_at=None, pk__lte=upto).of_account(by.account)
    done = Message.objects.filter(mall=mall, pk__in=list(unread.values_list("pk", flat=True))).update(read_at=at)
    if done:
        audit.record("messages.read", f"account:{by.account.pk}", by=by, at=at, after={"upto": upto, "count": done})
    return done
