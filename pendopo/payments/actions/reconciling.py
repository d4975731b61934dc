"""A day's money beside what the bank and the gateway say: written down, explained, closed."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.money import Money
from pendopo.kernel.reasons import stated
from pendopo.payments.actions._rights import only_manager
from pendopo.payments.errors import DayClosed, NotExplained
from pendopo.payments.models import DayClosing, Explanation, Statement
from pendopo.payments.queries import reconciliation as shown
from pendopo.payments.types import Way
from pendopo.tenancy.models import Mall


@transaction.atomic
def state(
    mall: Mall, day: date, way: Way, *, amount: Money, count: int, source: str, by: Actor, at: datetime
) -> Statement:
    """Write down what the bank's or gateway's own list says of a day and a way. Raises NotAllowed, DayClosed,
    NotUnderstood, ReasonMissing without the source.
    """
    account_of = _open_day(mall, day, by, at)
    source = stated(source, _("Tulis dari daftar mana angka ini."))
    made = Statement.objects.create(
        mall=mall, day=day, way=way, amount=amount.rupiah, count=count, source=source, account_id=account_of, at=at
    )
    after = {"way": way, "amount": amount.rupiah, "count": count}
    audit.record("day.stated", f"day:{day}", by=by, at=at, reason=source, after=after)
    return made


@transaction.atomic
def explain(mall: Mall, day: date, subject: str, *, reason: str, by: Actor, at: datetime) -> Explanation:
    """Say why a difference of a day is one. Raises NotAllowed, DayClosed, NotUnderstood, ReasonMissing."""
    account_of = _open_day(mall, day, by, at)
    reason = stated(reason, _("Tulis mengapa berbeda dan apa yang dilakukan."))
    if subject not in {each.subject for each in shown.differences(mall, day)}:
        raise NotUnderstood(_("Selisih ini tidak ada lagi. Muat ulang halaman ini."))
    made = Explanation.objects.create(mall=mall, day=day, subject=subject, reason=reason, account_id=account_of, at=at)
    audit.record("day.explained", f"day:{day}", by=by, at=at, reason=reason, after={"subject": subject})
    return made


@transaction.atomic
def close(mall: Mall, day: date, *, by: Actor, at: datetime) -> DayClosing:
    """Close the list of a day. Raises NotAllowed, DayClosed, NotUnderstood, NotExplained."""
    account_of = _open_day(mall, day, by, at)
    if any(not each.reason for each in shown.differences(mall, day)):
        raise NotExplained(_("Masih ada selisih tanpa penjelasan."))
    sums = {each.way: each.ours.rupiah for each in shown.sums(mall, day)}
    made = DayClosing.objects.create(
        mall=mall, day=day, desk=sums[Way.DESK], code=sums[Way.CODE], qris=sums[Way.QRIS], back=sums[Way.BACK],
        give=sums[Way.GIVE], account_id=account_of, at=at,
    )  # fmt: skip
    audit.record("day.closed", f"day:{day}", by=by, at=at, after={str(way): amount for way, amount in sums.items()})
    return made


def _open_day(mall: Mall, day: date, by: Actor, at: datetime) -> int:
    """Hold the mall's days and return who acts. Raises NotAllowed, NotUnderstood, DayClosed."""
    only_manager(by)
    assert by.account
    Mall.objects.select_for_update(of=("self",), no_key=True).get(pk=mall.pk)
    if day > mall.local(at).date():
        raise NotUnderstood(_("Hari itu belum tiba. Pilih hari ini atau hari sebelumnya."))
    if DayClosing.objects.filter(mall=mall, day=day).exists():
        raise DayClosed(_("Daftar hari ini sudah ditutup."))
    return by.account.pk
