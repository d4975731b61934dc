"""The papers of a meeting, each from the queries of the module whose rows they are, as plain data."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agreement, Prospect, Standing
from pendopo.agencies.queries import agreements, apps, joining
from pendopo.agencies.queries.presence import month_record
from pendopo.agencies.types import Actor
from pendopo.catalogue.queries.standards import agency_heads, agency_states
from pendopo.kernel import dates
from pendopo.kernel.charts import Chart, Series, Shape
from pendopo.meetings.models import Decision, Paper
from pendopo.queues.models import Ticket, Visit
from pendopo.queues.queries.missing import full_time, full_time_heads, vacancies
from pendopo.queues.types import State
from pendopo.surveys.models import Rating
from pendopo.tenancy.models import Mall

WEEKS = 8
MONTH = timedelta(days=30)
type Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Made:
    """A paper that is made: what it is of (a kind, or words), its sentence, and its table."""

    kind: str
    summary: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def title(self) -> str:
        """What it is of, in words."""
        return str(Paper.Kind(self.kind).label) if self.kind in Paper.Kind.values else self.kind

    @property
    def table(self) -> dict[str, object]:
        """The table as it is kept."""
        return {"heads": list(self.heads), "rows": [list(row) for row in self.rows]}


def gather(mall: Mall, by: Actor, at: datetime) -> list[Made]:
    """Return all papers as the mall's rows are at a moment, the open decisions first.

    In Indonesian whoever asks: what was sent must not read otherwise for another reader.
    """
    day = mall.local(at).date()
    with translation.override("id"):
        made = [
            decisions(mall, day), visitors(mall, day), satisfaction(mall, at), standards(mall, day),
            discipline(mall, day, at), promise(mall, day, at), prospects(mall), missing_agreements(mall, by, day),
            register(mall, by, day),
        ]  # fmt: skip
    assert [each.kind for each in made] == Paper.Kind.values
    return made


def decisions(mall: Mall, day: date) -> Made:
    """Return what earlier meetings decided and nobody has ended, the longest due first."""
    rows = Decision.objects.filter(mall=mall, state=Decision.State.OPEN).select_related("agency", "account", "meeting")
    found = list(rows.order_by("due_on", "pk"))
    late = sum(each.is_late(day) for each in found)
    summary = (
        _("%(open)d keputusan belum selesai, %(late)d lewat tenggat.") % {"open": len(found), "late": late}
        if found
        else _("Tidak ada keputusan yang belum selesai.")
    )
    heads = (_("Keputusan"), _("Penanggung jawab"), _("Tenggat"), _("Rapat"), _("Keadaan"))
    table = [
        (
            each.words,
            each.owner,
            dates.short_day(each.due_on),
            each.meeting.title,
            _("Lewat tenggat") if each.is_late(day) else str(each.get_state_display()),
        )
        for each in found
    ]
    return Made(Paper.Kind.DECISIONS, summary, heads, table)


def visitors(mall: Mall, day: date) -> Made:
    """Count the visitors of the last eight whole weeks, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    first = monday - timedelta(weeks=WEEKS)
    span = Q(day__gte=first, day__lt=monday)
    came = _by_week(Visit.objects.filter(span, mall=mall, checked_in_at__isnull=False))
    taken = _by_week(Ticket.objects.filter(span, mall=mall))
    served = _by_week(Ticket.objects.filter(span, mall=mall, state=State.COMPLETED))
    weeks = [first + timedelta(weeks=passed) for passed in range(WEEKS)]
    last, before = came[weeks[-1]], came[weeks[-2]]
    told = {"last": number_format(last, use_l10n=True), "change": _change(last, before)}
    return Made(
        Paper.Kind.VISITORS,
        _("Minggu lalu %(last)s pengunjung, %(change)s.") % told
        if any(came.values())
        else _("Belum ada pengunjung tercatat dalam delapan minggu terakhir."),
        (_("Minggu mulai"), _("Pengunjung"), _("Nomor diambil"), _("Selesai dilayani")),
        [(dates.short_day(week), came[week], taken[week], served[week]) for week in weeks],
    )


def chart(paper: Paper) -> Chart | None:
    """Draw a paper that shows a course over time, from the very figures that are kept in it; None for others."""
    if paper.kind != Paper.Kind.VISITORS:
        return None
    rows = paper.table["rows"]
    across, came, _taken, served = paper.table["heads"]
    series = [Series(came, [row[1] for row in rows]), Series(served, [row[3] for row in rows], Shape.LINE)]
    title = str(paper.get_kind_display())
    return Chart("paper", title, _("jumlah seminggu"), [row[0] for row in rows], series, across=across)


def _by_week[M: Visit | Ticket](rows: QuerySet[M]) -> Counter[date]:
    counted = rows.annotate(week=TruncWeek("day")).values_list("week").annotate(Count("pk")).order_by()
    return Counter(dict(counted))


def _change(last: int, before: int) -> str:
    if not before:
        return _("minggu sebelumnya tidak ada")
    percent = round(100 * (last - before) / before)
    if percent == 0:
        return _("sama dengan minggu sebelumnya")
    told = {"percent": abs(percent)}
    return (_("naik %(percent)d%%") if percent > 0 else _("turun %(percent)d%%")) % told


def satisfaction(mall: Mall, at: datetime) -> Made:
    """Return how content visitors were in the last thirty days, by agency."""
    rows = Rating.objects.filter(mall=mall, at__gt=at - MONTH, at__lte=at)
    very = Count("pk", filter=Q(score=Rating.Score.VERY_GOOD))
    found = (
        rows.values_list("ticket__variant__service__agency__short_name")
        .annotate(Count("pk"), Avg("score"), best=very)
        .order_by("ticket__variant__service__agency__short_name")
    )
    table = [(name, count, _index(mean), _share(best, count)) for name, count, mean, best in found]
    told = rows.aggregate(count=Count("pk"), mean=Avg("score"), best=very)
    summary = (
        _("%(count)d penilaian dalam 30 hari; %(share)s%% sangat puas.")
        % {"count": told["count"], "share": _comma(_share(told["best"], told["count"]))}
        if told["count"]
        else _("Belum ada penilaian dalam 30 hari terakhir.")
    )
    heads = (_("Instansi"), _("Penilaian"), _("Nilai rata-rata × 25"), _("Sangat puas (%)"))
    return Made(Paper.Kind.SATISFACTION, summary, heads, table)


def _index(mean: float) -> float:
    return float(Decimal(str(mean * 25)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1)


def _comma(value: float) -> str:
    return str(number_format(value, decimal_pos=1, use_l10n=True))


def standards(mall: Mall, day: date) -> Made:
    """Return how complete each agency's service standards are."""
    states = agency_states(mall, day)
    complete, services = sum(each.figures[-1] for each in states), sum(each.services for each in states)
    summary = _("%(complete)d dari %(services)d layanan punya standar yang lengkap.")
    heads = (_("Instansi"), *agency_heads())
    rows: list[Sequence[Cell]] = [(each.name, *each.figures) for each in states]
    return Made(Paper.Kind.STANDARDS, summary % {"complete": complete, "services": services}, heads, rows)


def discipline(mall: Mall, day: date, at: datetime) -> Made:
    """Return the days of the last thirty on which each agency's officers were due, in time, late, excused, absent."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    for person in month_record(mall, day - MONTH, day, at):
        due, in_time, late, minutes, _replaced, excused, absent = person.figures
        line = sums[person.agency or _("Loket bersama")]
        for place, figure in enumerate((due, in_time, late, minutes, excused, absent)):
            line[place] += figure
    due, absent = sum(line[0] for line in sums.values()), sum(line[5] for line in sums.values())
    summary = (
        _("%(due)d hari tugas dalam 30 hari; %(absent)d tanpa kabar.") % {"due": due, "absent": absent}
        if due
        else _("Tidak ada jadwal piket dalam 30 hari terakhir.")
    )
    heads = (
        _("Instansi"), _("Hari tugas"), _("Tepat waktu"), _("Terlambat (hari)"), _("Terlambat (menit)"),
        _("Izin tercatat"), _("Tanpa kabar"),
    )  # fmt: skip
    return Made(Paper.Kind.DISCIPLINE, summary, heads, [[name, *sums[name]] for name in sorted(sums)])


def promise(mall: Mall, day: date, at: datetime) -> Made:
    """Return how each agency kept its promise to be open full time in the last thirty days."""
    lines = full_time(mall, day - MONTH, day, at)
    empty = vacancies(mall, day - MONTH, day).count()
    kept = sum(line.kept.share == 100 for line in lines)
    told = {"kept": kept, "all": len(lines), "empty": empty}
    summary = (
        _("%(kept)d dari %(all)d instansi buka penuh; loket kosong %(empty)d kali.") % told
        if lines
        else _("Belum ada jam buka yang tercatat dalam 30 hari terakhir.")
    )
    return Made(Paper.Kind.FULL_TIME, summary, full_time_heads(), [(line.agency, *line.figures) for line in lines])


def prospects(mall: Mall) -> Made:
    """Return who wants to join and has neither joined nor given up."""
    gone = {Prospect.State.JOINED, Prospect.State.DECLINED}
    found = [each for each in joining.prospects(mall, size=joining.ALL).items if each.state not in gone]
    heads = (_("Instansi"), _("Keadaan"), _("Berminat sejak"), _("Layanan yang akan dibawa"))
    rows = [
        (each.name, str(each.get_state_display()), dates.short_day(each.since), each.wanted_services) for each in found
    ]
    summary = _("%(count)d instansi ingin bergabung.") % {"count": len(found)}
    return Made(Paper.Kind.PROSPECTS, summary, heads, rows)


def missing_agreements(mall: Mall, by: Actor, day: date) -> Made:
    """Return the agencies and parties to whom a nota kesepakatan, work plan or PKS is missing, with the reason."""
    kinds = (Agreement.Kind.MOU, Agreement.Kind.PLAN, Agreement.Kind.CONTRACT)
    signed = {Standing.SIGNED.value, Standing.ENDING.value}
    rows: list[Sequence[Cell]] = []
    for line in agreements.matrix(mall, by, day, agreements.Filter(), size=agreements.ALL).items:
        cells = {cell.kind: cell for cell in line.cells}
        # Who runs no counter is asked only for what was put before them.
        asked = [cells[kind] for kind in kinds if line.is_agency or cells[kind].agreement is not None]
        if any(cell.standing not in signed for cell in asked):
            rows.append((line.name, *(cells[kind].text for kind in kinds)))
    heads = (_("Instansi"), *(str(kind.label) for kind in kinds))
    summary = _("%(count)d pihak belum lengkap perjanjiannya.") % {"count": len(rows)}
    return Made(Paper.Kind.AGREEMENTS, summary, heads, rows)


def register(mall: Mall, by: Actor, day: date) -> Made:
    """Return the apps that are late to be retired or do what another does, and how many will be left."""
    counted = apps.counts(mall, by, day)
    late = apps.apps(mall, by, day, apps.Filter(state=apps.OVERDUE), size=apps.ALL).items
    rows = [(each.name, each.agency.short_name, each.state_text(day)) for each in late]
    rows += [
        (f"{pair.first.name} – {pair.second.name}", pair.first.agency.short_name, _("Tumpang tindih"))
        for pair in apps.judged(mall, by)
    ]
    summary = _("%(now)d aplikasi dipakai; %(after)d setelah yang berbatas waktu dipensiunkan.")
    heads = (_("Aplikasi"), _("Instansi"), _("Keadaan"))
    return Made(Paper.Kind.APPS, summary % {"now": counted.now, "after": counted.after}, heads, rows)
