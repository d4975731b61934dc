"""The day's report: one list of tables that screen, XLSX and CSV all show, so that no figure can differ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pendopo.kernel.charts import Chart
from pendopo.queues.queries import facts
from pendopo.queues.queries.report_charts import comings_chart, waits_chart
from pendopo.queues.queries.wait_errors import wait_errors
from pendopo.queues.types import EndedBecause, Origin, Outcome, SentAwayReason, State
from pendopo.tenancy.models import Mall

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: a count, or minutes with one decimal; `asked` leads to its rows, empty where there are none."""

    value: int | float | None
    asked: str = ""

    @property
    def text(self) -> str:
        """The figure as the screen shows it."""
        if self.value is None:
            return "–"
        return number_format(self.value, decimal_pos=1 if isinstance(self.value, float) else 0, use_l10n=True)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table."""

    label: str
    figures: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report; `heads` begin with what the labels are."""

    key: str
    title: str
    heads: Sequence[str]
    lines: Sequence[Line]
    note: str = ""
    chart: Chart | None = None


def day_report(mall: Mall, day: date) -> list[Table]:
    """Return the report of a day, in six queries."""
    ended = facts.ends(mall, day)
    tables = [
        _summary(mall, day),
        _comings(mall, day),
        *_ends(ended, day),
        _sent_away(ended, day),
        *_times(mall, day),
        _told(mall, day),
    ]
    return [table for table in tables if table.lines]


def _summary(mall: Mall, day: date) -> Table:
    now, before = facts.totals(mall, day), facts.totals(mall, day - WEEK)
    rows: tuple[tuple[str, dict[str, str]], ...] = (
        (_("Pengunjung yang datang"), {"has_come": "1"}),
        (_("Nomor diambil"), {}),
        (_("Selesai dilayani"), {"state": State.COMPLETED.value}),
        (_("Tidak hadir saat dipanggil"), {"state": State.ABSENT.value}),
        (_("Belum dapat dilayani"), {"outcome": Outcome.SENT_AWAY.value}),
    )
    lines = [
        Line(label, (_count(now[place], day, asked), _count(before[place], day - WEEK, asked)))
        for place, (label, asked) in enumerate(rows)
    ]
    heads = (_("Yang dihitung"), _("Hari ini"), _("Seminggu sebelumnya"))
    return Table("summary", _("Ringkasan"), heads, lines)


def _comings(mall: Mall, day: date) -> Table:
    found = facts.comings(mall, [day, day - WEEK])
    came, before = found[day], found[day - WEEK]
    hours = range(min(came), max(came) + 1) if came else range(0)
    lines = [
        Line(
            _hour(each),
            [
                _count(counts.get(each, 0), on, {"hour": str(each), "has_come": "1"})
                for counts, on in ((came, day), (before, day - WEEK))
            ],
        )
        for each in hours
    ]
    heads = (_("Jam"), _("Hari ini"), _("Seminggu sebelumnya"))
    chart = comings_chart(hours, came, before) if came else None
    return Table("comings", _("Pengunjung menurut jam datang"), heads, lines, chart=chart)


def _ends(ended: Sequence[tuple[str, str, str, str, str, str, int]], day: date) -> list[Table]:
    tables = []
    for key, place, title, head, words in (
        ("state", 0, _("Keadaan nomor"), _("Keadaan"), State),
        ("outcome", 1, _("Hasil layanan"), _("Hasil"), Outcome),
        ("ended_because", 3, _("Berakhir tanpa layanan"), _("Karena"), EndedBecause),
    ):
        counts: Counter[str] = Counter()
        for row in ended:
            counts[str(row[place])] += row[6]
        lines = [
            Line(str(word.label), (_count(counts[word.value], day, {key: word.value}),))
            for word in words
            if counts[word.value]
        ]
        tables.append(Table(key, title, (head, _("Nomor")), lines))
    return tables


def _sent_away(ended: Sequence[tuple[str, str, str, str, str, str, int]], day: date) -> Table:
    """Count who came for nothing, by service and reason: where papers are missing, the page of the service can help."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for _state, _outcome, reason, _because, code, name, number in ended:
        if reason:
            counts.setdefault((name, code), Counter())[reason] += number
    first = SentAwayReason.PAPER_MISSING
    services = sorted(counts, key=lambda service: (-counts[service][first], -counts[service].total(), service))
    lines = [
        Line(
            name,
            (
                *(
                    _count(counts[name, code][reason], day, {"service_code": code, "reason": reason.value})
                    for reason in SentAwayReason
                ),
                _count(counts[name, code].total(), day, {"service_code": code, "outcome": Outcome.SENT_AWAY.value}),
            ),
        )
        for name, code in services
    ]
    heads = (_("Layanan"), *(str(reason.label) for reason in SentAwayReason), _("Semua"))
    return Table("sent_away", _("Belum dapat dilayani, menurut layanan dan alasan"), heads, lines)


def _times(mall: Mall, day: date) -> list[Table]:
    found = facts.times(mall, day)
    note = _("Dalam menit. Tunggu: sampai dipanggil. Jalan: dari dipanggil sampai dilayani. Layanan: di loket.")
    measures = (_("Tunggu"), _("Jalan"), _("Layanan"))
    kinds = (_("tengah"), _("9 dari 10"), _("terlama"))
    columns = (_("Nomor"), _("Tidak hadir"), *(f"{measure}, {kind}" for measure in measures for kind in kinds))
    tables = []
    for group, title, head, asks in (
        ("all", _("Waktu seluruhnya"), _("Semua"), ""),
        ("origin", _("Waktu menurut asal nomor"), _("Asal"), "origin"),
        ("service", _("Waktu menurut layanan"), _("Layanan"), "service_code"),
        ("counter", _("Waktu menurut loket"), _("Loket"), "counter_id"),
        ("hour", _("Waktu menurut jam kedatangan"), _("Jam"), "hour"),
    ):
        # Without a ticket the group of all is one row of nothing.
        rows = [one for one in found if one.group == group and one.tickets]
        lines = [Line(_label(one), _figures(one, day, {asks: one.key} if asks else {})) for one in rows]
        chart = waits_chart(rows) if group == "hour" and rows else None
        tables.append(Table(f"times_{group}", title, (head, *columns), lines, note, chart))
    return tables


def _told(mall: Mall, day: date) -> Table:
    """Hold what visitors were told of their wait against what came, service by service."""
    lines = [
        Line(
            row.service,
            (
                _count(row.tickets, day, {"service_code": row.code}),
                Figure(round(row.told, 1)),
                Figure(round(100 * row.within, 1)),
                Figure(round(row.error, 1)),
                Figure(round(row.bias, 1)),
            ),
        )
        for row in wait_errors(mall, day)
    ]
    heads = (
        _("Layanan"),
        _("Nomor"),
        _("Dijanjikan, tengah"),
        _("Dalam batas 9 dari 10 (%)"),
        _("Selisih rata-rata"),
        _("Rata-rata lebih lama (+)"),
    )
    note = _("Dalam menit, bagi nomor yang diberi tahu dan dipanggil. Batas itu jujur bila 85–95 % terpenuhi.")
    return Table("told", _("Perkiraan tunggu dan kenyataan"), heads, lines, note)


def _label(one: facts.Times) -> str:
    match one.group:
        case "all":
            return _("Semua")
        case "origin":
            return str(Origin(one.label).label)
        case "counter":
            return _("Loket %(number)s, %(zone)s") % {"number": one.label, "zone": one.detail}
        case "hour":
            return _hour(int(one.label))
    return one.label


def _hour(hour: int) -> str:
    return f"{hour:02d}.00–{hour:02d}.59"


def _figures(one: facts.Times, day: date, asked: dict[str, str]) -> tuple[Figure, ...]:
    figures = [_count(one.tickets, day, asked), _count(one.absent, day, asked | {"state": State.ABSENT.value})]
    for place, seconds in enumerate(one.values):
        measure = facts.MEASURES[place // 3]
        value = None if seconds is None else round(seconds / 60, 1)
        # Median, 90th percentile and most are of the same rows, the longest first: one way there is enough.
        is_first = place % 3 == 0 and value is not None
        figures.append(Figure(value, _asked(day, asked | {"measure": measure}) if is_first else ""))
    return tuple(figures)


def _count(value: int, day: date, asked: dict[str, str]) -> Figure:
    return Figure(value, _asked(day, asked) if value else "")


def _asked(day: date, asked: dict[str, str]) -> str:
    return urlencode({"day": day.isoformat(), **asked})
