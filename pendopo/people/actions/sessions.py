"""Where an account is signed in: noted as it is seen, ended at its owner's wish."""

from datetime import datetime

from django.contrib.sessions.models import Session as Browser
from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel import crypto
from pendopo.people.errors import NotYours
from pendopo.people.models import SESSION_ADDRESS, Account, Session


@transaction.atomic
def see(account: Account, key: str, *, browser: str, network: str, at: datetime) -> None:
    """Note that a browser in which an account is signed in was seen, in words and with its network address."""
    seen = {"seen_at": at, "browser": browser, "address_sealed": crypto.encrypt(SESSION_ADDRESS, network)}
    _row, is_new = Session.objects.update_or_create(
        key=key,
        defaults=seen | {"account": account, "ended_at": None},
        create_defaults=seen | {"account": account, "began_at": at},
    )
    if is_new:
        audit.record("session.began", f"account:{account.pk}", by=None, at=at)


@transaction.atomic
def end_session(account: Account, number: int, *, at: datetime, by: Who | None = None) -> None:
    """Sign a browser of an account out. Raises NotYours. Done again: nothing."""
    found = account.sessions.select_for_update().filter(pk=number).first()
    if found is None:
        raise NotYours(_("Sesi ini sudah tidak ada di akun Anda."))
    if found.ended_at is None:
        _end([found], at)
        audit.record("session.ended", f"account:{account.pk}", by=by, at=at, before={"session": found.pk})


@transaction.atomic
def end_others(account: Account, *, but: str, at: datetime, by: Who | None = None) -> int:
    """Sign an account out everywhere but in one browser; say how many others were listed.

    Also those that nobody has listed yet: the caller gives the browser that stays the account's new session hash.
    """
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    locked.session_round += 1
    locked.save(update_fields=["session_round"])
    account.session_round = locked.session_round
    found = list(account.sessions.select_for_update().filter(ended_at=None).exclude(key=but).order_by("pk"))
    _end(found, at)
    audit.record("session.others_ended", f"account:{account.pk}", by=by, at=at, before={"sessions": len(found)})
    return len(found)


@transaction.atomic
def forget(*, before: datetime) -> int:
    """Remove browsers that were not seen since a moment; say how many."""
    number, _of_each = Session.objects.filter(seen_at__lt=before).delete()
    if number:
        audit.record("sessions.forgotten", "sessions", by=None, at=before, after={"rows": number})
    return number


def _end(found: list[Session], at: datetime) -> None:
    Browser.objects.filter(session_key__in=[each.key for each in found]).delete()
    for each in found:
        each.ended_at = at
        each.save(update_fields=["ended_at"])
