"""A day's lines of the other side beside our own: only ours, only theirs, another amount, another day."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.kernel.dates import short_day
from pendopo.kernel.money import Money
from pendopo.payments.models import Return, Settlement, StatementLine
from pendopo.payments.queries.entries import Entry, entries
from pendopo.payments.types import Way
from pendopo.tenancy.models import Mall


def of_lines(mall: Mall, day: date) -> Iterator[tuple[str, str]]:
    """Give each difference of the ways whose list was brought for a day: its subject and what differs, in words."""
    lines = list(StatementLine.objects.filter(mall=mall, day=day).order_by("way", "mark"))
    brought = {line.way for line in lines}
    ours = [each for each in entries(mall, day) if each.way in brought]
    by_mark = {(each.way, mark): each for each in ours for mark in each.marks}
    found = {(line.way, line.mark) for line in lines}
    for line in lines:
        yield from _of_line(line, by_mark.get((Way(line.way), line.mark)))
    for each in ours:
        if not any((each.way, mark) in found for mark in each.marks):
            yield f"unlisted:{'back:' if each.way.goes_back else ''}{each.bill}", _unlisted(mall, each)


def _of_line(line: StatementLine, own: Entry | None) -> Iterator[tuple[str, str]]:
    told = {"way": line.get_way_display(), "mark": line.mark, "theirs": Money(line.amount).figure}
    if own is None:
        yield f"line:{line.pk}", _only_theirs(line, told)
    elif own.amount.rupiah != line.amount:
        told |= {"number": own.number, "ours": own.amount.figure}
        words = _("%(way)s %(mark)s, tagihan %(number)s: catatan kami %(ours)s, daftar mereka %(theirs)s.") % told
        yield f"amount:{line.pk}", words


def _only_theirs(line: StatementLine, told: Mapping[str, str]) -> str:
    """Say that nothing of ours was paid by it on the day; where it was on another day, on which."""
    if Way(line.way).goes_back:
        return _only_theirs_back(line, told)
    rows = Settlement.objects.filter(mall=line.mall_id).exclude(paid_on=line.day)
    if line.way == Way.QRIS:
        same = Q(charge__reference__iexact=line.mark) | Q(charge__gateway_reference__iexact=line.mark)
    else:
        same = Q(deposit__how=line.way, deposit__mark=line.mark)
    other = rows.filter(same).select_related("bill").first()
    if other and other.paid_on:
        more = {"number": other.bill.number, "day": short_day(other.paid_on)}
        words = _("%(way)s %(mark)s, %(theirs)s: pada kami tagihan %(number)s, dibayar %(day)s.")
        return words % {**told, **more}
    return _("%(way)s %(mark)s, %(theirs)s: hanya ada di daftar mereka.") % told


def _only_theirs_back(line: StatementLine, told: Mapping[str, str]) -> str:
    same = (
        Q(at_gateway__number__iexact=line.mark) | Q(at_gateway__gateway_number__iexact=line.mark)
        if line.way == Way.BACK
        else Q(transfer__mark=line.mark)
    )
    rows = Return.objects.filter(same, mall=line.mall_id).exclude(day=line.day).select_related("settlement__bill")
    if other := rows.first():
        more = {"number": other.settlement.bill.number, "day": short_day(other.day)}
        words = _("%(way)s %(mark)s, %(theirs)s: pada kami tagihan %(number)s, dikembalikan %(day)s.")
        return words % {**told, **more}
    return _("%(way)s %(mark)s, %(theirs)s: hanya ada di daftar mereka.") % told


def _unlisted(mall: Mall, own: Entry) -> str:
    told = {"way": own.way.label, "mark": own.mark, "number": own.number, "ours": own.amount.figure}
    other = StatementLine.objects.filter(mall=mall, way=own.way, mark__in=own.marks).order_by("pk").first()
    if other:
        words = _("%(way)s %(mark)s, tagihan %(number)s, %(ours)s: di daftar mereka tanggal %(day)s.")
        return words % {**told, "day": short_day(other.day)}
    return _("%(way)s %(mark)s, tagihan %(number)s, %(ours)s: tidak ada di daftar mereka.") % told
