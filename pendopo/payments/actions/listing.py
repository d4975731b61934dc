"""The lists of the bank and the gateway, line by line: brought as files, kept once, compared by the day's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.dates import short_day
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.money import Money
from pendopo.kernel.reasons import stated
from pendopo.payments.actions import reconciling
from pendopo.payments.actions._rights import only_manager
from pendopo.payments.errors import DayClosed
from pendopo.payments.lists import Listed
from pendopo.payments.models import DayClosing, StatementLine
from pendopo.payments.types import Way
from pendopo.tenancy.models import Mall

# A source is kept with each day's sum.
LONGEST_SOURCE: Final = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """How many lines of a file are new, and how many were there before."""

    new: int
    known: int


@transaction.atomic
def bring(mall: Mall, way: Way, listed: Sequence[Listed], *, source: str, by: Actor, at: datetime) -> Brought:
    """Keep the lines of a list, and the sum of each day that they change, or nothing of it; a line that is there
    already is not kept twice.

    Raises NotAllowed, ReasonMissing without the source, DayClosed for a new line of a closed day, NotUnderstood for a
    day to come and for a number that was brought with another amount.
    """
    only_manager(by)
    assert by.account
    source = stated(source, _("Tulis dari daftar mana angka ini."))[:LONGEST_SOURCE]
    Mall.objects.select_for_update(of=("self",), no_key=True).get(pk=mall.pk)
    days = {each.day for each in listed}
    known = {(row.day, row.mark): row.amount for row in StatementLine.objects.filter(mall=mall, way=way, day__in=days)}
    fresh = [each for each in listed if _is_new(each, known)]
    for day in sorted({each.day for each in fresh}):
        _refuse_unfit(mall, day, at)
    StatementLine.objects.bulk_create(
        StatementLine(
            mall=mall, day=each.day, way=way, mark=each.mark, amount=each.amount.rupiah, account=by.account, at=at
        )
        for each in fresh
    )
    for day in sorted({each.day for each in fresh}):
        amounts = list(StatementLine.objects.filter(mall=mall, way=way, day=day).values_list("amount", flat=True))
        total = Money(sum(amounts))
        reconciling.state(mall, day, way, amount=total, count=len(amounts), source=source, by=by, at=at)
    brought = Brought(len(fresh), len(listed) - len(fresh))
    after = {"way": way, "new": brought.new, "known": brought.known}
    audit.record("statement.lines_brought", f"mall:{mall.pk}", by=by, at=at, reason=source, after=after)
    return brought


def _is_new(one: Listed, known: dict[tuple[date, str], int]) -> bool:
    before = known.get((one.day, one.mark))
    if before is not None and before != one.amount.rupiah:
        told = {"mark": one.mark, "before": Money(before).figure, "now": one.amount.figure}
        raise NotUnderstood(
            _("Nomor %(mark)s sudah tercatat %(before)s, kini %(now)s. Tanyakan pembuat daftar.") % told
        )
    return before is None


def _refuse_unfit(mall: Mall, day: date, at: datetime) -> None:
    if day > mall.local(at).date():
        raise NotUnderstood(_("%(day)s belum tiba.") % {"day": short_day(day)})
    if DayClosing.objects.filter(mall=mall, day=day).exists():
        raise DayClosed(_("Daftar %(day)s sudah ditutup.") % {"day": short_day(day)})
