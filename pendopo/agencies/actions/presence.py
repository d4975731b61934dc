"""Coming to work at the mall: by the code on its screen, at its device, or witnessed by whoever leads."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_own
from pendopo.agencies.errors import TooManyTries
from pendopo.agencies.models import CodeTries, Membership, Presence
from pendopo.agencies.queries.presence import is_presence_code
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.dates import clock
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.people.models import Account
from pendopo.tenancy.models import Device, Mall, Site

# Of a million codes at most three hundred in five hours: nobody finds one by trying, everybody may mistype.
MOST_WRONG, A_MINUTE, REFUSED_FOR = 5, timedelta(minutes=1), timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Office:
    """When somebody clocked in at their own office before, and what proves it (a number, a picture's name)."""

    at: time | None = None
    note: str = ""


@transaction.atomic
def check_in(
    mall: Mall,
    *,
    by: Actor,
    at: datetime,
    code: str = "",
    device: Device | None = None,
    office: Office | None = None,
) -> Presence | None:
    """Note that the actor has come to the mall today; done again, the first time stays. None: the code was wrong.

    A registered device that stands in the mall is proof by itself; elsewhere it takes the code that a screen of the
    mall shows now. A wrong code is counted, so it must be kept and is no error: after five within a minute the account
    waits five minutes. Raises NotAllowed for whoever does not work here, TooManyTries, NotUnderstood for an hour at the
    office after now.
    """
    if by.account is None or not by.is_staff:
        raise NotAllowed(_("Hanya petugas MPP yang lapor hadir."))
    day = mall.local(at).date()
    # The account's memberships are the lock of its arrival: two taps at once are one presence.
    list(Membership.objects.select_for_update().filter(mall=mall, account=by.account).order_by("pk"))
    if before := Presence.objects.filter(mall=mall, account=by.account, day=day).first():
        return before
    office = office or Office()
    if office.at is not None and office.at > mall.local(at).time():
        raise NotUnderstood(_("Jam hadir di kantor sendiri tidak mungkin sesudah sekarang."))
    if device is None:
        _refuse_tries(mall, by.account, at)
    site = device.site if device else _site_of_code(mall, code, at)
    if site is None:
        _count_wrong(mall, by, at)
        return None
    presence = Presence.objects.create(
        mall=mall, account=by.account, site=site, device=device, day=day, arrived_at=at,
        how=Presence.How.DEVICE if device else Presence.How.CODE,
        office_at=office.at, office_note=office.note.strip()[:120],
    )  # fmt: skip
    audit.record("presence.noted", f"account:{by.account.pk}", by=by, at=at, after={"how": presence.how})
    return presence


@transaction.atomic
def witness(account: Account, site: Site, *, agency_id: int | None, reason: str, by: Actor, at: datetime) -> Presence:
    """Note for somebody without a phone that they are here now; done again, the first time stays.

    Raises NotAllowed unless the actor leads the agency, NotUnderstood without a reason or for whoever does not work
    there.
    """
    only_own(by, agency_id)
    if not reason.strip():
        raise NotUnderstood(_("Tulis alasan mengapa dicatatkan: alasan ini tercatat."))
    day = site.mall.local(at).date()
    held = Membership.objects.select_for_update().filter(mall=site.mall_id, account=account).valid_on(day)
    if not [each for each in held.order_by("pk") if each.agency_id in {agency_id, None}]:
        raise NotUnderstood(_("%(name)s tidak bertugas di MPP ini.") % {"name": account.name})
    presence, is_new = Presence.objects.get_or_create(
        mall_id=site.mall_id,
        account=account,
        day=day,
        defaults={
            "site": site, "arrived_at": at, "how": Presence.How.WITNESS, "witness": by.account,
            "reason": reason.strip()[:160],
        },
    )  # fmt: skip
    if is_new:
        audit.record("presence.witnessed", f"account:{account.pk}", by=by, at=at, reason=presence.reason)
    return presence


def _refuse_tries(mall: Mall, account: Account, at: datetime) -> None:
    known = CodeTries.objects.filter(mall=mall, account=account).first()
    if known and known.refused_until and at < known.refused_until:
        raise TooManyTries(
            _("Terlalu banyak kode yang salah. Coba lagi pukul %(time)s, atau minta dicatatkan pengelola.")
            % {"time": clock(known.refused_until, mall.timezone)}
        )


def _count_wrong(mall: Mall, by: Actor, at: datetime) -> None:
    # The account's memberships are locked: two wrong codes at once are two.
    known, _is_new = CodeTries.objects.get_or_create(mall=mall, account=by.account, defaults={"since": at})
    if at - known.since >= A_MINUTE or at < known.since:
        known.since, known.wrong = at, 0
    known.wrong += 1
    if known.wrong >= MOST_WRONG:
        known.refused_until, known.wrong = at + REFUSED_FOR, 0
        after = {"until": known.refused_until}
        audit.record("presence.tries_refused", f"account:{by.account_id}", by=by, at=at, after=after)
    known.save(update_fields=["since", "wrong", "refused_until"])


def _site_of_code(mall: Mall, code: str, at: datetime) -> Site | None:
    typed = "".join(code.split())
    for site in Site.objects.in_use().filter(mall=mall).order_by("pk"):
        if is_presence_code(site.pk, typed, at):
            return site
    return None
