"""Wrong passphrases are counted, and after some of them nobody can try for a while. For actions only."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from pendopo.agencies.errors import TooManyTries
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.documents.models import STILL, PersonalSigner, SigningBatch
from pendopo.kernel.dates import clock
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

MOST_WRONG: Final = 5
REFUSED_FOR: Final = timedelta(minutes=15)


def refuse_more(mall: Mall, account: Account, *, at: datetime) -> None:
    """Refuse a passphrase after many wrong ones, counting those just being tried. Raises TooManyTries."""
    signer = _locked(mall, account)
    if signer is None:
        return
    if signer.refused_until and at < signer.refused_until:
        raise TooManyTries(
            _("Frasa sandi salah %(most)s kali. Coba lagi pukul %(time)s.")
            % {"most": MOST_WRONG, "time": clock(signer.refused_until, mall.timezone)}
        )
    moving = SigningBatch.objects.filter(
        mall=mall, account=account, is_seal=False, state=SigningBatch.State.RUNNING, moved_at__gt=at - STILL
    )
    if signer.wrong + moving.count() >= MOST_WRONG:
        raise TooManyTries(_("Tunggu sampai penandatanganan yang sedang berjalan selesai, lalu coba lagi."))


def count(mall: Mall, account: Account, *, is_wrong: bool, by: Actor, at: datetime) -> None:
    """Count a wrong passphrase, or forget those before a right one."""
    signer = _locked(mall, account)
    if signer is None or not (is_wrong or signer.wrong):
        return
    signer.wrong = signer.wrong + 1 if is_wrong else 0
    if signer.wrong >= MOST_WRONG:
        signer.wrong, signer.refused_until = 0, at + REFUSED_FOR
        after = {"until": signer.refused_until}
        audit.record("signer.tries_refused", f"signer:{signer.pk}", by=by, at=at, after=after)
    signer.save(update_fields=["wrong", "refused_until"])


def _locked(mall: Mall, account: Account) -> PersonalSigner | None:
    rows = PersonalSigner.objects.select_for_update(of=("self",), no_key=True)
    return rows.filter(mall=mall, account=account, ended_at=None).first()
