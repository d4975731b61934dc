"""The weekly letter: what a week from Monday to Sunday brought, beside the week before, and who owes what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency, Milestone, Relocation, Signatory
from pendopo.agencies.types import Actor
from pendopo.catalogue.models import CoverageDecision, Standard
from pendopo.kernel import dates
from pendopo.kernel.charts import Chart
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.sheets import Sheet
from pendopo.performance.queries import days, drawing, owed
from pendopo.performance.queries.days import Figures
from pendopo.performance.queries.fresh import known_days
from pendopo.queues.queries.missing import full_time
from pendopo.tenancy.models import Mall

WEEK = timedelta(weeks=1)
SUNDAY = timedelta(days=6)
PAGE = 12
# A letter names so many acts of each kind.
NAMED = 12


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday, with how many came."""

    first: date
    visitors: int

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + SUNDAY


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter of a week says, in its order."""

    week: Week
    summary: Sequence[str]
    course: Chart
    changes: Sequence[str]
    sheets: Sequence[Sheet]


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def weeks(mall: Mall, *, before: date | None = None) -> tuple[list[Week], date | None]:
    """Return the weeks of which there is a letter, the last first, and before which Monday the next page begins."""
    known = known_days(mall)
    if known is None:
        return [], None
    newest, oldest = monday(known[1] - SUNDAY), monday(known[0])
    first = newest if before is None else min(newest, monday(before) - WEEK)
    starts = [first - WEEK * place for place in range(PAGE) if first - WEEK * place >= oldest]
    found = [Week(start, days.visitors(mall, start, start + SUNDAY)) for start in starts]
    return found, starts[-1] if starts and starts[-1] > oldest else None


def letter(mall: Mall, actor: Actor, first: date, at: datetime) -> Letter:
    """Return the letter of the week that begins on a Monday. Raises NotUnderstood for a week that is not over."""
    known = known_days(mall)
    if known is None or first + SUNDAY > known[1] or first < monday(known[0]):
        raise NotUnderstood(_("Surat ada untuk minggu yang sudah lewat dan sudah dijumlahkan."))
    week = Week(first, days.visitors(mall, first, first + SUNDAY))
    before = Week(first - WEEK, days.visitors(mall, first - WEEK, first - WEEK + SUNDAY))
    sheets = [_agencies(mall, week), _open(mall, week, at), _owed(mall, actor, at)]
    course = drawing.week(mall, week.first, week.last)
    return Letter(week, list(_summary(mall, week, before)), course, list(_changes(mall, week)), sheets)


def _summary(mall: Mall, week: Week, before: Week) -> Iterator[str]:
    now = days.figures(mall, week.first, week.last).get("", days.NONE)
    then = days.figures(mall, before.first, before.last).get("", days.NONE)
    for name, value, other in (
        (_("Pengunjung"), week.visitors, before.visitors),
        (_("Nomor diambil"), now.taken, then.taken),
        (_("Selesai dilayani"), now.completed, then.completed),
        (_("Belum dapat dilayani"), now.sent_away, then.sent_away),
        (_("Tidak hadir saat dipanggil"), now.absent, then.absent),
    ):
        yield f"{name}: {_number(value)} ({_change(value, other)})"
    if now.median is not None and now.ninety is not None and now.longest is not None:
        told = {
            "median": dates.minutes(now.median),
            "ninety": dates.minutes(now.ninety),
            "longest": dates.minutes(now.longest),
        }
        line = (
            _("Tunggu sampai dipanggil: tengah %(median)s, 9 dari 10 paling lama %(ninety)s, terlama %(longest)s")
            % told
        )
        if then.median is not None:
            line += " " + _("(minggu sebelumnya: tengah %(median)s)") % {"median": dates.minutes(then.median)}
        yield line


def _change(now: int, before: int) -> str:
    if now == before:
        return _("sama dengan minggu sebelumnya")
    told = {"count": _number(abs(now - before)), "before": _number(before)}
    if now > before:
        return _("naik %(count)s dari %(before)s") % told
    return _("turun %(count)s dari %(before)s") % told


def _changes(mall: Mall, week: Week) -> Iterator[str]:
    """Name what was signed, decided, promised and done in the week."""
    span = (week.first, week.last)
    signed = Signatory.objects.filter(mall=mall, signed_on__range=span).select_related("agency", "agreement")
    for row in signed.order_by("signed_on", "pk")[:NAMED]:
        told = {"who": str(row), "title": row.agreement.title, "day": dates.short_day(row.signed_on or week.first)}
        yield _("%(who)s menandatangani %(title)s, %(day)s") % told
    begins = datetime.combine(week.first, time.min, mall.zone)
    made = CoverageDecision.objects.filter(mall=mall, decided_at__gte=begins, decided_at__lt=begins + WEEK)
    for decision in made.select_related("service__agency").order_by("pk")[:NAMED]:
        told = {
            "agency": decision.service.agency.short_name,
            "service": decision.service.name,
            "how": decision.get_coverage_display(),
        }
        yield _("%(agency)s, %(service)s: %(how)s") % told
    holding = Standard.objects.filter(mall=mall, valid_from__range=span).select_related("service__agency")
    for standard in holding.order_by("valid_from", "pk")[:NAMED]:
        told = {"agency": standard.service.agency.short_name, "service": standard.service.name}
        yield _("%(agency)s: standar baru untuk %(service)s berlaku") % told
    for step in Milestone.objects.filter(mall=mall, done_on__range=span).order_by("done_on", "pk")[:NAMED]:
        yield _("Tonggak selesai: %(name)s") % {"name": step.name}
    moved = Relocation.objects.filter(mall=mall, done_on__range=span).select_related("agency")
    for move in moved.order_by("done_on", "pk")[:NAMED]:
        yield _("%(agency)s pindah dari %(place)s") % {"agency": move.agency.name, "place": move.from_place}


def _agencies(mall: Mall, week: Week) -> Sheet:
    found = days.figures(mall, week.first, week.last, by="agency")
    names = dict(Agency.objects.filter(mall=mall, pk__in=[int(pk) for pk in found]).values_list("pk", "short_name"))
    rows = sorted(((names.get(int(pk), ""), figures) for pk, figures in found.items()), key=lambda row: -row[1].taken)
    heads = (
        _("Instansi"), _("Nomor"), _("Selesai"), _("Belum dapat dilayani"), _("Tidak hadir"), _("Tunggu, tengah"),
        _("9 dari 10"),
    )  # fmt: skip
    return Sheet(_("Menurut instansi"), heads, [_line(name, figures) for name, figures in rows])


def _line(name: str, found: Figures) -> Sequence[str]:
    waits = (dates.minutes(each) if each is not None else "–" for each in (found.median, found.ninety))
    return (name, *(_number(each) for each in (found.taken, found.completed, found.sent_away, found.absent)), *waits)


def _open(mall: Mall, week: Week, at: datetime) -> Sheet:
    heads = (_("Instansi"), _("Loket"), _("Menit kosong"), _("Janji terpenuhi"))
    lines = [line for line in full_time(mall, week.first, week.last, at) if line.kept.empty]
    rows = [
        (
            line.agency,
            str(len(line.counters)),
            _number(round(line.kept.empty / timedelta(minutes=1))),
            "–" if line.kept.share is None else f"{number_format(line.kept.share, decimal_pos=1, use_l10n=True)}%",
        )
        for line in lines
    ]
    return Sheet(_("Tidak buka penuh"), heads, rows)


def _owed(mall: Mall, actor: Actor, at: datetime) -> Sheet:
    """Name each debt that has a day by itself, those without one together for each who has them."""
    rows: list[tuple[str, str, str]] = []
    undated: dict[str, list[str]] = {}
    for debt in owed.owed(mall, actor, at):
        if debt.due_on:
            rows.append((debt.owner, debt.what, dates.short_day(debt.due_on)))
        else:
            undated.setdefault(debt.owner, []).append(debt.what)
    rows += [(owner, "; ".join(whats), _("belum ada tenggat")) for owner, whats in undated.items()]
    left = len(rows) - owed.MOST
    if left > 0:
        more = _("dan %(count)s lagi, lihat halaman pimpinan") % {"count": left}
        rows = [*rows[: owed.MOST], ("", more, "")]
    title = _("Siapa masih harus berbuat apa (keadaan %(day)s)") % {"day": dates.day(at, mall.timezone)}
    return Sheet(title, (_("Siapa"), _("Apa"), _("Tenggat")), rows)


def _number(value: int) -> str:
    return str(number_format(value, use_l10n=True))
