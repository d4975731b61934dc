"""The head's page: each figure with a colour and a word, what it is compared with, and the way to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendopo.agencies.models import Standing
from pendopo.agencies.queries.agreements import NONE as NO_AGREEMENT
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.queries.coverage import UNDECIDED
from pendopo.kernel import dates
from pendopo.kernel.charts import Chart
from pendopo.meetings.models import Decision
from pendopo.performance.queries import days
from pendopo.performance.queries.drawing import fortnight
from pendopo.performance.queries.month import BINDING, Month, month
from pendopo.performance.queries.today import Today, today
from pendopo.performance.types import Level, Tile, Way
from pendopo.queues.queries.halls import LONG_AFTER, SLOW_AFTER
from pendopo.tenancy.models import Mall

# How far from usual the visitors of a day may be before it is worth a look.
UNUSUAL = 0.2
FULL, NEARLY = 100.0, 95.0
NAMED = 3
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Head:
    """The page: today, this month, the last fourteen days, and of when the figures are."""

    today: Sequence[Tile]
    month: Sequence[Tile]
    course: Chart
    at: datetime
    late_decisions: int
    added_up: tuple[date, datetime] | None


def head(mall: Mall, actor: Actor, at: datetime) -> Head:
    """Return what the head sees of a mall. The number of queries does not depend on how much there is."""
    here = mall.local(at)
    now = today(mall, at)
    before = days.same_weekdays(mall, here.date(), here.hour * 60 + here.minute)
    of_month = month(mall, actor, here.date().replace(day=1), at)
    return Head(
        [_counters(now, actor), _empty(mall, now), _waits(now, actor, at), _visitors(now, before, actor, here.date())],
        [
            _contracts(of_month), _coverage(of_month), _twice(of_month), _full_time(of_month), _standards(of_month),
            _findings(of_month), _innovations(of_month, here.year), _hotlines(of_month),
        ],
        fortnight(mall, here.date() - ONE_DAY),
        at,
        Decision.objects.filter(mall=mall).late(here.date()).count(),
        days.made(mall),
    )  # fmt: skip


def _counters(now: Today, actor: Actor) -> Tile:
    way = Way(_("Lihat aula"), "queues:hall") if _leads(actor) else Way(_("Lihat loket kosong"), "queues:vacancies")
    title = _("Loket buka")
    if not now.due:
        return Tile("counters", title, str(now.open), Level.UNKNOWN, _("Di luar jam layanan"), way)
    missing = now.due - now.open - now.resting
    level = Level.GOOD if not missing else Level.WARN if now.open >= 0.9 * now.due else Level.BAD
    word = _("Semua buka") if not missing else _("Belum semua buka")
    detail = _("dari %(due)s yang seharusnya buka") % {"due": now.due}
    if now.resting:
        detail += "; " + _("%(count)s jeda dengan alasan") % {"count": now.resting}
    return Tile("counters", title, str(now.open), level, word, way, detail)


def _empty(mall: Mall, now: Today) -> Tile:
    way = Way(_("Lihat loket kosong"), "queues:vacancies")
    many = len(now.empty)
    names = tuple(
        Way(
            _("Loket %(number)s %(agency)s sejak %(time)s")
            % {
                "number": row.counter.number,
                "agency": row.counter.outlet.agency.short_name if row.counter.outlet.agency else _("bersama"),
                "time": dates.hour(row.starts_at, mall.timezone),
            },
            "queues:vacancies",
            f"?answer={row.pk}",
        )
        for row in now.empty[:NAMED]
    )
    if many > NAMED:
        names += (Way(_("dan %(count)s lagi") % {"count": many - NAMED}, "queues:vacancies"),)
    level, word = (Level.BAD, _("Ada yang kosong")) if many else (Level.GOOD, _("Tidak ada"))
    return Tile(
        "empty", _("Loket kosong"), str(many), level, word, way, _("tanpa keterangan, padahal jam layanan"), names
    )


def _waits(now: Today, actor: Actor, at: datetime) -> Tile:
    way = _tickets(actor, _("Lihat nomor hari ini"), "?measure=wait")
    title, waited = _("Tunggu terlama sekarang"), at - now.oldest_at if now.oldest_at else None
    value = dates.minutes(waited.total_seconds()) if waited else _("Tidak ada")
    level = Level.GOOD if not waited or waited < SLOW_AFTER else Level.WARN if waited < LONG_AFTER else Level.BAD
    word = {Level.GOOD: _("Lancar"), Level.WARN: _("Mulai lama"), Level.BAD: _("Terlalu lama")}[level]
    detail = ngettext("%(count)d orang menunggu", "%(count)d orang menunggu", now.waiting) % {"count": now.waiting}
    if now.median is not None and now.longest is not None:
        told = {"median": dates.minutes(now.median), "longest": dates.minutes(now.longest)}
        detail += "; " + _("hari ini sampai dipanggil: tengah %(median)s, terlama %(longest)s") % told
    return Tile("waits", title, value, level, word, way, detail)


def _visitors(now: Today, before: days.Compared, actor: Actor, day: date) -> Tile:
    way = _tickets(actor, _("Lihat nomor hari ini"), "?has_come=1")
    weekday = dates.weekday_name(day.isoweekday())
    rows = (
        Way(
            _("Hari %(weekday)s sebelumnya") % {"weekday": weekday}, "performance:days", f"?weekday={day.isoweekday()}"
        ),
    )
    title, value = _("Pengunjung hari ini"), number_format(now.visitors, use_l10n=True)
    if before.usual is None or before.usual_day is None:
        word = _("Belum ada pembanding")
        detail = _("Pembanding: hari %(weekday)s sebelumnya, paling sedikit tiga.") % {"weekday": weekday}
        return Tile("visitors", title, value, Level.UNKNOWN, word, way, detail, rows)
    told = {
        "usual": number_format(round(before.usual), use_l10n=True), "weekday": weekday, "count": len(before.days),
        "all": number_format(round(before.usual_day), use_l10n=True),
    }  # fmt: skip
    detail = _("biasanya %(usual)s sampai jam ini, %(all)s sehari (nilai tengah %(count)s hari %(weekday)s)") % told
    least, most = before.usual * (1 - UNUSUAL), before.usual * (1 + UNUSUAL)
    if least <= now.visitors <= most:
        level, word = Level.GOOD, _("Seperti biasa")
    else:
        level, word = Level.WARN, _("Lebih ramai") if now.visitors > most else _("Lebih sepi")
    return Tile("visitors", title, value, level, word, way, detail, rows)


def _contracts(found: Month) -> Tile:
    query = f"?kind={BINDING.value}"
    labels = {NO_AGREEMENT: _("Belum ada")} | {each.value: str(each.label) for each in Standing}
    open_now = [(each, found.contracts.get(each, 0)) for each in (NO_AGREEMENT, "not", "expired", "underway", "ending")]
    ways = tuple(
        Way(f"{labels[standing]}: {count}", "agencies:agreements", f"{query}&standing={standing}")
        for standing, count in open_now
        if count
    )
    lacking = found.without_contract
    level = Level.UNKNOWN if not found.agencies else Level.GOOD if not lacking else Level.BAD
    word = _("Belum ada instansi") if not found.agencies else _("Lengkap") if not lacking else _("Ada yang belum")
    detail = _("dari %(count)s instansi belum terikat perjanjian kerja sama") % {"count": found.agencies}
    way = Way(_("Lihat perjanjian"), "agencies:agreements", query)
    return Tile("contracts", _("Perjanjian yang kurang"), str(lacking), level, word, way, detail, ways)


def _coverage(found: Month) -> Tile:
    way = Way(_("Lihat cakupan"), "catalogue:coverage")
    title, undecided = _("Layanan di MPP"), found.covered.get(UNDECIDED, 0)
    level = Level.UNKNOWN if not found.services else Level.WARN if undecided else Level.GOOD
    word = _("Belum ada layanan") if not found.services else _("Perlu putusan") if undecided else _("Sudah diputuskan")
    refused = found.services - found.here - undecided
    detail = _("dari %(all)s layanan; %(undecided)s belum diputuskan, %(refused)s tidak dibawa") % {
        "all": found.services, "undecided": undecided, "refused": refused,
    }  # fmt: skip
    ways = (Way(_("Menurut varian: %(count)s") % {"count": found.published}, "catalogue:search"),)
    return Tile("coverage", title, str(found.here), level, word, way, detail, ways)


def _twice(found: Month) -> Tile:
    way = Way(_("Lihat pelayanan ganda"), "catalogue:coverage_twice")
    level, word = (Level.WARN, _("Masih ganda")) if found.twice else (Level.GOOD, _("Tidak ada"))
    detail = _("layanan di MPP yang loket kantornya belum terbukti tutup")
    return Tile("twice", _("Pelayanan ganda"), str(found.twice), level, word, way, detail)


def _full_time(found: Month) -> Tile:
    way = Way(_("Lihat janji buka penuh"), "queues:full_time")
    title, share = _("Janji buka penuh"), found.kept.share
    if share is None:
        return Tile(
            "full_time", title, "–", Level.UNKNOWN, _("Belum ada data"), way, _("Belum ada yang dihitung bulan ini.")
        )
    level = Level.GOOD if share >= FULL else Level.WARN if share >= NEARLY else Level.BAD
    word = {Level.GOOD: _("Ditepati"), Level.WARN: _("Hampir ditepati"), Level.BAD: _("Tidak ditepati")}[level]
    detail = _("%(broken)s dari %(all)s instansi tidak buka penuh bulan ini") % {
        "broken": len(found.broken), "all": len(found.full_time),
    }  # fmt: skip
    return Tile("full_time", title, _percent(share), level, word, way, detail)


def _standards(found: Month) -> Tile:
    complete, services = found.standards
    way = Way(_("Lihat standar pelayanan"), "catalogue:standards")
    level = Level.UNKNOWN if not services else Level.GOOD if complete == services else Level.WARN
    word = _("Belum ada layanan") if not services else _("Lengkap") if complete == services else _("Belum lengkap")
    detail = _("dari %(all)s layanan: 14 komponen, terbit, warga dilibatkan, ditinjau") % {"all": services}
    return Tile("standards", _("Standar lengkap"), str(complete), level, word, way, detail)


def _findings(found: Month) -> Tile:
    many, late = found.findings.open, found.findings.late
    way = Way(_("Lihat temuan"), "inspections:findings")
    level = Level.BAD if late else Level.WARN if many else Level.GOOD
    word = _("Ada yang terlambat") if late else _("Sedang ditangani") if many else _("Tidak ada")
    ways = (Way(_("Terlambat: %(count)s") % {"count": late}, "inspections:findings", "?state=late"),) if late else ()
    detail = found.findings.first_text or _("temuan sidak yang belum selesai")
    return Tile("findings", _("Temuan sidak"), str(many), level, word, way, detail, ways)


def _innovations(found: Month, year: int) -> Tile:
    having, lacking = found.innovations.having, found.innovations.lacking
    way = Way(_("Lihat inovasi instansi"), "innovations:agencies")
    level = Level.UNKNOWN if not having + lacking else Level.WARN if lacking else Level.GOOD
    word = _("Belum ada instansi") if not having + lacking else _("Ada yang belum") if lacking else _("Lengkap")
    detail = _("dari %(all)s instansi sudah punya inovasi %(year)s") % {"all": having + lacking, "year": year}
    return Tile("innovations", _("Inovasi instansi"), str(having), level, word, way, detail)


def _hotlines(found: Month) -> Tile:
    many = len(found.untested)
    way = Way(_("Lihat hotline"), "agencies:hotlines")
    level = Level.UNKNOWN if not found.hotlines else Level.WARN if many else Level.GOOD
    word = _("Belum ada instansi") if not found.hotlines else _("Perlu diuji") if many else _("Semua dijawab")
    detail = _("dari %(all)s instansi: tanpa nomor, belum diuji bulan ini, atau tidak dijawab") % {
        "all": len(found.hotlines)
    }
    return Tile("hotlines", _("Hotline belum terbukti"), str(many), level, word, way, detail)


def _leads(actor: Actor) -> bool:
    return actor.has(Role.MANAGER, Role.HEAD)


def _tickets(actor: Actor, text: str, query: str) -> Way:
    # The day's tickets are shown to those who lead; inspectors see the days added up.
    return (
        Way(text, "queues:report_tickets", query)
        if _leads(actor)
        else Way(_("Lihat hari demi hari"), "performance:days")
    )


def _percent(share: float) -> str:
    return f"{number_format(share, decimal_pos=1, use_l10n=True)}%"
